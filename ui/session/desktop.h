#pragma once

#include <QString>
#include <memory>

namespace kinora::ui {

/// What the studio asks of the desktop it runs on. Lives on the UI thread; no function waits for an answer.
class Desktop {
public:
    virtual ~Desktop() = default;
    /// The machine shall not go to sleep until `let_sleep`; `reason` is shown by the desktop. Called once before that.
    virtual void keep_awake(const QString& reason) = 0;
    virtual void let_sleep() = 0;
    /// Tells something while the window may be out of sight.
    virtual void notify(const QString& title, const QString& text) = 0;
};

/// The desktop behind the session bus (org.freedesktop.ScreenSaver and Notifications) and the system bus (login1), as far as
/// they are there and are reached through local sockets; nothing is connected before the first call. Never null.
[[nodiscard]] std::shared_ptr<Desktop> make_desktop();

}  // namespace kinora::ui
