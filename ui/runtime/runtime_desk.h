#pragma once

#include <QObject>
#include <QString>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/runtime/gpu_runtime.h"
#include "ui/session/background.h"

namespace kinora::ui {

/// What the program was started with, told once at its start: the GPU runtime it runs on ("cuda-13.0"; empty: the build it
/// comes with), and why an installed one isn't used (a sentence, or empty).
struct StartedRuntime {
    QString id;
    QString obstacle;
};
void tell_started_runtime(StartedRuntime started);
[[nodiscard]] const StartedRuntime& started_runtime();

/// The cards of this machine, the builds for them and what is installed; installs and removes. Knows no widget. Lives on
/// the UI thread; drivers, disk and network are asked on threads of their own, and nothing before `refresh`.
class RuntimeDesk : public QObject {
    Q_OBJECT
public:
    /// What the machine has.
    struct State {
        std::vector<core::GraphicsCard> cards;
        core::GpuAdvice advice;
        std::vector<core::InstalledRuntime> installed;
        std::set<std::string> begun;  ///< builds whose installation ended early
        [[nodiscard]] const core::InstalledRuntime* find(const std::string& id) const;
    };

    explicit RuntimeDesk(QObject* parent = nullptr);
    ~RuntimeDesk() override;

    [[nodiscard]] const State& state() const { return state_; }
    [[nodiscard]] bool is_known() const { return known_; }  ///< the machine has been looked at
    /// The build that is being installed; empty if none is.
    [[nodiscard]] const std::string& installing() const { return installing_; }
    [[nodiscard]] const core::RuntimeProgress& progress() const { return progress_; }
    [[nodiscard]] const QString& error() const { return error_; }  ///< why the last thing didn't work

    void refresh();
    /// Installs a build, or goes on with it; one at a time.
    void install(const std::string& id);
    /// Ends the installation; what has arrived stays.
    void stop();
    /// Deletes a runtime, or what was begun of it.
    void remove(const std::string& id);
    /// Which one is used from the next start on; empty: none.
    void use(const std::string& id);

Q_SIGNALS:
    void changed();
    void moved();  ///< the installation went on

private:
    void take(const core::Result<void>& result);
    State state_;
    bool known_ = false;
    std::string installing_;
    core::RuntimeProgress progress_;
    QString error_;
    std::stop_source stop_;
    Background machine_;
    Background network_;
};

}  // namespace kinora::ui
