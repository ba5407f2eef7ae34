#include "inference/text/unigram.h"

#include <algorithm>
#include <limits>

namespace kinora::inference {
namespace {

/// How much less likely than the rarest piece an unknown character is.
constexpr double k_unknown_penalty = 10.0;

struct Node {
    double score = 0.0;
    std::size_t start = 0;
    int id = -1;  ///< -1: not reached
};

std::size_t character_length(char first)
{
    const auto byte = static_cast<unsigned char>(first);
    return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

}  // namespace

Unigram::Unigram(const SentencePieceModel& model) : unknown_id_(model.unknown_id)
{
    double lowest = std::numeric_limits<double>::infinity();
    entries_.reserve(model.pieces.size());
    for (std::size_t id = 0; id < model.pieces.size(); ++id) {
        const auto& piece = model.pieces[id];
        entries_.push_back({piece.text, static_cast<int>(id), static_cast<double>(piece.score)});
        lowest = std::min(lowest, static_cast<double>(piece.score));
    }
    unknown_score_ = lowest - k_unknown_penalty;
    // Of pieces with the same text the last one counts.
    std::sort(entries_.begin(), entries_.end(),
              [](const Entry& a, const Entry& b) { return a.text != b.text ? a.text < b.text : a.id > b.id; });
    entries_.erase(
        std::unique(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) { return a.text == b.text; }),
        entries_.end());
    first_byte_.resize(257);
    std::size_t at = 0;
    for (std::size_t byte = 0; byte < 257; ++byte) {
        while (at < entries_.size() && static_cast<unsigned char>(entries_[at].text[0]) < byte)
            ++at;
        first_byte_[byte] = at;
    }
}

template <typename Function>
void Unigram::for_each_prefix(std::string_view text, Function found) const
{
    const auto first = static_cast<unsigned char>(text[0]);
    auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(first_byte_[first]);
    auto end = entries_.begin() + static_cast<std::ptrdiff_t>(first_byte_[first + 1U]);
    // All entries of [begin, end) share their first `length` bytes with the text.
    for (std::size_t length = 1; begin != end; ++length) {
        if (begin->text.size() == length) found(*begin++);
        if (length == text.size()) return;
        const auto next = static_cast<unsigned char>(text[length]);
        const auto byte_of = [length](const Entry& entry) { return static_cast<unsigned char>(entry.text[length]); };
        begin = std::partition_point(begin, end, [&](const Entry& entry) { return byte_of(entry) < next; });
        end = std::partition_point(begin, end, [&](const Entry& entry) { return byte_of(entry) == next; });
    }
}

std::vector<Segment> Unigram::segment(std::string_view word) const
{
    std::vector<Node> nodes(word.size() + 1);
    const auto offer = [&](std::size_t start, std::size_t length, int id, double score) {
        Node& end = nodes[start + length];
        const double total = nodes[start].score + score;
        if (end.id < 0 || total > end.score) end = {total, start, id};
    };
    for (std::size_t start = 0; start < word.size();) {
        const std::size_t character = std::min(character_length(word[start]), word.size() - start);
        bool has_single = false;
        for_each_prefix(word.substr(start), [&](const Entry& entry) {
            offer(start, entry.text.size(), entry.id, entry.score);
            has_single = has_single || entry.text.size() == character;
        });
        if (!has_single) offer(start, character, unknown_id_, unknown_score_);
        start += character;
    }
    std::vector<Segment> segments;
    for (std::size_t end = word.size(); end > 0; end = nodes[end].start) {
        const Segment segment{nodes[end].id, nodes[end].start};
        const bool joins = segment.id == unknown_id_ && !segments.empty() && segments.back().id == unknown_id_;
        if (joins) {
            segments.back() = segment;
        } else {
            segments.push_back(segment);
        }
    }
    std::reverse(segments.begin(), segments.end());
    return segments;
}

}  // namespace kinora::inference
