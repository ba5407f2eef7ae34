#pragma once

#include <c10/core/ScalarType.h>

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"

namespace kinora::inference {

/// What the weights of one part of a model take, read from the headers of its files.
struct WeightCost {
    std::int64_t mapped = 0;  ///< bytes of its files; pages that the system can drop
    std::int64_t values = 0;  ///< that are stored in them
    std::int64_t copied =
        0;  ///< bytes that are copied in any case: what has another type than it is worked in, and is small
    std::int64_t converted = 0;  ///< bytes of large matrices in another type than they are worked in, converted as a whole
    std::int64_t largest = 0;    ///< bytes of the largest matrix that is expanded or converted when it is used; 0: none is
    std::int64_t int8 = 0;       ///< bytes of a transformer's matrices that are brought to 8 bits, once they are
    std::int64_t largest_int8 = 0;  ///< of the largest of them
    /// How often memory for such a matrix is there: once on a processor. On the way to a card twice on either side, of which
    /// one is used while the other is filled.
    std::int64_t rooms = 1;
    bool quantised = false;  ///< holds weights that stay quantised, whatever the plan

    /// Memory for what is expanded or converted when it is used.
    [[nodiscard]] std::int64_t at_use() const { return rooms * largest; }
    /// Anonymous memory, page-locked memory and a card's, with everything converted once, or large matrices converted when
    /// they are used.
    [[nodiscard]] std::int64_t whole() const { return copied + converted + (quantised ? at_use() : 0); }
    [[nodiscard]] std::int64_t as_stored() const { return copied + at_use(); }
    /// The same with 8-bit products: brought to 8 bits once, or at every use.
    [[nodiscard]] std::int64_t in_int8() const { return as_stored() + int8; }
    [[nodiscard]] std::int64_t in_int8_at_use() const { return as_stored() + largest_int8; }
};

/// Where weights are worked in: a card has no part in the files' pages, so nothing is used as it is stored.
enum class WorkPlace { processor, card };

/// Of a folder or file of weights that are worked in `dtype`, but for time embedders, which stay float32. Errors are those
/// of the files' headers.
[[nodiscard]] core::Result<WeightCost> weight_cost(const std::filesystem::path& part, c10::ScalarType dtype,
                                                   WorkPlace place = WorkPlace::processor);

}  // namespace kinora::inference
