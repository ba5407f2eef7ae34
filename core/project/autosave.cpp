#include "core/project/autosave.h"

#include <algorithm>
#include <utility>

namespace kinora::core {

AutosavePolicy::AutosavePolicy(Options options, std::function<Clock::time_point()> now)
    : options_(options), now_(std::move(now))
{
}

void AutosavePolicy::changed()
{
    last_change_ = now_();
    if (!first_change_) first_change_ = last_change_;
}

void AutosavePolicy::save_started()
{
    saving_ = true;
    first_change_.reset();
    last_change_.reset();
    not_before_.reset();
}

void AutosavePolicy::save_finished(bool succeeded)
{
    saving_ = false;
    if (succeeded) return;
    // What that save should have written is still to be written, but not at once: a full disk doesn't empty in a second.
    const Clock::time_point now = now_();
    if (!first_change_) first_change_ = last_change_ = now;
    not_before_ = now + options_.retry;
}

std::optional<AutosavePolicy::Clock::time_point> AutosavePolicy::next_due() const
{
    if (saving_ || !first_change_) return std::nullopt;
    const Clock::time_point due = std::min(*last_change_ + options_.quiet, *first_change_ + options_.longest);
    return not_before_ ? std::max(due, *not_before_) : due;
}

bool AutosavePolicy::due() const
{
    const auto next = next_due();
    return next && now_() >= *next;
}

bool AutosavePolicy::unsaved() const
{
    return saving_ || first_change_.has_value();
}

}  // namespace kinora::core
