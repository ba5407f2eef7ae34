#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace kinora::core {

/// A prompt that was used.
struct UsedPrompt {
    std::string text;       ///< as typed
    std::string negative;   ///< the negative prompt beside it, as typed
    std::int64_t used = 0;  ///< when last, seconds since 1970, UTC
    friend bool operator==(const UsedPrompt&, const UsedPrompt&) = default;
};

/// The prompts of a project that were generated from or replaced, the newest first, each once, at most 500. Kept in the
/// project's folder beside the document, because an undo shall not take a prompt out of the history.
class PromptHistory {
public:
    static constexpr std::size_t k_most = 500;
    static constexpr const char* k_file = "prompts.json";

    [[nodiscard]] const std::vector<UsedPrompt>& prompts() const { return prompts_; }

    /// Puts a prompt in front; blank ones aren't kept.
    void add(UsedPrompt prompt);

    /// Positions in `prompts()` of those in which every word of `words` stands somewhere, in any case of ASCII letters.
    [[nodiscard]] std::vector<std::size_t> search(std::string_view words) const;

    /// Distinct words of at least `shortest` characters, those used in most prompts first; for completion.
    [[nodiscard]] std::vector<std::string> words(std::size_t shortest) const;

    [[nodiscard]] std::string to_text() const;
    /// `corrupt` if it isn't what `to_text` writes.
    [[nodiscard]] static Result<PromptHistory> from_text(std::string_view text);

private:
    std::vector<UsedPrompt> prompts_;
};

}  // namespace kinora::core
