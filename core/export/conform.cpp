#include "core/export/conform.h"

#include <algorithm>
#include <vector>

#include "core/time/rational_time.h"

namespace kinora::media {
namespace {

/// Where target frame `n` starts, in source frames: the frame before it and how far on from there.
struct Place {
    std::int64_t frame = 0;
    double phase = 0;
};

Place place_of(std::int64_t n, core::FrameRate from, core::FrameRate to)
{
    __extension__ using Wide = __int128;
    const Wide above = static_cast<Wide>(n) * from.numerator * to.denominator;
    const Wide below = static_cast<Wide>(from.denominator) * to.numerator;
    const auto frame = static_cast<std::int64_t>(above / below);
    return {frame, static_cast<double>(above % below) / static_cast<double>(below)};
}

core::Error cancelled()
{
    return core::make_error(core::ErrorKind::cancelled, "The export was cancelled.");
}

/// Two neighbours, kept because a source may give one picture at a time only.
class Mixer {
public:
    Mixer(const ConformShape& shape, const Conform& how, const PictureAt& picture)
        : shape_(shape), how_(how), picture_(picture)
    {
    }

    core::Result<ShownPicture> at(Place place)
    {
        if (auto held = hold(place.frame); !held) return held.error();
        if (place.phase == 0 || place.frame + 1 >= shape_.frames) return ShownPicture{kept_[0].rgb, kept_[0].alpha};
        if (auto held = hold_next(place.frame + 1); !held) return held.error();
        mixed_.rgb.resize(kept_[0].rgb.size());
        mix(kept_[0].alpha, kept_[1].alpha, place.phase, mixed_.alpha);
        if (how_.mode == ConformMode::blend) {
            mix(kept_[0].rgb, kept_[1].rgb, place.phase, mixed_.rgb);
        } else if (auto made =
                       how_.in_between(kept_[0].rgb, kept_[1].rgb, shape_.width, shape_.height, place.phase, mixed_.rgb);
                   !made) {
            return made.error();
        }
        return ShownPicture{mixed_.rgb, mixed_.alpha};
    }

private:
    struct Kept {
        std::int64_t frame = -1;
        std::vector<float> rgb, alpha;
    };

    core::Result<void> hold(std::int64_t frame)
    {
        if (kept_[0].frame == frame) return {};
        if (kept_[1].frame == frame) {
            std::swap(kept_[0], kept_[1]);
            return {};
        }
        return take(frame, kept_[0]);
    }
    core::Result<void> hold_next(std::int64_t frame)
    {
        return kept_[1].frame == frame ? core::Result<void>() : take(frame, kept_[1]);
    }
    core::Result<void> take(std::int64_t frame, Kept& kept)
    {
        const auto picture = picture_(frame);
        if (!picture) return picture.error();
        kept.frame = frame;
        kept.rgb.assign(picture->rgb.begin(), picture->rgb.end());
        kept.alpha.assign(picture->alpha.begin(), picture->alpha.end());
        return {};
    }
    static void mix(const std::vector<float>& a, const std::vector<float>& b, double phase, std::vector<float>& out)
    {
        out.resize(std::max(a.size(), b.size()));
        const auto part = static_cast<float>(phase);
        for (std::size_t i = 0; i < out.size(); ++i) {
            const float from = a.empty() ? 1.0F : a[i];
            const float to = b.empty() ? 1.0F : b[i];
            out[i] = from + part * (to - from);
        }
    }

    const ConformShape& shape_;
    const Conform& how_;
    const PictureAt& picture_;
    Kept kept_[2];
    Kept mixed_;
};

}  // namespace

std::string_view conform_id(ConformMode mode)
{
    return mode == ConformMode::blend ? "blend" : mode == ConformMode::interpolate ? "interpolate" : "repeat";
}

std::optional<ConformMode> conform_from_id(std::string_view id)
{
    for (const auto mode : {ConformMode::repeat, ConformMode::blend, ConformMode::interpolate})
        if (id == conform_id(mode)) return mode;
    return std::nullopt;
}

core::Result<void> conform(const ConformShape& shape, const Conform& how, const PictureAt& picture, const ShowPicture& show,
                           const std::stop_token& stop)
{
    if (how.mode == ConformMode::interpolate && !how.in_between)
        return core::make_error(
            core::ErrorKind::unsupported,
            "There is nothing installed that makes frames between frames; blend or repeat them instead.");
    const bool repeat = how.mode == ConformMode::repeat || shape.from == shape.to;
    const auto frame_at = [&](int n) { return std::min(core::source_frame_at(n, shape.from, shape.to), shape.frames - 1); };
    Mixer mixer(shape, how, picture);
    for (int n = 0; n < shape.length;) {
        if (stop.stop_requested()) return cancelled();
        int times = 1;
        core::Result<ShownPicture> shown = ShownPicture{};
        if (repeat) {
            while (n + times < shape.length && frame_at(n + times) == frame_at(n))
                ++times;
            shown = picture(frame_at(n));
        } else {
            Place place = place_of(n, shape.from, shape.to);
            if (place.frame >= shape.frames - 1) place = {shape.frames - 1, 0};
            shown = mixer.at(place);
        }
        if (!shown) return shown.error();
        if (auto done = show(*shown, times); !done) return done;
        n += times;
    }
    return {};
}

}  // namespace kinora::media
