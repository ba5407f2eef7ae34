#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/project/clean_up.h"
#include "ui/session/background.h"

namespace kinora::ui {

class StudioSession;

/// How much room the open project takes and what could go. Measures on a thread of its own; removing is in order with the
/// saving of the project: what goes has left the document on disk before its files do.
class DiskCleaner : public QObject {
    Q_OBJECT
public:
    explicit DiskCleaner(StudioSession& session, QObject* parent = nullptr);

    /// Looks at the disk; `changed` tells.
    void measure();
    /// Removes all that could go of these kinds.
    void clean(const std::set<core::CleanUpKind>& kinds);

    [[nodiscard]] bool busy() const { return busy_; }
    [[nodiscard]] const core::DiskUse& use() const { return use_; }
    /// What could go, each kind by itself: the latents of a take are listed although the take may go as a whole.
    [[nodiscard]] const std::vector<core::CleanUpItem>& items(core::CleanUpKind kind) const;
    /// What goes if all of these kinds go, nothing counted twice.
    [[nodiscard]] std::vector<core::CleanUpItem> chosen(const std::set<core::CleanUpKind>& kinds) const;
    /// "Shot 2 · Take 3", or the file's name.
    [[nodiscard]] QString title(const core::CleanUpItem& item) const;

Q_SIGNALS:
    void changed();
    void cleaned(int items, std::uint64_t bytes);
    void failed(const QString& reason);

private:
    [[nodiscard]] std::set<std::string> takes_in_work() const;
    StudioSession& session_;
    core::DiskUse use_;
    std::map<core::CleanUpKind, std::vector<core::CleanUpItem>> items_;
    std::map<std::string, QString> titles_;  ///< of takes, by their id
    bool busy_ = false;
    bool again_ = false;
    Background background_;
};

}  // namespace kinora::ui
