#include "core/project/prompt_history.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/json_reader.h"
#include "core/base/json_text.h"
#include "core/prompt/syntax.h"

namespace kinora::core {
namespace {

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

bool belongs_to_word(char c)
{
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '\'';
}

std::size_t characters(std::string_view word)
{
    return static_cast<std::size_t>(
        std::count_if(word.begin(), word.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80; }));
}

/// The words of a prompt's plain text; names of variables and wildcards are none.
void collect_words(const std::vector<PromptNode>& nodes, std::size_t shortest, std::set<std::string>& words)
{
    for (const PromptNode& node : nodes) {
        if (node.kind == PromptNode::Kind::text) {
            for (std::size_t i = 0; i < node.text.size();) {
                std::size_t end = i;
                while (end < node.text.size() && belongs_to_word(node.text[end]))
                    ++end;
                const std::string_view word = std::string_view(node.text).substr(i, end - i);
                if (characters(word) >= shortest) words.insert(lower(word));
                i = std::max(end, i + 1);
            }
        }
        collect_words(node.children, shortest, words);
        for (const auto& option : node.options)
            collect_words(option, shortest, words);
    }
}

}  // namespace

void PromptHistory::add(UsedPrompt prompt)
{
    if (prompt.text.find_first_not_of(" \t\r\n") == std::string::npos) return;
    std::erase_if(prompts_, [&](const UsedPrompt& old) { return old.text == prompt.text; });
    prompts_.insert(prompts_.begin(), std::move(prompt));
    if (prompts_.size() > k_most) prompts_.resize(k_most);
}

std::vector<std::size_t> PromptHistory::search(std::string_view words) const
{
    std::vector<std::string> wanted;
    const std::string all = lower(words);
    for (std::size_t i = all.find_first_not_of(' '); i != std::string::npos;) {
        const std::size_t end = std::min(all.find(' ', i), all.size());
        wanted.push_back(all.substr(i, end - i));
        i = all.find_first_not_of(' ', end);
    }
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < prompts_.size(); ++i) {
        const std::string text = lower(prompts_[i].text);
        const bool all_there = std::all_of(wanted.begin(), wanted.end(),
                                           [&](const std::string& word) { return text.find(word) != std::string::npos; });
        if (all_there) found.push_back(i);
    }
    return found;
}

std::vector<std::string> PromptHistory::words(std::size_t shortest) const
{
    std::map<std::string, int> counts;
    for (const UsedPrompt& prompt : prompts_) {
        std::set<std::string> words;
        collect_words(parse_prompt(prompt.text).nodes, shortest, words);
        for (const std::string& word : words)
            ++counts[word];
    }
    std::vector<std::pair<int, std::string>> sorted;
    for (const auto& [word, count] : counts)
        sorted.emplace_back(-count, word);
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::string> result;
    for (auto& [count, word] : sorted)
        result.push_back(std::move(word));
    return result;
}

std::string PromptHistory::to_text() const
{
    nlohmann::json list = nlohmann::json::array();
    for (const UsedPrompt& prompt : prompts_)
        list.push_back({{"text", prompt.text}, {"negative", prompt.negative}, {"used", prompt.used}});
    return json_text({{"format", 1}, {"prompts", std::move(list)}}, 2);
}

Result<PromptHistory> PromptHistory::from_text(std::string_view text)
{
    const auto json = parse_json(text, "The prompt history");
    if (!json) return json.error();
    if (!json->is_object()) return make_error(ErrorKind::corrupt, "The prompt history is not a JSON object.");
    PromptHistory history;
    JsonReader reader(*json, "");
    reader.objects("prompts", [&](JsonReader& item) {
        UsedPrompt prompt;
        item.text("text", prompt.text);
        item.text("negative", prompt.negative);
        item.whole("used", prompt.used, 0, INT64_MAX);
        const bool known = std::any_of(history.prompts_.begin(), history.prompts_.end(),
                                       [&](const UsedPrompt& other) { return other.text == prompt.text; });
        if (!known && !prompt.text.empty() && history.prompts_.size() < k_most)
            history.prompts_.push_back(std::move(prompt));
    });
    if (!reader.error().empty())
        return make_error(ErrorKind::corrupt, "The prompt history can't be used: " + reader.error() + ".");
    return history;
}

}  // namespace kinora::core
