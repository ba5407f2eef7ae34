#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <string>

#include "ui/session/studio_session.h"

namespace kinora::ui {

class JobEditor;
class MessageBar;
class QueuePanel;
class TakesPanel;
class VerbActions;
class VerbDesk;

/// Takes, queue and verbs, bound to the session: what their panels ask for beside choosing, starring and stopping. The
/// verbs' actions are the window's, so that the palette finds them.
class TakeBinding : public QObject {
    Q_OBJECT
public:
    TakeBinding(StudioSession& session, TakesPanel& takes, QueuePanel& queue, MessageBar& message, QWidget* window);

    [[nodiscard]] VerbActions& verbs() { return *verbs_; }
    /// A file that was dropped on the window: what Kinora made tells how, and the shot gets its prompt and settings. False
    /// if the file can't be such a one (by its name).
    [[nodiscard]] static bool may_restore(const QString& file);
    void restore(const QString& file);
    /// Takes a way out for a job that failed (see `ways_out`).
    void go_out(const std::string& id, const std::string& way);

Q_SIGNALS:
    void models_requested();

private:
    void connect_takes();
    void connect_jobs();
    void remove_take(const std::string& id);
    /// A take that was enlarged or interpolated is looked at beside what it was made of.
    void show_before_after(const QString& shot, const QString& take);
    void give_frame(const std::string& id, double part, int place);
    void edit_job(const std::string& id);
    void change_job(const std::string& id, core::GenerationRequest request);

    StudioSession& session_;
    TakesPanel& takes_;
    QueuePanel& queue_;
    MessageBar& message_;
    QWidget* window_;
    VerbDesk* desk_;
    VerbActions* verbs_;
    JobEditor* editor_;
    std::string edited_;  ///< job in the editor
};

}  // namespace kinora::ui
