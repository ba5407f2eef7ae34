#include "ui/session/project_keeper.h"

#include <algorithm>

#include "core/base/paths.h"
#include "core/project/take_edits.h"

namespace kinora::ui {
namespace {

using Opened = std::shared_ptr<core::OpenedProject>;

core::Result<Opened> share(core::Result<core::OpenedProject> opened)
{
    if (!opened) return opened.error();
    return std::make_shared<core::OpenedProject>(std::move(*opened));
}

core::Result<Opened> make_project(const std::filesystem::path& parent, const std::string& name)
{
    core::NewProject options;
    options.name = name;
    return share(core::create_project(core::free_project_folder(parent, name), options));
}

core::Result<Opened> copy_and_open(const std::filesystem::path& from, const std::filesystem::path& parent)
{
    std::string name = core::path_to_utf8(from.filename());
    if (const auto original = core::open_project(from)) name = original->project.name;
    const auto target = core::free_project_folder(parent, name);
    if (const auto copied = core::copy_project(from, target, name); !copied) return copied.error();
    return share(core::open_project(target));
}

}  // namespace

ProjectKeeper::ProjectKeeper(core::Document& document, QObject* parent) : QObject(parent), document_(document)
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ProjectKeeper::start_save);
    listener_ = document_.add_listener([this](const core::ChangeEvent&) { document_changed(); });
}

ProjectKeeper::~ProjectKeeper()
{
    document_.remove_listener(listener_);
    save_now();
    disk_.wait();
}

void ProjectKeeper::open(const std::filesystem::path& folder)
{
    open_with([folder] { return share(core::open_project(folder)); });
}

void ProjectKeeper::create(const std::filesystem::path& parent, const QString& name)
{
    open_with([parent, text = name.toStdString()] { return make_project(parent, text); });
}

void ProjectKeeper::open_copy(const std::filesystem::path& from, const std::filesystem::path& parent)
{
    open_with([from, parent] { return copy_and_open(from, parent); });
}

void ProjectKeeper::open_first_of(std::vector<std::filesystem::path> folders, const std::filesystem::path& sample,
                                  const std::filesystem::path& parent)
{
    open_with([folders = std::move(folders), sample, parent]() -> core::Result<Opened> {
        for (const auto& folder : folders)
            if (auto opened = share(core::open_project(folder))) return opened;
        if (!sample.empty())
            if (auto opened = copy_and_open(sample, parent)) return opened;
        return make_project(parent, "Untitled");
    });
}

void ProjectKeeper::open_with(std::function<core::Result<Opened>()> work)
{
    save_now();
    disk_.run(this, std::move(work), [this](core::Result<Opened> opened) {
        if (opened)
            load(*opened);
        else
            Q_EMIT open_failed(QString::fromStdString(opened.error().message));
    });
}

void ProjectKeeper::load(const Opened& opened)
{
    save_now();
    store_ = std::make_shared<core::ProjectStore>(std::move(opened->store));
    const bool first = opened->project.shots.empty();
    if (first) opened->project.shots.emplace_back(core::make_shot());
    loading_ = true;
    autosave_ = core::AutosavePolicy();
    document_.load(std::move(opened->project));
    loading_ = false;
    const bool writable = store_->access() == core::Access::read_write;
    set_state(writable ? SaveState::saved : SaveState::read_only, QString::fromStdString(store_->read_only_reason()));
    if (first && writable) document_changed();
    Q_EMIT project_opened();
}

void ProjectKeeper::add_take_to_closed(const std::filesystem::path& folder, const std::string& shot, const core::Take& take)
{
    const auto work = [folder, shot, take]() -> core::Result<void> {
        auto opened = core::open_project(folder);
        if (!opened) return opened.error();
        const auto index = core::find_shot(opened->project, shot);
        if (!index) return {};
        opened->project.shots[*index].update([&](core::Shot& s) { core::add_take(s, take, core::Selection::select); });
        return opened->store.save(opened->project);
    };
    disk_.run(this, work, [this](const core::Result<void>& saved) {
        if (!saved) Q_EMIT open_failed(QString::fromStdString(saved.error().message));
    });
}

void ProjectKeeper::document_changed()
{
    if (loading_ || !store_ || store_->access() == core::Access::read_only) return;
    autosave_.changed();
    if (state_ != SaveState::saving) set_state(SaveState::unsaved);
    arm_timer();
}

void ProjectKeeper::arm_timer()
{
    if (const auto due = autosave_.next_due()) {
        const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*due - core::AutosavePolicy::Clock::now());
        timer_.start(std::max(wait, std::chrono::milliseconds(0)));
    }
}

void ProjectKeeper::save_now()
{
    timer_.stop();
    if (store_ && autosave_.unsaved() && state_ != SaveState::saving) start_save();
}

void ProjectKeeper::start_save()
{
    if (!store_ || !autosave_.unsaved()) return;
    autosave_.save_started();
    set_state(SaveState::saving);
    const auto store = store_;
    const auto save = [store, project = document_.project()] { return store->save(project); };
    disk_.run(this, save, [this, store](const core::Result<void>& saved) {
        if (store != store_) return;  // another project is open by now
        autosave_.save_finished(saved.has_value());
        if (!saved)
            set_state(SaveState::failed, QString::fromStdString(saved.error().message));
        else
            set_state(autosave_.unsaved() ? SaveState::unsaved : SaveState::saved);
        arm_timer();
    });
}

void ProjectKeeper::set_state(SaveState state, const QString& reason)
{
    if (state_ == state && reason_ == reason) return;
    state_ = state;
    reason_ = reason;
    Q_EMIT state_changed();
}

}  // namespace kinora::ui
