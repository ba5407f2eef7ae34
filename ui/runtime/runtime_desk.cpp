#include "ui/runtime/runtime_desk.h"

#include <QMetaObject>
#include <algorithm>
#include <utility>

#include "ui/widgets/core_words.h"

namespace kinora::ui {
namespace {

StartedRuntime& told()
{
    static StartedRuntime started;
    return started;
}

RuntimeDesk::State look()
{
    RuntimeDesk::State state;
    const auto places = core::RuntimePlaces::standard();
    state.cards = core::find_graphics_cards();
    state.advice = core::advise_gpu_build(state.cards);
    state.installed = core::installed_runtimes(places);
    for (const auto& build : core::gpu_builds())
        if (core::is_begun(places, build)) state.begun.insert(build.id);
    return state;
}

}  // namespace

void tell_started_runtime(StartedRuntime started)
{
    told() = std::move(started);
}

const StartedRuntime& started_runtime()
{
    return told();
}

const core::InstalledRuntime* RuntimeDesk::State::find(const std::string& id) const
{
    const auto found = std::find_if(installed.begin(), installed.end(), [&](const auto& one) { return one.id == id; });
    return found == installed.end() ? nullptr : &*found;
}

RuntimeDesk::RuntimeDesk(QObject* parent) : QObject(parent) {}

RuntimeDesk::~RuntimeDesk()
{
    stop_.request_stop();
}

void RuntimeDesk::refresh()
{
    machine_.run(this, look, [this](State state) {
        state_ = std::move(state);
        known_ = true;
        Q_EMIT changed();
    });
}

void RuntimeDesk::take(const core::Result<void>& result)
{
    error_.clear();
    if (!result && result.error().kind != core::ErrorKind::cancelled) error_ = in_words(result.error().message);
    refresh();
}

void RuntimeDesk::install(const std::string& id)
{
    const auto* build = core::gpu_build(id);
    if (build == nullptr || !installing_.empty()) return;
    installing_ = id;
    progress_ = {};
    error_.clear();
    stop_ = {};
    const auto tell = [this](const core::RuntimeProgress& now) {
        QMetaObject::invokeMethod(
            this,
            [this, now] {
                progress_ = now;
                Q_EMIT moved();
            },
            Qt::QueuedConnection);
    };
    network_.run(
        this,
        [build = *build, tell, stop = stop_.get_token()]() -> core::Result<void> {
            const auto places = core::RuntimePlaces::standard();
            auto parts = core::noted_parts(places, build);
            if (parts.empty()) {
                auto resolved = core::resolve_runtime(build, stop);
                if (!resolved) return resolved.error();
                parts = *std::move(resolved);
            }
            const auto installed = core::install_runtime(places, build, parts, {}, tell, stop);
            return installed ? core::Result<void>() : core::Result<void>(installed.error());
        },
        [this](const core::Result<void>& result) {
            installing_.clear();
            take(result);
        });
    Q_EMIT changed();
}

void RuntimeDesk::stop()
{
    stop_.request_stop();
}

void RuntimeDesk::remove(const std::string& id)
{
    if (installing_ == id) return;
    machine_.run(
        this, [id] { return core::remove_runtime(core::RuntimePlaces::standard(), id); },
        [this](const core::Result<void>& removed) { take(removed); });
}

void RuntimeDesk::use(const std::string& id)
{
    machine_.run(
        this, [id] { return core::use_runtime(core::RuntimePlaces::standard(), id); },
        [this](const core::Result<void>& used) { take(used); });
}

}  // namespace kinora::ui
