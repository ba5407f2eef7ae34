#pragma once

#include <QImage>
#include <QSize>

namespace kinora::ui {

/// What one frame looks like: the sum of up to two pictures by their weights, plus white, computed on display values. What
/// the weights leave open is black. Pictures are RGB888.
struct MixedPicture {
    QImage first;
    QImage second;  ///< null: none
    float first_weight = 1;
    float second_weight = 0;
    float white = 0;
    bool black = false;  ///< a frame without a picture is black, not empty

    /// Nothing but the surround.
    [[nodiscard]] bool is_null() const { return first.isNull() && second.isNull() && white <= 0 && !black; }
    /// One picture as it is.
    [[nodiscard]] bool plain() const { return second.isNull() && !first.isNull() && first_weight == 1 && white == 0; }
    [[nodiscard]] bool same_as(const MixedPicture& other) const
    {
        return first.cacheKey() == other.first.cacheKey() && second.cacheKey() == other.second.cacheKey() &&
               first_weight == other.first_weight && second_weight == other.second_weight && white == other.white &&
               is_null() == other.is_null();
    }
};

/// How two takes are looked at together.
enum class CompareMode {
    off,
    wipe,          ///< A at the left of a divider, B at the right
    side_by_side,  ///< A and B whole, beside each other
    difference,    ///< |A − B|, four times as bright
};

/// How a picture of another shape lies in its frame: with bars, or over all of it, its overhang cut off, as exports do.
enum class Fit { whole, cover };

/// All that is drawn under the overlays.
struct CanvasScene {
    MixedPicture picture;
    QImage other;  ///< B of a comparison; null while there is none
    CompareMode compare = CompareMode::off;
    QSize stage;  ///< shape and natural size of the frame that pictures are fitted into; empty: the picture's own

    /// What is really drawn: without a second picture there is nothing to compare.
    [[nodiscard]] CompareMode shown_compare() const { return other.isNull() ? CompareMode::off : compare; }
    [[nodiscard]] Fit fit() const { return stage.isEmpty() ? Fit::whole : Fit::cover; }
    /// How B lies where A lies. What was enlarged to a format of nearly its own shape lost its overhang; so that both show
    /// the same at the same place, the smaller picture's overhang lies outside the larger one.
    [[nodiscard]] Fit other_fit() const
    {
        const QSize first = picture.first.size();
        if (first.isEmpty() || other.isNull() || compare == CompareMode::side_by_side) return Fit::whole;
        const double shapes = double(first.width()) / first.height() / (double(other.width()) / other.height());
        const bool smaller = other.width() * other.height() < first.width() * first.height();
        return smaller && shapes > 0.9 && shapes < 1.1 ? Fit::cover : Fit::whole;
    }
    [[nodiscard]] QSize natural_size() const
    {
        if (!stage.isEmpty()) return stage;
        return picture.first.isNull() ? picture.second.size() : picture.first.size();
    }
};

/// How much brighter than it is a difference is shown.
constexpr int k_difference_gain = 4;

}  // namespace kinora::ui
