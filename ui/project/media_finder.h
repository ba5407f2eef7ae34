#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/project/project_files.h"
#include "ui/session/background.h"

namespace kinora::ui {

class StudioSession;

/// Finds the open project's missing files again, and gathers those that lie outside. All looking and copying is on a thread
/// of its own; what comes of it goes into every step of the history, because it isn't the artist's edit.
class MediaFinder : public QObject {
    Q_OBJECT
public:
    /// A file that isn't there, and where it was found.
    struct Row {
        core::MissingFile missing;
        std::optional<core::FoundFile> found;
        QString problem;  ///< why what was found couldn't take its place
    };
    enum class Busy { no, looking, searching, relinking, collecting };

    explicit MediaFinder(StudioSession& session, QObject* parent = nullptr);
    ~MediaFinder() override;

    [[nodiscard]] const std::vector<Row>& rows() const { return rows_; }
    [[nodiscard]] Busy busy() const { return busy_; }
    [[nodiscard]] std::size_t found_count() const;

    /// Which files are missing now.
    void look();
    /// Looks for all that are missing in a folder and below it.
    void search(const std::filesystem::path& folder);
    /// This is the file, the artist says.
    void choose(std::size_t row, const std::filesystem::path& file);
    /// Puts what was found in the place of what is missing.
    void relink();
    /// Copies every file from outside into the project.
    void collect();
    void stop();

Q_SIGNALS:
    /// Rows or `busy` changed.
    void changed();
    /// What is missing, looked for by `look`.
    void looked(int missing);
    void searched(int found);
    /// A take's clip is back where it was; what was kept of it is out of date.
    void clip_restored(const QString& file);
    void relinked(int files);
    void collect_progressed(double fraction);
    void collected(int files, const QStringList& problems);
    void failed(const QString& reason);

private:
    struct Linked;
    void set_busy(Busy busy);
    void take_in(const std::vector<Linked>& linked);
    StudioSession& session_;
    std::vector<Row> rows_;
    Busy busy_ = Busy::no;
    std::function<void()> next_;  ///< asked for while something else went on
    std::stop_source stop_;
    Background background_;
};

}  // namespace kinora::ui
