#include "inference/weights/lora.h"

#include <ATen/ops/matmul.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/base/text.h"
#include "core/models/part_names.h"
#include "core/models/weight_file.h"
#include "inference/weights/weight_source.h"

namespace kinora::inference {
namespace {

using core::LoraPart;

/// The module in diffusers' names; empty if it can't be one of a Wan transformer.
std::string module_in_model(const core::LoraModule& module)
{
    return module.underscored ? core::wan_transformer_module(module.name) : core::wan_transformer_name(module.name);
}

core::Error unfit(const std::filesystem::path& file, const std::string& key)
{
    return core::make_error(core::ErrorKind::corrupt, core::in_quotes(file.string()) + " can't be used: the shape of " +
                                                          core::in_quotes(key) + " doesn't fit the rest of its module.");
}

/// The tensors of one module, found by their keys.
core::Result<LoraModuleChange> gather(const core::LoraModule& module, const WeightMap& weights,
                                      const std::filesystem::path& file)
{
    LoraModuleChange change;
    for (const auto& [part, key] : module.keys) {
        const auto found = weights.tensors().find(key);
        const at::Tensor tensor =
            found != weights.tensors().end() ? found->second : weights.packed().at(key)->expanded(at::kFloat);
        switch (part) {
            case LoraPart::down:
                change.down = tensor;
                break;
            case LoraPart::up:
                change.up = tensor;
                break;
            case LoraPart::alpha:
                if (tensor.numel() != 1) return unfit(file, key);
                change.scale = tensor.to(at::kDouble).item<double>();
                break;
            case LoraPart::difference:
                change.whole = tensor;
                break;
            case LoraPart::bias_difference:
                change.bias = tensor;
                break;
            case LoraPart::table_difference:
                change.table = tensor;
                break;
        }
    }
    if (!change.down.defined()) return change;
    const bool pair = change.down.dim() >= 2 && change.up.dim() >= 2 && change.down.size(0) > 0 &&
                      change.up.flatten(1).size(1) == change.down.size(0);
    if (!pair) return unfit(file, module.keys.at(LoraPart::up));
    if (module.keys.contains(LoraPart::alpha)) change.scale /= static_cast<double>(change.down.size(0));
    return change;
}

/// All that LoRAs add to one parameter, summed in float32.
class Sum {
public:
    Sum(std::string name, const at::Tensor& parameter) : name_(std::move(name)), parameter_(parameter) {}

    void add(const at::Tensor& difference, double factor, const std::filesystem::path& file)
    {
        if (!difference.defined()) return;
        if (difference.numel() != parameter_.numel()) return misfit(file);
        put(difference.to(at::kCPU, at::kFloat).reshape(parameter_.sizes()), factor);
    }

    void add(const at::Tensor& up, const at::Tensor& down, double factor, const std::filesystem::path& file)
    {
        if (!up.defined()) return;
        const auto left = up.to(at::kCPU, at::kFloat).flatten(1);
        const auto right = down.to(at::kCPU, at::kFloat).flatten(1);
        if (left.size(0) * right.size(1) != parameter_.numel() || left.size(0) != parameter_.size(0)) return misfit(file);
        put(at::matmul(left, right).view(parameter_.sizes()), factor);
    }

    [[nodiscard]] bool empty() const { return !sum_.defined(); }
    [[nodiscard]] const std::optional<core::Error>& error() const { return error_; }
    [[nodiscard]] at::Tensor merged() const
    {
        return parameter_.to(at::kFloat).add(sum_.to(parameter_.device())).to(parameter_.scalar_type());
    }

    void misfit(const std::filesystem::path& file)
    {
        error_ = core::make_error(core::ErrorKind::invalid_argument, core::in_quotes(file.string()) +
                                                                         " is a LoRA for another model: its change of " +
                                                                         core::in_quotes(name_) + " has another shape.");
    }

private:
    void put(const at::Tensor& difference, double factor)
    {
        sum_ = sum_.defined() ? sum_.add(difference, factor) : difference.mul(factor);
    }

