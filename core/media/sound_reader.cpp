#include "core/media/sound_reader.h"

#include <algorithm>
#include <vector>

#include "core/media/sound_decoder.h"

namespace kinora::media {
namespace {

/// How far behind the last read the sound is kept, and how far ahead decoding goes on rather than seek: a second each.
constexpr std::int64_t k_kept = k_mix_rate;
constexpr std::int64_t k_near = 2 * k_mix_rate;

}  // namespace

struct SoundReader::State {
    std::filesystem::path file;
    std::unique_ptr<SoundDecoder> decoder;
    std::vector<float> held;  ///< decoded, from sample `first` on
    std::int64_t first = 0;
    bool at_end = false;

    [[nodiscard]] std::int64_t end() const { return first + static_cast<std::int64_t>(held.size()) / k_mix_channels; }
    [[nodiscard]] core::Result<void> decode_to(std::int64_t wanted);
    [[nodiscard]] core::Result<void> go_to(std::int64_t start);
    void forget_before(std::int64_t sample);
};

core::Result<void> SoundReader::State::decode_to(std::int64_t wanted)
{
    while (!at_end && (held.empty() || end() < wanted)) {
        std::int64_t begins = 0;
        const bool empty = held.empty();
        const auto more = decoder->next(held, begins);
        if (!more) return more.error();
        if (empty) first = begins;
        at_end = !*more;
    }
    return {};
}

core::Result<void> SoundReader::State::go_to(std::int64_t start)
{
    const bool behind = held.empty() || start < first;
    if (!behind && (start <= end() + k_near || at_end)) return {};
    held.clear();
    at_end = false;
    decoder->seek_before(start);
    if (auto decoded = decode_to(start); !decoded) return decoded;
    if (!held.empty() && first <= start) return {};
    // The seek landed too late: made good from the start of the file.
    held.clear();
    at_end = false;
    decoder->seek_to_start();
    return {};
}

void SoundReader::State::forget_before(std::int64_t sample)
{
    const std::int64_t drop = std::min(sample, end()) - first;
    if (drop < k_kept) return;
    held.erase(held.begin(), held.begin() + drop * k_mix_channels);
    first += drop;
}

SoundReader::SoundReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SoundReader::~SoundReader() = default;

core::Result<std::unique_ptr<SoundReader>> SoundReader::open(const std::filesystem::path& file, std::stop_token stop)
{
    auto decoder = SoundDecoder::open(file, std::move(stop));
    if (!decoder) return decoder.error();
    auto state = std::make_unique<State>();
    state->file = file;
    state->decoder = std::move(*decoder);
    return std::unique_ptr<SoundReader>(new SoundReader(std::move(state)));
}

std::int64_t SoundReader::samples() const
{
    return state_->decoder->samples();
}

const std::filesystem::path& SoundReader::file() const
{
    return state_->file;
}

core::Result<void> SoundReader::read(std::int64_t start, std::span<float> out)
{
    State& s = *state_;
    std::fill(out.begin(), out.end(), 0.0F);
    std::int64_t from = std::max<std::int64_t>(start, 0);
    const std::int64_t to = std::min(start + static_cast<std::int64_t>(out.size()) / k_mix_channels, samples());
    if (from >= to) return {};
    if (auto went = s.go_to(from); !went) return went;
    // A few seconds at a time, so that a long read holds no more than a short one.
    while (from < to) {
        const std::int64_t until = std::min(to, from + k_mix_rate);
        if (auto decoded = s.decode_to(until); !decoded) return decoded;
        const std::int64_t first = std::max(from, s.first);
        const std::int64_t last = std::min(until, s.end());
        if (first < last)
            std::copy_n(s.held.begin() + (first - s.first) * k_mix_channels, (last - first) * k_mix_channels,
                        out.begin() + (first - start) * k_mix_channels);
        from = until;
        s.forget_before(from - k_kept);
    }
    return {};
}

}  // namespace kinora::media
