#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace kinora::core {

/// A tensor as a pickle describes it: a view into a storage, which is a file of the archive.
struct PickledTensor {
    std::string name;  ///< the keys that lead to it, joined by dots
    std::string type;  ///< of the elements, as safetensors calls it: "BF16"
    std::string storage;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
    std::int64_t offset = 0;  ///< of the first element, in elements
};

/// Reads the pickle of a PyTorch archive as far as tensors, and lists, tuples and dictionaries of them (and of numbers,
/// texts and None), go. Nothing is executed: the only functions it knows are those by which PyTorch writes tensors and
/// ordered dictionaries; anything else is refused by its name. Shapes, strides and offsets are checked to be numbers, not to
/// fit their storage. Returns the reason for a refusal, or an empty text.
[[nodiscard]] std::string parse_tensor_pickle(std::string_view pickle, std::vector<PickledTensor>& tensors);

}  // namespace kinora::core
