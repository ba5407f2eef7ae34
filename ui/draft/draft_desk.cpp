#include "ui/draft/draft_desk.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/base/heap.h"
#include "core/base/log.h"
#include "core/generation/picture_file.h"
#include "core/project/draft_request.h"
#include "ui/session/studio_session.h"
#include "ui/session/take_maker.h"

namespace kinora::ui {
namespace {

constexpr int k_pause = 500;     // milliseconds without a key
constexpr int k_rest = 120'000;  // milliseconds after which a loaded model is given back

/// Whether the queue has the device, or takes it in a moment.
bool has_work(const JobDesk& desk)
{
    const auto& jobs = desk.jobs();
    return std::any_of(jobs.begin(), jobs.end(), [&](const core::Job& job) {
        return job.state == core::JobState::running || (job.state == core::JobState::waiting && !desk.held());
    });
}

}  // namespace

struct DraftDesk::Drafter {
    std::function<core::Result<std::shared_ptr<core::Generator>>()> make;
    std::shared_ptr<core::Generator> generator;

    core::Result<Draft> draw(core::GenerationRequest request, const core::ProjectStore& store, const std::stop_token& token)
    {
        if (token.stop_requested()) return core::make_error(core::ErrorKind::cancelled, "The draft was stopped.");
        if (!generator) {
            auto made = make();
            if (!made) return made.error();
            generator = *std::move(made);
        }
        if (auto read = read_references(request, store); !read) return read.error();
        const auto clip = generator->generate(
            request, [](const core::Progress&) {}, token);
        if (!clip) return clip.error();
        auto pictures = std::make_shared<std::vector<core::Picture8>>();
        for (int frame = 0; frame < clip->frames.frames; ++frame)
            pictures->push_back(core::to_picture8(clip->frames, frame));
        return Draft{std::move(pictures), clip->frames.rate};
    }
};

DraftDesk::DraftDesk(StudioSession& session, QObject* parent)
    : QObject(parent), session_(session), drafter_(std::make_shared<Drafter>())
{
    drafter_->make = session.engine().make_drafter;
    pause_.setSingleShot(true);
    pause_.setInterval(k_pause);
    connect(&pause_, &QTimer::timeout, this, &DraftDesk::draw);
    rest_.setSingleShot(true);
    rest_.setInterval(k_rest);
    connect(&rest_, &QTimer::timeout, this, &DraftDesk::give_back);
    connect(&session, &StudioSession::project_changed, this, &DraftDesk::look);
    connect(&session, &StudioSession::selection_changed, this, &DraftDesk::look);
    connect(&session, &StudioSession::project_opened, this, [this] {
        shot_.clear();
        look();
    });
    connect(&session, &StudioSession::models_changed, this, &DraftDesk::look_at_model);
    connect(&session.prompts(), &PromptDesk::wildcards_changed, this, [this] {
        if (due_ || shown_) changed();
    });
    connect(&session.desk(), &JobDesk::jobs_changed, this, &DraftDesk::look_at_jobs);
    look();
    look_at_jobs();
}

DraftDesk::~DraftDesk()
{
    stop();
}

void DraftDesk::set_wanted(bool wanted)
{
    if (std::exchange(wanted_, wanted) == wanted) return;
    if (wanted) {
        if (session_.shot() != nullptr) changed();
        return;
    }
    forget();
    give_back();
}

void DraftDesk::look()
{
    const core::Shot* shot = session_.shot();
    const std::string id = shot ? shot->id : std::string();
    if (id != shot_) forget();
    const bool same = id == shot_ && shot;
    const bool typed = same && shot->prompt != prompt_;
    const bool around = same && (shot->settings != settings_ || session_.project().settings != project_);
    if (same && !typed && !around) return;
    shot_ = id;
    prompt_ = shot ? shot->prompt : std::string();
    settings_ = shot ? shot->settings : core::ShotSettings();
    project_ = session_.project().settings;
    look_at_model();
    if (typed || (around && (due_ || shown_))) changed();
}

void DraftDesk::look_at_model()
{
    const core::Shot* shot = session_.shot();
    const bool offered = shot && drafter_->make && !session_.model_of(*shot).draft.empty();
    if (std::exchange(offered_, offered) == offered) return;
    if (!offered) forget();
    Q_EMIT offered_changed();
}

void DraftDesk::look_at_jobs()
{
    const bool busy = has_work(session_.desk());
    if (std::exchange(busy_, busy) == busy) return;
    if (!busy) {
        if (due_) pause_.start();
        return;
    }
    // What is made of the very prompt will be seen soon enough; what was written meanwhile comes after the job.
    const bool later = due_ && session_.desk().job_of_shot(shot_) == nullptr;
    forget();
    due_ = later;
    give_back();
}

void DraftDesk::changed()
{
    stop();
    const bool blank = QString::fromStdString(prompt_).trimmed().isEmpty();
    if (!wanted_ || !offered_ || blank) return forget();
    due_ = true;
    if (shown_) Q_EMIT outdated();
    if (!busy_) pause_.start();
}

void DraftDesk::stop()
{
    pause_.stop();
    stop_.request_stop();
    ++question_;
}

void DraftDesk::forget()
{
    stop();
    due_ = false;
    if (std::exchange(shown_, false)) Q_EMIT gone();
}

void DraftDesk::give_back()
{
    rest_.stop();
    const auto work = [drafter = drafter_] {
        const bool held = std::exchange(drafter->generator, nullptr) != nullptr;
        if (held) core::give_back_heap();
        return held;
    };
    worker_.run(this, work, [](bool) {});
}

void DraftDesk::draw()
{
    const core::Shot* shot = session_.shot();
    const auto store = session_.keeper().store();
    if (!shot || !store || busy_) return;
    const auto request =
        core::draft_request(session_.project(), *shot, session_.model_of(*shot), session_.prompts().wildcards());
    // What is wrong in a prompt is told below it; until that is mended the last draft stands.
    if (!request) return;
    stop_ = std::stop_source();
    const auto work = [drafter = drafter_, store, asked = *request, token = stop_.get_token()] {
        return drafter->draw(asked, *store, token);
    };
    worker_.run(this, work,
                [this, question = ++question_](core::Result<Draft> draft) { drawn(question, std::move(draft)); });
}

void DraftDesk::drawn(int question, core::Result<Draft> draft)
{
    rest_.start();
    if (question != question_) return;
    if (!draft) {
        core::log_warning("No draft of the prompt: " + draft.error().message);
        return forget();
    }
    due_ = false;
    shown_ = true;
    Q_EMIT made(*draft);
}

}  // namespace kinora::ui
