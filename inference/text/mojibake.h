#pragma once

#include <string>
#include <string_view>

namespace kinora::inference {

/// Whether a text holds sequences of characters that hardly occur but where UTF-8 was read in another encoding ("schÃ¶n").
[[nodiscard]] bool looks_like_mojibake(std::u32string_view text);

/// Undoes reading UTF-8 in the wrong encoding, as often as it was done, where the result is certain; other text comes back
/// unchanged. Behaves as `fix_encoding` of ftfy 6.3 (Robyn Speer, Apache-2.0), which the reference pipelines call.
[[nodiscard]] std::u32string fix_encoding(std::u32string_view text);

}  // namespace kinora::inference
