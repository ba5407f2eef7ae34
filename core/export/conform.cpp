#include "core/export/conform.h"

#include <algorithm>

namespace kinora::media {

namespace {

/// A ratio of rates as one exact fraction. 128 bits: rates may have nine digits above and below the line.
struct Ratio {
    __extension__ using Wide = __int128;
    Wide numerator;
    Wide denominator;
};

Ratio ratio(core::FrameRate over, core::FrameRate under)
{
    return {static_cast<Ratio::Wide>(over.numerator) * under.denominator,
            static_cast<Ratio::Wide>(over.denominator) * under.numerator};
}

}  // namespace

int conformed_length(int count, core::FrameRate source, core::FrameRate target)
{
    const Ratio faster = ratio(target, source);
    const auto rounded = (2 * faster.numerator * count + faster.denominator) / (2 * faster.denominator);
    return std::max(1, static_cast<int>(rounded));
}

int conformed_frame(int target_frame, core::FrameRate source, core::FrameRate target)
{
    const Ratio slower = ratio(source, target);
    return static_cast<int>(slower.numerator * target_frame / slower.denominator);
}

}  // namespace kinora::media
