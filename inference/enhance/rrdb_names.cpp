#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "inference/enhance/rrdb.h"

namespace kinora::inference {
namespace {

/// Takes `word` from the front of `text`.
bool take(std::string_view& text, std::string_view word)
{
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

/// Takes a number from the front of `text`.
std::optional<int> take_number(std::string_view& text)
{
    int number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{}) return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return number;
}

/// "3.RDB1.conv2.0.weight" or "3.RDB1.conv2.weight" as "body.3.rdb1.conv2.weight".
std::optional<std::string> dense_name(std::string_view rest)
{
    const auto block = take_number(rest);
    if (!block || !take(rest, ".RDB")) return std::nullopt;
    const auto dense = take_number(rest);
    if (!dense || !take(rest, ".conv")) return std::nullopt;
    std::string name = "body." + std::to_string(*block) + ".rdb" + std::to_string(*dense) + ".conv";
    if (take(rest, "1x1.")) return name + "1x1." + std::string(rest);
    const auto convolution = take_number(rest);
    if (!convolution || !take(rest, ".")) return std::nullopt;
    take(rest, "0.");
    return name + std::to_string(*convolution) + "." + std::string(rest);
}

/// ESRGAN's first convention: model.0, model.1.sub.N…, then three layers a doubling, then two convolutions two apart.
std::optional<std::string> from_sequence(std::string_view name, int last)
{
    if (!take(name, "model.")) return std::nullopt;
    const auto layer = take_number(name);
    if (!layer || !take(name, ".")) return std::nullopt;
    if (*layer == 0) return "conv_first." + std::string(name);
    if (*layer == 1) {
        if (!take(name, "sub.")) return std::nullopt;
        if (auto dense = dense_name(name)) return dense;
        if (!take_number(name) || !take(name, ".")) return std::nullopt;
        return "conv_body." + std::string(name);
    }
    if (*layer == last) return "conv_last." + std::string(name);
    if (*layer == last - 2) return "conv_hr." + std::string(name);
    if (*layer % 3 != 0) return std::nullopt;
    return "conv_up" + std::to_string(*layer / 3) + "." + std::string(name);
}

/// BSRGAN's and RealSR's.
std::optional<std::string> from_trunk(std::string_view name)
{
    if (take(name, "RRDB_trunk.")) return dense_name(name);
    if (take(name, "trunk_conv.")) return "conv_body." + std::string(name);
    if (take(name, "HRconv.")) return "conv_hr." + std::string(name);
    if (take(name, "upconv")) return "conv_up" + std::string(name);
    return std::nullopt;
}

int last_layer(const WeightMap& weights)
{
    int last = 0;
    for (const auto& [name, tensor] : weights.tensors()) {
        std::string_view rest = name;
        if (!take(rest, "model.")) continue;
        const auto layer = take_number(rest);
        if (layer && *layer > last) last = *layer;
    }
    return last;
}

}  // namespace

WeightMap with_rrdb_names(const WeightMap& weights)
{
    const int last = last_layer(weights);
    WeightMap named;
    for (const auto& [name, tensor] : weights.tensors()) {
        auto found = from_sequence(name, last);
        if (!found) found = from_trunk(name);
        named.add(found.value_or(name), tensor);
    }
    return named;
}

}  // namespace kinora::inference
