#include "ui/player/picture_fitter.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <cstring>

#include "core/base/thread_priority.h"

namespace kinora::ui {

namespace {

/// Where a picture lies in its stage, centred, its own shape kept: over all of it, or whole.
QRectF place_in(const QRectF& area, QSize picture, Fit fit)
{
    const double across = area.width() / picture.width();
    const double down = area.height() / picture.height();
    const double scale = fit == Fit::cover ? std::max(across, down) : std::min(across, down);
    QRectF place(QPointF(), QSizeF(picture) * scale);
    // Half a point of bars is rounding, not another shape.
    if (std::abs(place.width() - area.width()) < 1) place.setWidth(area.width());
    if (std::abs(place.height() - area.height()) < 1) place.setHeight(area.height());
    place.moveCenter(area.center());
    place.moveTopLeft(QPointF(std::round(place.x()), std::round(place.y())));
    return place;
}

QImage rgb888(const QImage& picture)
{
    return picture.format() == QImage::Format_RGB888 ? picture : picture.convertToFormat(QImage::Format_RGB888);
}

QImage fit_one(const QImage& picture, const QRectF& area, const QRect& seen, Filter filter, Fit fit)
{
    QImage out(seen.size(), QImage::Format_RGB32);
    if (picture.isNull()) {
        out.fill(Qt::black);
        return out;
    }
    const QRectF place = place_in(area, picture.size(), fit);
    const QRect part = place.toAlignedRect().intersected(seen);
    if (part.isEmpty()) {
        out.fill(Qt::black);
        return out;
    }
    const double across = picture.width() / place.width();
    const double down = picture.height() / place.height();
    const QRectF from((part.x() - place.x()) * across, (part.y() - place.y()) * down, part.width() * across,
                      part.height() * down);
    if (part == seen) {
        resample(rgb888(picture), from, out, filter);
        return out;
    }
    out.fill(Qt::black);
    QImage inside(part.size(), QImage::Format_RGB32);
    resample(rgb888(picture), from, inside, filter);
    const QPoint at = part.topLeft() - seen.topLeft();
    for (int y = 0; y < inside.height(); ++y)
        std::memcpy(out.scanLine(at.y() + y) + qsizetype{at.x()} * 4, inside.constScanLine(y),
                    std::size_t(inside.width()) * 4);
    return out;
}

/// `into` = `weight` · `into` + `other_weight` · `other` + white.
void mix(QImage& into, float weight, const QImage& other, float other_weight, float white)
{
    const int kept = static_cast<int>(std::lround(weight * 256));
    const int added = other.isNull() ? 0 : static_cast<int>(std::lround(other_weight * 256));
    const int base = static_cast<int>(std::lround(white * 255 * 256)) + 128;
    for (int y = 0; y < into.height(); ++y) {
        uchar* line = into.scanLine(y);
        const uchar* more = added > 0 ? other.constScanLine(y) : line;
        for (int value = 0; value < into.width() * 4; ++value)
            line[value] = static_cast<uchar>(std::min((line[value] * kept + more[value] * added + base) >> 8, 255));
        auto* points = reinterpret_cast<QRgb*>(line);
        for (int x = 0; x < into.width(); ++x)
            points[x] |= 0xff000000U;
    }
}

QImage fit_mix(const MixedPicture& picture, const QRectF& area, const QRect& seen, Filter filter, Fit fit)
{
    QImage out = fit_one(picture.first, area, seen, filter, fit);
    if (picture.plain()) return out;
    const QImage second = picture.second.isNull() ? QImage() : fit_one(picture.second, area, seen, filter, fit);
    mix(out, picture.first_weight, second, picture.second_weight, picture.white);
    return out;
}

void subtract(QImage& from, const QImage& other)
{
    for (int y = 0; y < from.height(); ++y) {
        uchar* line = from.scanLine(y);
        const uchar* taken = other.constScanLine(y);
        for (int value = 0; value < from.width() * 4; ++value) {
            const int difference = std::abs(int{line[value]} - int{taken[value]}) * k_difference_gain;
            line[value] = static_cast<uchar>(std::min(difference, 255));
        }
        auto* points = reinterpret_cast<QRgb*>(line);
        for (int x = 0; x < from.width(); ++x)
            points[x] |= 0xff000000U;
    }
}

}  // namespace

FittedScene fit_scene(const FitJob& job)
{
    FittedScene result{job, {}};
    if (job.areas.isEmpty() || job.seen.isEmpty() || job.seen[0].isEmpty()) return result;
    const CanvasScene& scene = job.scene;
    QImage first = fit_mix(scene.picture, job.areas[0], job.seen[0], job.filter, scene.fit());
    const CompareMode compare = scene.shown_compare();
    if (compare == CompareMode::off) {
        result.pictures = {first};
        return result;
    }
    const int pane = compare == CompareMode::side_by_side && job.areas.size() > 1 ? 1 : 0;
    const QImage second = job.seen[pane].isEmpty()
                              ? QImage()
                              : fit_one(scene.other, job.areas[pane], job.seen[pane], job.filter, scene.other_fit());
    if (compare == CompareMode::difference) {
        subtract(first, second);
        result.pictures = {first};
    } else {
        result.pictures = {first, second};
    }
    return result;
}

QImage flatten(const MixedPicture& picture, QSize stage)
{
    if (picture.is_null() || stage.isEmpty()) return {};
    return fit_mix(picture, QRectF(QPointF(), stage), QRect(QPoint(), stage), Filter::fine, Fit::cover);
}

PictureFitter::PictureFitter(QObject* parent) : QObject(parent), thread_([this](const std::stop_token& stop) { run(stop); })
{
}

PictureFitter::~PictureFitter()
{
    thread_.request_stop();
    thread_.join();
}

void PictureFitter::request(const FitJob& job)
{
    ++asked_;
    const std::lock_guard lock(mutex_);
    waiting_ = job;
    waiting_number_ = asked_;
    wake_.notify_one();
}

void PictureFitter::run(const std::stop_token& stop)
{
    core::give_way(core::Urgency::someone_waits);
    while (!stop.stop_requested()) {
        std::optional<FitJob> job;
        quint64 number = 0;
        {
            std::unique_lock lock(mutex_);
            if (!wake_.wait(lock, stop, [this] { return waiting_.has_value(); })) return;
            job = std::exchange(waiting_, std::nullopt);
            number = waiting_number_;
        }
        FittedScene scene = fit_scene(*job);
        QMetaObject::invokeMethod(
            this,
            [this, number, scene = std::move(scene)] {
                answered_ = number;
                Q_EMIT fitted(scene);
            },
            Qt::QueuedConnection);
    }
}

}  // namespace kinora::ui
