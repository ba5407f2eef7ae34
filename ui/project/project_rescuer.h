#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <optional>
#include <set>
#include <vector>

#include "core/project/recovery.h"
#include "ui/session/background.h"

namespace kinora::ui {

class StudioSession;

/// What a crash or a slip left behind in the open project: a backup that is newer than the document, takes that no shot
/// lists, and earlier versions to go back to. Everything that comes back does so as a step that can be undone.
class ProjectRescuer : public QObject {
    Q_OBJECT
public:
    explicit ProjectRescuer(StudioSession& session, QObject* parent = nullptr);

    /// Looks at the project's folder; `looked` tells.
    void look();
    [[nodiscard]] const std::vector<core::Take>& lost_takes() const { return recovery_.takes; }
    [[nodiscard]] const std::vector<core::Backup>& backups() const { return backups_; }
    [[nodiscard]] const std::optional<core::Backup>& newer() const { return recovery_.newer; }
    /// Whether the project wasn't closed the last time, and this wasn't said yet.
    [[nodiscard]] bool interrupted() const { return interrupted_; }

    /// Lists takes again: in the shot that the queue knows they were made for, else in one with the same prompt, else in a
    /// new shot at the end. Only takes with a clip.
    void bring_back(const std::vector<std::string>& takes);
    /// The document as a backup has it. Takes made since then stay listed.
    void restore(const core::Backup& backup);
    /// "Take for “a boat…”, 12:04".
    [[nodiscard]] QString title(const core::Take& take) const;

Q_SIGNALS:
    void looked();
    void brought_back(int takes);
    void restored(const QString& when);
    void failed(const QString& reason);

private:
    void adopt(const core::Project& backup, const QString& when);
    StudioSession& session_;
    core::Recovery recovery_;
    std::vector<core::Backup> backups_;
    bool interrupted_ = false;
    std::set<std::filesystem::path> told_;  ///< projects whose crash was spoken of
    Background background_;
};

/// "Today 12:04" or "21 Nov 12:04".
[[nodiscard]] QString moment_words(std::int64_t seconds_since_1970);

}  // namespace kinora::ui
