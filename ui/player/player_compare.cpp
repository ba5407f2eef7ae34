#include "ui/player/player_compare.h"

#include <QActionGroup>
#include <QMenu>
#include <algorithm>
#include <utility>

#include "core/time/rational_time.h"

namespace kinora::ui {

namespace {
constexpr int k_channel = 2;  // of the cache: A and its neighbours on the storyboard use 0 and 1
}

PlayerCompare::PlayerCompare(std::shared_ptr<media::ClipCache> cache, std::shared_ptr<ThumbnailStore> thumbnails,
                             QObject* parent)
    : QObject(parent), cache_(std::move(cache)), thumbnails_(std::move(thumbnails))
{
}

const TakeChoice* PlayerCompare::find(const QString& id) const
{
    const auto found = std::find_if(takes_.begin(), takes_.end(), [&](const TakeChoice& take) { return take.id == id; });
    return found == takes_.end() ? nullptr : &*found;
}

void PlayerCompare::set_takes(const QVector<TakeChoice>& takes)
{
    if (takes_ == takes) return;
    takes_ = takes;
    if (!find(second_)) second_.clear();
    if (!find(before_)) before_.clear();
    pick();
}

void PlayerCompare::set_first(const QString& path)
{
    if (first_path_ == path) return;
    for (const TakeChoice& take : takes_)
        if (take.path == first_path_) before_ = take.id;
    first_path_ = path;
    pick();
}

void PlayerCompare::pick()
{
    const TakeChoice* second = find(second_);
    if (second && second->path == first_path_) second = nullptr;
    if (!second) {
        second = find(before_);
        if (second && second->path == first_path_) second = nullptr;
    }
    for (qsizetype i = takes_.size() - 1; i >= 0 && !second; --i)
        if (takes_[i].path != first_path_) second = &takes_[i];
    second_ = second ? second->id : QString();
    open();
}

void PlayerCompare::open()
{
    const TakeChoice* second = on_ ? find(second_) : nullptr;
    const QString path = second ? second->path : QString();
    if (path != opened_ || (second && source_ && !(source_->rate() == second->rate))) {
        opened_ = path;
        source_.reset();
        if (second) {
            source_ = std::make_unique<ClipSource>(cache_, thumbnails_, path, second->rate, -1, k_channel);
            connect(source_.get(), &PictureSource::picture_ready, this, &PlayerCompare::picture_ready);
            connect(source_.get(), &PictureSource::opened, this, &PlayerCompare::picture_ready);
            connect(source_.get(), &PictureSource::failed, this, &PlayerCompare::failed);
        }
    }
    Q_EMIT changed();
}

void PlayerCompare::set_on(bool on)
{
    on_ = on;
    swapped_ = false;
    pick();
}

void PlayerCompare::choose(const QString& id)
{
    if (!find(id)) return;
    second_ = id;
    on_ = true;
    pick();
}

void PlayerCompare::set_mode(CompareMode mode)
{
    if (mode == CompareMode::off) return set_on(false);
    mode_ = mode;
    on_ = true;
    pick();
}

void PlayerCompare::next_mode()
{
    if (!on()) return set_on(true);
    set_mode(mode_ == CompareMode::wipe           ? CompareMode::side_by_side
             : mode_ == CompareMode::side_by_side ? CompareMode::difference
                                                  : CompareMode::wipe);
}

void PlayerCompare::swap()
{
    swapped_ = !swapped_;
    Q_EMIT changed();
}

QString PlayerCompare::first_name() const
{
    for (const TakeChoice& take : takes_)
        if (take.path == first_path_) return take.name;
    return {};
}

QString PlayerCompare::second_name() const
{
    const TakeChoice* second = find(second_);
    return second ? second->name : QString();
}

int PlayerCompare::frame_of(int frame, core::FrameRate rate) const
{
    const auto own = static_cast<int>(core::source_frame_at(frame, source_->rate(), rate));
    // Until it is open its length isn't known: the answer then tells.
    return source_->frame_count() > 0 ? std::clamp(own, 0, source_->frame_count() - 1) : own;
}

QImage PlayerCompare::picture(int frame, core::FrameRate rate)
{
    return on() ? source_->picture(frame_of(frame, rate)) : QImage();
}

void PlayerCompare::look_ahead(int frame, core::FrameRate rate, double speed)
{
    if (on()) source_->look_ahead(frame_of(frame, rate), speed);
}

void PlayerCompare::fill_menu(QMenu* menu)
{
    auto* choices = new QActionGroup(menu);
    choices->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    for (qsizetype i = takes_.size() - 1; i >= 0; --i) {
        const TakeChoice& take = takes_[i];
        if (take.path == first_path_) continue;
        auto* action = menu->addAction(tr("With %1").arg(take.name));
        action->setCheckable(true);
        action->setChecked(on() && take.id == second_);
        choices->addAction(action);
        connect(action, &QAction::triggered, this,
                [this, id = take.id](bool checked) { checked ? choose(id) : set_on(false); });
    }
}

}  // namespace kinora::ui
