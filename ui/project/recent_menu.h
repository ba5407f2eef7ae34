#pragma once

#include <QMenu>
#include <filesystem>
#include <set>
#include <vector>

#include "ui/session/background.h"

namespace kinora::ui {

class StudioSession;

/// The projects that were open last, the present one left out. Those that aren't there any more are shown as such; whether
/// they are is looked up on a thread of its own, because a sleeping disk answers late.
class RecentMenu : public QMenu {
    Q_OBJECT
public:
    explicit RecentMenu(StudioSession& session, QWidget* parent = nullptr);
    /// Looks which are there; when that is known the menu is made anew.
    void look();

Q_SIGNALS:
    /// The menu shows what is there by now.
    void looked();

private:
    void fill();
    StudioSession& session_;
    std::set<std::filesystem::path> missing_;
    Background background_;
};

}  // namespace kinora::ui
