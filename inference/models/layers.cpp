#include "inference/models/layers.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Generator.h>
#include <ATen/ops/embedding.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/ones.h>

#include <cmath>
#include <map>
#include <optional>
#include <vector>

#include "inference/models/int8_linear.h"
#include "inference/models/weights_ahead.h"
#include "inference/weights/packed_weight.h"

namespace kinora::inference {
namespace {

bool ends_with(const std::string& text, const std::string& ending)
{
    return text.size() >= ending.size() && text.compare(text.size() - ending.size(), ending.size(), ending) == 0;
}

at::Tensor uniform(at::IntArrayRef shape, double bound, at::Generator& generator)
{
    return at::empty(shape, at::TensorOptions().dtype(at::kFloat)).uniform_(-bound, bound, generator);
}

/// Bytes that this thread's layers share, one at a time.
at::Tensor& shared_memory()
{
    thread_local at::Tensor memory;
    return memory;
}

/// A weight in x's type, valid until the next one is converted.
at::Tensor converted_for(const at::Tensor& x, const at::Tensor& weight)
{
    const auto bytes = weight.numel() * static_cast<std::int64_t>(x.element_size());
    auto& memory = shared_memory();
    if (!memory.defined() || memory.numel() < bytes) {
        memory.reset();
        memory = at::empty({bytes}, x.options().dtype(at::kByte));
    }
    auto out = memory.narrow(0, 0, bytes).view(x.scalar_type()).view(weight.sizes());
    return out.copy_(weight);
}

/// The weight of a layer that keeps another form, for x; valid until the next one is asked for.
at::Tensor weight_for(const at::Tensor& x, const Linear& layer)
{
    if (!x.is_cpu()) {
        const auto stored = layer.packed ? at::Tensor() : layer.weight;
        return weights_ahead_on(x.device()).take({stored, layer.packed, x.scalar_type()});
    }
    return layer.packed ? layer.packed->borrowed(x.scalar_type()) : converted_for(x, layer.weight);
}

/// y with what LoRAs add to a layer of packed weights.
at::Tensor changed(const Linear& layer, const at::Tensor& x, at::Tensor y)
{
    for (const LinearChange& change : layer.changes) {
        const at::Tensor added = change.whole.defined()
                                     ? at::linear(x, change.whole.to(x.device(), x.scalar_type()))
                                     : at::linear(at::linear(x, change.down.to(x.device(), x.scalar_type())),
                                                  change.up.to(x.device(), x.scalar_type()));
        y.add_(added, change.factor);
    }
    return y;
}

at::Tensor int8_linear(const Linear& layer, const Int8Rows& rows, const at::Tensor& x)
{
    return changed(layer, x, int8_product(*layer.int8->of(layer, x.device()), rows, layer.bias));
}

/// The number of inputs that one output of the weight sums up.
std::int64_t fan_in(at::IntArrayRef weight_shape)
{
    return c10::multiply_integers(weight_shape.slice(1));
}

}  // namespace

at::Tensor outline(at::IntArrayRef shape)
{
    return at::empty(shape, at::TensorOptions().dtype(at::kFloat).device(at::kMeta));
}

Linear outline_linear(std::int64_t in, std::int64_t out, Bias bias)
{
    return {outline({out, in}), bias == Bias::with ? outline({out}) : at::Tensor{}};
}

Convolution outline_convolution(std::int64_t in, std::int64_t out, at::IntArrayRef kernel)
{
    std::vector<std::int64_t> shape{out, in};
    shape.insert(shape.end(), kernel.begin(), kernel.end());
    return {outline(shape), outline({out})};
}

LayerNorm outline_layer_norm(std::int64_t width)
{
    return {outline({width}), outline({width})};
}

RmsNorm outline_rms_norm(std::int64_t width)
{
    return {outline({width})};
}

void visit(Linear& layer, const std::string& name, const ParameterVisitor& visitor)
{
    if (visitor.linear(name, layer)) return;
    if (!layer.packed) visitor(name + ".weight", layer.weight);
    if (layer.bias.defined()) visitor(name + ".bias", layer.bias);
}

void visit(Convolution& layer, const std::string& name, const ParameterVisitor& visitor)
{
    visitor(name + ".weight", layer.weight);
    visitor(name + ".bias", layer.bias);
}

void visit(LayerNorm& layer, const std::string& name, const ParameterVisitor& visitor)
{
    visitor(name + ".weight", layer.weight);
    visitor(name + ".bias", layer.bias);
}

void visit(RmsNorm& layer, const std::string& name, const ParameterVisitor& visitor)
{
    visitor(name + ".weight", layer.weight);
}

core::Result<void> load_parameters(const ParameterWalk& for_each, WeightMap& weights)
{
    std::optional<core::Error> first_error;
    const ParameterVisitor::Parameter load = [&](const std::string& name, at::Tensor& parameter) {
        if (first_error) return;
        auto loaded = weights.take(name, parameter.sizes());
        if (loaded)
            parameter = *std::move(loaded);
        else
            first_error = loaded.error();
    };
    const ParameterVisitor::WholeLinear load_packed = [&](const std::string& name, Linear& layer) {
        if (first_error || !weights.is_packed(name + ".weight")) return false;
        auto packed = weights.take_packed(name + ".weight", layer.weight.sizes());
        if (packed)
            layer.packed = *std::move(packed);
        else
            first_error = packed.error();
        if (layer.bias.defined()) load(name + ".bias", layer.bias);
        return true;
    };
    for_each(ParameterVisitor(load, load_packed));
    if (first_error) return *first_error;
    return {};
}

void initialise_parameters(const ParameterWalk& for_each, std::uint64_t seed)
{
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    std::map<std::string, double> bound_of_layer;  // a bias takes the bound of its layer's weight, which comes before it
    for_each([&](const std::string& name, at::Tensor& parameter) {
        const auto layer = name.substr(0, name.rfind('.'));
        if (ends_with(name, ".gamma") || (ends_with(name, ".weight") && parameter.dim() == 1)) {
            parameter = at::ones(parameter.sizes(), at::TensorOptions().dtype(at::kFloat));
            bound_of_layer[layer] = 0.0;
        } else if (parameter.dim() >= 2) {
            const double bound = 1.0 / std::sqrt(static_cast<double>(fan_in(parameter.sizes())));
            bound_of_layer[layer] = bound;
            parameter = uniform(parameter.sizes(), bound, generator);
        } else {
            parameter = uniform(parameter.sizes(), bound_of_layer[layer], generator);
        }
    });
}

void convert_parameters(const ParameterWalk& for_each, at::ScalarType dtype, const at::Device& device)
{
    for_each([&](const std::string&, at::Tensor& parameter) {
        parameter = parameter.to(device, dtype);
        if (parameter.dim() == 5) parameter = parameter.contiguous(at::MemoryFormat::ChannelsLast3d);
        if (parameter.dim() == 4 && parameter.size(-1) > 0) parameter = parameter.contiguous(at::MemoryFormat::ChannelsLast);
    });
}

void convert_but_large(const ParameterWalk& for_each, at::ScalarType dtype, const at::Device& device,
                       const std::function<at::ScalarType(const std::string& name)>& type_of,
                       const std::function<bool(const std::string& name)>& large)
{
    const ParameterVisitor::Parameter convert = [&](const std::string& name, at::Tensor& parameter) {
        parameter = parameter.to(device, type_of(name));
    };
    const ParameterVisitor::WholeLinear leave = [&](const std::string& name, Linear& layer) {
        if (layer.packed || !large(name)) return false;
        layer.converts_at_use = layer.weight.scalar_type() != dtype || layer.weight.device() != device;
        if (layer.bias.defined()) convert(name + ".bias", layer.bias);
        return true;
    };
    for_each(ParameterVisitor(convert, leave));
}

void release_shared_weights()
{
    shared_memory().reset();
    Int8Slot::release_shared();
    release_weights_ahead();
}

at::Tensor linear(const Linear& layer, const at::Tensor& x)
{
    if (layer.int8) return int8_linear(layer, quantise_rows(x), x);
    if (!layer.packed && !layer.converts_at_use) return at::linear(x, layer.weight, layer.bias);
    return changed(layer, x, at::linear(x, weight_for(x, layer), layer.bias));
}

at::Tensor linear_gelu(const Linear& layer, const at::Tensor& x)
{
    if (layer.int8 && layer.changes.empty())
        return int8_product(*layer.int8->of(layer, x.device()), quantise_rows(x), layer.bias, true);
    auto y = linear(layer, x);
    return at::gelu_(y, "tanh");
}

LinearInput::LinearInput(const Linear& first, at::Tensor x) : x_(std::move(x))
{
    if (first.int8) rows_ = std::make_shared<const Int8Rows>(quantise_rows(x_));
}

at::Tensor LinearInput::through(const Linear& layer) const
{
    return rows_ && layer.int8 ? int8_linear(layer, *rows_, x_) : linear(layer, x_);
}

at::Tensor embed(const Linear& table, const at::Tensor& ids, at::ScalarType dtype)
{
    if (!table.packed) return at::embedding(table.weight, ids.to(table.weight.device())).to(ids.device(), dtype);
    auto shape = ids.sizes().vec();
    shape.push_back(table.packed->shape().back());
    return table.packed->rows(ids.flatten(), dtype).view(shape).to(ids.device());
}

at::Tensor layer_norm(const LayerNorm& norm, const at::Tensor& x, double eps)
{
    return at::layer_norm(x, {x.size(-1)}, norm.weight, norm.bias, eps);
}

at::Tensor layer_norm(const at::Tensor& x, double eps)
{
    return at::layer_norm(x, {x.size(-1)}, {}, {}, eps);
}

at::Tensor rms_norm(const RmsNorm& norm, const at::Tensor& x, double eps)
{
    const auto wide = x.to(at::kFloat);
    const auto scale = wide.square().mean(-1, true).add(eps).rsqrt();
    return wide.mul(scale).mul(norm.weight).to(x.scalar_type());
}

}  // namespace kinora::inference