    std::string name_;
    at::Tensor parameter_;
    at::Tensor sum_;
    std::optional<core::Error> error_;
};

/// A parameter's module, and what of the module it is: "weight", "bias" or the modulation table.
std::pair<std::string, std::string> split_name(const std::string& name)
{
    const auto dot = name.rfind('.');
    if (dot == std::string::npos) return {"", name};
    return {name.substr(0, dot), name.substr(dot + 1)};
}

/// Adds what one LoRA does to a parameter. Tables may be named as modules of their own or through the module they are in.
bool add_change(Sum& sum, const std::string& name, const LoraUse& use)
{
    const auto& modules = use.lora->modules();
    const auto [module, kind] = split_name(name);
    const auto found = modules.find(kind == "weight" || kind == "bias" ? module : name);
    bool changed = false;
    if (found != modules.end()) {
        const LoraModuleChange& change = found->second;
        if (kind == "bias") {
            sum.add(change.bias, use.weight, use.lora->file());
        } else {
            sum.add(change.up, change.down, use.weight * change.scale, use.lora->file());
            sum.add(change.whole, use.weight, use.lora->file());
        }
        changed = true;
    }
    if (kind == "scale_shift_table") {
        if (const auto table = modules.find(module); table != modules.end() && table->second.table.defined()) {
            sum.add(table->second.table, use.weight, use.lora->file());
            changed = true;
        }
    }
    return changed;
}

/// The changes of a packed weight, in the order of their LoRAs; on a card, where its layer works, in the type of its bias.
std::optional<core::Error> add_packed_changes(Linear& layer, const std::string& name, std::span<const LoraUse> uses,
                                              std::set<std::string>& found)
{
    const bool on_card = layer.bias.defined() && !layer.bias.is_cpu();
    const auto placed = [&](const at::Tensor& factor) { return on_card ? factor.to(layer.bias.options()) : factor; };
    for (const LoraUse& use : uses) {
        const auto module = use.lora->modules().find(name);
        if (module == use.lora->modules().end()) continue;
        found.insert(name);
        const LoraModuleChange& change = module->second;
        Sum check(name, layer.weight);
        if (change.down.defined()) {
            const bool fits =
                change.up.size(0) == layer.weight.size(0) && change.down.flatten(1).size(1) == layer.weight.size(1);
            if (!fits) check.misfit(use.lora->file());
            if (check.error()) return check.error();
            layer.changes.push_back(
                {placed(change.down.flatten(1)), placed(change.up.flatten(1)), {}, use.weight * change.scale});
        }
        if (change.whole.defined()) {
            if (change.whole.sizes() != layer.weight.sizes()) check.misfit(use.lora->file());
            if (check.error()) return check.error();
            layer.changes.push_back({{}, {}, change.whole, use.weight});
        }
    }
    return std::nullopt;
}

}  // namespace

core::Result<Lora> Lora::load(const std::filesystem::path& file)
{
    auto weights = load_weight_file(file);
    if (!weights) return weights.error();
    std::vector<std::string> names;
    for (const auto& [name, tensor] : weights->tensors())
        names.push_back(name);
    for (const auto& [name, packed] : weights->packed())
        names.push_back(name);
    const auto keys = core::parse_lora_keys(names);
    Lora lora;
    lora.file_ = file;
    lora.unknown_ = keys.unknown;
    for (const core::LoraModule& module : keys.modules) {
        const std::string name = module_in_model(module);
        auto change = gather(module, *weights, file);
        if (!change) return change.error();
        if (name.empty() || !lora.modules_.emplace(name, *change).second)
            for (const auto& [part, key] : module.keys)
                lora.unknown_.push_back(key);
    }
    if (lora.modules_.empty()) {
        return core::make_error(core::ErrorKind::unsupported, core::in_quotes(file.string()) +
                                                                  " is no LoRA for a Wan transformer: none of its " +
                                                                  std::to_string(names.size()) + " tensors belongs to one.");
    }
    const auto header = core::read_weight_file(file);
    lora.schedule_ =
        core::recognise_few_step(file.filename().string(), header ? header->metadata : std::map<std::string, std::string>());
    return lora;
}

void LoraStack::restore(const ParameterWalk& model)
{
    const ParameterVisitor::Parameter put_back = [&](const std::string& name, at::Tensor& parameter) {
        if (const auto found = originals_.find(name); found != originals_.end()) parameter = found->second;
    };
    const ParameterVisitor::WholeLinear clear = [](const std::string&, Linear& layer) {
        layer.changes.clear();
        return false;
    };
    model(ParameterVisitor(put_back, clear));
    originals_.clear();
}

core::Result<std::vector<std::string>> LoraStack::set(const ParameterWalk& model, std::span<const LoraUse> uses)
{
    restore(model);
    std::optional<core::Error> error;
    std::set<std::string> found;
    const ParameterVisitor::Parameter merge = [&](const std::string& name, at::Tensor& parameter) {
        if (error) return;
        Sum sum(name, parameter);
        bool changed = false;
        for (const LoraUse& use : uses)
            changed = add_change(sum, name, use) || changed;
        error = sum.error();
        if (error || !changed) return;
        found.insert(name);
        found.insert(split_name(name).first);
        if (sum.empty()) return;
        originals_.emplace(name, parameter);
        parameter = sum.merged();
    };
    const ParameterVisitor::WholeLinear attach = [&](const std::string& name, Linear& layer) {
        if (!layer.packed || error) return false;
        error = add_packed_changes(layer, name, uses, found);
        if (!error && layer.bias.defined()) merge(name + ".bias", layer.bias);
        return true;
    };
    model(ParameterVisitor(merge, attach));
    if (error) {
        restore(model);
        return *error;
    }
    std::set<std::string> missing;
    for (const LoraUse& use : uses)
        for (const auto& [name, change] : use.lora->modules())
            if (!found.contains(name)) missing.insert(name);
    return std::vector<std::string>(missing.begin(), missing.end());
}

}  // namespace kinora::inference
