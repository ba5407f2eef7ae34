#pragma once

#include <QObject>
#include <QTimer>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/frames.h"
#include "core/project/project.h"
#include "ui/session/background.h"

namespace kinora::core {
class Generator;
}

namespace kinora::ui {

class StudioSession;

/// A prompt as it shows itself while it is written: pictures in memory only, of a size and rate of their own.
struct Draft {
    std::shared_ptr<const std::vector<core::Picture8>> pictures;
    core::FrameRate rate{12};
};

/// Draws the chosen shot's prompt when whoever writes it pauses for half a second, with models that have a draft. It is a
/// look, never a take: nothing of it reaches the document, the queue or the disk. Writing on stops it within a step, and so
/// does any job; while one runs or is about to, it waits, and what it had loaded is given back. What goes wrong is in the
/// log only. Lives on the UI thread, the work happens on one thread behind.
class DraftDesk : public QObject {
    Q_OBJECT
public:
    /// Refers to `session`, which outlives it.
    explicit DraftDesk(StudioSession& session, QObject* parent = nullptr);
    ~DraftDesk() override;

    /// Whether the artist wants it. At first not.
    void set_wanted(bool wanted);
    /// Whether the chosen shot's model can draw drafts, and there is an engine for them.
    [[nodiscard]] bool offered() const { return offered_; }
    /// Something is drawn, or is going to be when the writing pauses.
    [[nodiscard]] bool due() const { return due_; }

Q_SIGNALS:
    void offered_changed();
    void made(const kinora::ui::Draft& draft);
    /// What is shown isn't what stands in the prompt any more; the next one is under way.
    void outdated();
    /// There is nothing to show any more.
    void gone();

private:
    struct Drafter;  ///< the engine; its thread's only
    void look();
    void look_at_model();
    void look_at_jobs();
    void changed();
    void stop();
    void forget();
    void give_back();
    void draw();
    void drawn(int question, core::Result<Draft> draft);

    StudioSession& session_;
    std::shared_ptr<Drafter> drafter_;
    bool wanted_ = false;
    bool offered_ = false;
    bool busy_ = false;   ///< a job has the device
    bool due_ = false;    ///< the prompt was changed and isn't drawn yet
    bool shown_ = false;  ///< a draft was handed out and holds
    std::string shot_;    ///< what was seen last: shot, prompt and what else a draft is drawn from
    std::string prompt_;
    core::ShotSettings settings_;
    core::ProjectSettings project_;
    QTimer pause_;
    QTimer rest_;  ///< runs out when nothing was drawn for a while: the model is given back
    std::stop_source stop_;
    int question_ = 0;  ///< counts, so that late answers are dropped
    Background worker_;
};

}  // namespace kinora::ui
