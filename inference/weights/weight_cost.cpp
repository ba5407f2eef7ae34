#include "inference/weights/weight_cost.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/models/model_files.h"
#include "core/models/part_names.h"
#include "core/models/weight_file.h"
#include "inference/models/int8_linear.h"
#include "inference/models/wan/dit.h"
#include "inference/runtime/card_copies.h"

namespace kinora::inference {
namespace {

/// Whether a type is worked in as it is stored: then pages of the file serve.
bool is_stored_as(std::string_view type, c10::ScalarType dtype)
{
    if (dtype == c10::kBFloat16) return type == "BF16";
    return type == "F32";
}

bool is_plain(std::string_view type)
{
    for (const std::string_view plain : {"F32", "F16", "BF16", "F64"})
        if (type == plain) return true;
    return false;
}

/// As `stays_float32` says of the transformers' larger weights, in each of their layouts.
bool stays_wide(std::string_view name)
{
    return name.find("time_embed") != std::string_view::npos;
}

/// A table of which a run reads a few rows, from where it lies.
bool is_embedding(std::string_view name)
{
    for (const std::string_view table : {"shared.weight", "embed_tokens", "token_embd", "token_embedding"})
        if (name.find(table) != std::string_view::npos) return true;
    return false;
}

/// "blocks.0.ffn.0" of "model.diffusion_model.blocks.0.ffn.0.weight".
std::string module_of(const std::string& name)
{
    const auto blocks = name.find("blocks.");
    const auto begin = blocks == std::string::npos ? 0 : blocks;
    return name.substr(begin, name.rfind('.') - begin);
}

void add(const core::WeightEntry& entry, c10::ScalarType dtype, WorkPlace place, WeightCost& cost)
{
    if (is_embedding(entry.name)) return;
    const auto own = stays_wide(entry.name) ? c10::kFloat : dtype;
    const auto bytes = entry.elements() * static_cast<std::int64_t>(c10::elementSize(own));
    const bool matrix = entry.shape.size() == 2 && !stays_wide(entry.name);
    if (const auto name = core::wan_transformer_name(module_of(entry.name));
        entry.shape.size() == 2 && is_worked_in_int8(name)) {
        const auto in_int8 = Int8Weight::bytes(entry.shape[0], entry.shape[1]);
        cost.int8 += in_int8;
        cost.largest_int8 = std::max(cost.largest_int8, in_int8);
    }
    if (!is_plain(entry.type)) {
        cost.quantised = true;
        cost.largest = std::max(cost.largest, bytes);
    } else if (place == WorkPlace::processor && is_stored_as(entry.type, own)) {
        return;
    } else if (matrix) {
        cost.converted += bytes;
        cost.largest = std::max(cost.largest, bytes);
    } else {
        cost.copied += bytes;
    }
}

}  // namespace

core::Result<WeightCost> weight_cost(const std::filesystem::path& part, c10::ScalarType dtype, WorkPlace place)
{
    std::vector<std::filesystem::path> files{part};
    if (std::filesystem::is_directory(part)) {
        const auto found = core::find_weight_files(part);
        if (!found) return found.error();
        files = found->files;
    }
    WeightCost cost;
    if (place == WorkPlace::card) cost.rooms = std::int64_t{2} * CardCopies::rooms;
    for (const auto& file : files) {
        const auto header = core::read_weight_file(file);
        if (!header) return header.error();
        for (const core::WeightEntry& entry : header->entries) {
            cost.mapped += static_cast<std::int64_t>(entry.end - entry.begin);
            cost.values += entry.elements();
            add(entry, dtype, place, cost);
        }
    }
    return cost;
}

}  // namespace kinora::inference
