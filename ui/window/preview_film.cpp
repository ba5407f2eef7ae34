#include "ui/window/preview_film.h"

#include <QImage>

#include "ui/player/images.h"
#include "ui/storyboard/storyboard_widget.h"

namespace kinora::ui {
namespace {

/// A preview has a picture for each latent frame, of which there are about three a second; it is shown faster, so that the
/// motion is seen.
constexpr int k_interval = 140;

}  // namespace

PreviewFilm::PreviewFilm(StoryboardWidget& storyboard, QObject* parent) : QObject(parent), storyboard_(storyboard)
{
    timer_.setInterval(k_interval);
    connect(&timer_, &QTimer::timeout, this, &PreviewFilm::step);
}

void PreviewFilm::show(const std::string& shot, double fraction,
                       const std::shared_ptr<const std::vector<core::Picture8>>& preview)
{
    Film& film = films_[shot];
    film.fraction = fraction;
    if (preview && !preview->empty()) film.pictures = preview;
    paint(shot, film);
    if (!timer_.isActive()) timer_.start();
}

void PreviewFilm::clear(const std::string& shot)
{
    films_.erase(shot);
    if (films_.empty()) timer_.stop();
}

void PreviewFilm::step()
{
    for (auto& [shot, film] : films_) {
        ++film.next;
        paint(shot, film);
    }
}

void PreviewFilm::paint(const std::string& shot, Film& film)
{
    const QImage picture = film.pictures ? image_of((*film.pictures)[film.next % film.pictures->size()]) : QImage();
    storyboard_.set_progress(shot, film.fraction, picture);
}

}  // namespace kinora::ui
