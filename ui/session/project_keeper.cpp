#include "ui/session/project_keeper.h"

#include <algorithm>
#include <utility>

#include "core/base/paths.h"
#include "core/project/project_copy.h"
#include "core/project/take_edits.h"

namespace kinora::ui {
namespace {

using Opened = std::shared_ptr<ProjectShelf::Opened>;

core::Result<Opened> share(core::Result<ProjectShelf::Opened> opened)
{
    if (!opened) return opened.error();
    return std::make_shared<ProjectShelf::Opened>(std::move(*opened));
}

core::Result<Opened> make_project(ProjectShelf& shelf, const std::filesystem::path& parent, const core::NewProject& options)
{
    auto made = core::create_project(core::free_project_folder(parent, options.name), options);
    if (!made) return made.error();
    return std::make_shared<ProjectShelf::Opened>(shelf.adopt(std::move(*made)));
}

core::Result<Opened> copy_and_open(ProjectShelf& shelf, const std::filesystem::path& from,
                                   const std::filesystem::path& parent)
{
    std::string name = core::path_to_utf8(from.filename());
    if (const auto original = core::project_name(from)) name = *original;  // without a lock: it may be read-only
    const auto target = core::free_project_folder(parent, name);
    if (const auto copied = core::copy_project(from, target, name); !copied) return copied.error();
    return share(shelf.open(target));
}

}  // namespace

ProjectKeeper::ProjectKeeper(core::Document& document, std::shared_ptr<ProjectShelf> shelf, QObject* parent)
    : QObject(parent), document_(document), shelf_(std::move(shelf))
{
    timer_.setSingleShot(true);
    connect(&timer_, &QTimer::timeout, this, &ProjectKeeper::start_save);
    listener_ = document_.add_listener([this](const core::ChangeEvent&) { document_changed(); });
}

ProjectKeeper::~ProjectKeeper()
{
    document_.remove_listener(listener_);
    stop_copy();
    save_now();
    disk_.wait();
}

void ProjectKeeper::open(const std::filesystem::path& folder)
{
    open_with([shelf = shelf_, folder] { return share(shelf->open(folder)); });
}

void ProjectKeeper::create(const std::filesystem::path& parent, const core::NewProject& options)
{
    open_with([shelf = shelf_, parent, options] { return make_project(*shelf, parent, options); });
}

void ProjectKeeper::open_copy(const std::filesystem::path& from, const std::filesystem::path& parent)
{
    open_with([shelf = shelf_, from, parent] { return copy_and_open(*shelf, from, parent); });
}

void ProjectKeeper::open_first_of(std::vector<std::filesystem::path> folders, const std::filesystem::path& sample,
                                  const std::filesystem::path& parent)
{
    open_with([shelf = shelf_, folders = std::move(folders), sample, parent]() -> core::Result<Opened> {
        for (const auto& folder : folders)
            if (auto opened = share(shelf->open(folder))) return opened;
        if (!sample.empty())
            if (auto opened = copy_and_open(*shelf, sample, parent)) return opened;
        return make_project(*shelf, parent, {});
    });
}

void ProjectKeeper::save_as(const std::filesystem::path& parent, const QString& name)
{
    if (!store_) return;
    save_now();
    copying_ = std::stop_source();
    const auto work = [shelf = shelf_, from = store_->folder(), parent, text = name.toStdString(), now = document_.project(),
                       watch = copy_watch(), token = copying_.get_token()]() mutable -> core::Result<Opened> {
        const auto folder = core::free_project_folder(parent, text);
        if (const auto made = core::copy_project(from, folder, text, {watch, token}); !made) return made.error();
        auto opened = share(shelf->open(folder));
        if (!opened || (*opened)->store->access() == core::Access::read_only) return opened;
        // What was changed in a project that can't be saved goes along too.
        now.id = (*opened)->project.id;
        now.name = text;
        if (const auto saved = (*opened)->store->save(now); !saved) return saved.error();
        return opened;
    };
    disk_.run(this, work, [this, from = store_](core::Result<Opened> opened) {
        if (!opened) return copy_failed(opened.error());
        if (from == store_) move_to(*opened);
    });
}

void ProjectKeeper::duplicate(const QString& name)
{
    if (!store_) return;
    save_now();
    copying_ = std::stop_source();
    const auto work = [from = store_->folder(), text = name.toStdString(), watch = copy_watch(),
                       token = copying_.get_token()]() -> core::Result<std::filesystem::path> {
        // After the save: this thread does its work in order.
        const auto folder = core::free_project_folder(from.parent_path(), text);
        if (const auto made = core::copy_project(from, folder, text, {watch, token}); !made) return made.error();
        return folder;
    };
    disk_.run(this, work, [this](const core::Result<std::filesystem::path>& folder) {
        folder ? Q_EMIT copied(*folder) : copy_failed(folder.error());
    });
}

void ProjectKeeper::stop_copy()
{
    copying_.request_stop();
}

std::function<void(double)> ProjectKeeper::copy_watch()
{
    // Hundreds of small files would tell hundreds of times a second; nobody sees more than each hundredth.
    return [this, shown = -1](double fraction) mutable {
        const int percent = static_cast<int>(fraction * 100);
        if (std::exchange(shown, percent) != percent) Q_EMIT copy_progressed(fraction);
    };
}

void ProjectKeeper::copy_failed(const core::Error& error)
{
    if (error.kind == core::ErrorKind::cancelled) return Q_EMIT copy_stopped();
    Q_EMIT open_failed(QString::fromStdString(error.message));
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
    store_ = opened->store;
    const bool first = opened->project.shots.empty();
    if (first) opened->project.shots.emplace_back(core::make_shot());
    loading_ = true;
    autosave_ = core::AutosavePolicy(autosave_options_, &core::AutosavePolicy::Clock::now);
    document_.load(std::move(opened->project));
    loading_ = false;
    const bool writable = store_->access() == core::Access::read_write;
    set_state(writable ? SaveState::saved : SaveState::read_only, QString::fromStdString(store_->read_only_reason()));
    if (first && writable) document_changed();
    Q_EMIT project_opened();
}

void ProjectKeeper::move_to(const Opened& opened)
{
    store_ = opened->store;
    loading_ = true;
    document_.become(opened->project.id, opened->project.name);
    loading_ = false;
    autosave_ = core::AutosavePolicy(autosave_options_, &core::AutosavePolicy::Clock::now);
    const bool writable = store_->access() == core::Access::read_write;
    set_state(writable ? SaveState::saved : SaveState::read_only, QString::fromStdString(store_->read_only_reason()));
    // Edits made while the files were copied aren't in the copy yet; a save without a change writes nothing.
    document_changed();
    Q_EMIT moved();
}

void ProjectKeeper::set_autosave(core::AutosavePolicy::Options options)
{
    autosave_options_ = options;
    if (autosave_.unsaved()) return save_now();  // taken over when that is written
    autosave_ = core::AutosavePolicy(options, &core::AutosavePolicy::Clock::now);
}

void ProjectKeeper::add_take_to_closed(const std::filesystem::path& folder, const std::string& shot, const core::Take& take)
{
    const auto work = [shelf = shelf_, folder, shot, take]() -> core::Result<void> {
        auto opened = shelf->open(folder);
        if (!opened) return opened.error();
        const auto index = core::find_shot(opened->project, shot);
        if (!index) return {};
        if (core::find_take(*opened->project.shots[*index], take.id) != nullptr) return {};
        opened->project.shots[*index].update([&](core::Shot& s) { core::add_take(s, take, core::Selection::select); });
        return opened->store->save(opened->project);
    };
    disk_.run(this, work, [this, folder, shot, take](const core::Result<void>& saved) {
        // The project may have been opened while this was under way, from a document without the take.
        if (store_ && store_->folder() == folder) Q_EMIT take_missed(QString::fromStdString(shot), take);
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
    if (!store_ || !autosave_.unsaved()) return;
    if (state_ != SaveState::saving) return start_save();
    // The save under way is of an older version; this one follows it, whatever is opened next.
    const auto save = [store = store_, project = document_.project()] { return store->save(project); };
    disk_.run(this, save, [this, store = store_](const core::Result<void>& saved) {
        if (store == store_ && !saved) set_state(SaveState::failed, QString::fromStdString(saved.error().message));
        if (store == store_) arm_timer();
    });
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
        if (!autosave_.unsaved()) autosave_ = core::AutosavePolicy(autosave_options_, &core::AutosavePolicy::Clock::now);
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
