#pragma once

#include <QImage>
#include <QWidget>
#include <functional>
#include <memory>
#include <vector>

#include "core/jobs/job.h"
#include "core/project/project.h"
#include "ui/panels/take_lineage.h"
#include "ui/player/thumbnail_store.h"

namespace kinora::ui {

class JobRow;
class RowList;
class TakeRow;
class TakeStack;
class VerbActions;
class VerbBar;

/// How the takes are laid out: newest first in rows or in a grid, or each below what it was made from.
enum class TakesView { rows, grid, lineage };

/// The selected shot's takes and above them what is being made for it; at the top what can be made of the selected one.
class TakesPanel : public QWidget {
    Q_OBJECT
public:
    explicit TakesPanel(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent = nullptr);

    /// `absolute` turns a file of the project into a path.
    void show_shot(const core::Shot* shot, const std::function<QString(const std::string&)>& absolute);
    /// The verbs, for the row of buttons and for the menus of takes.
    void set_verbs(const VerbActions& verbs);
    void set_view(TakesView view);
    [[nodiscard]] TakesView view() const { return view_; }
    /// Jobs of this shot that wait, run or failed.
    void show_jobs(const std::vector<core::Job>& jobs);
    /// A running job reported.
    void update_job(const core::Job& job, const QImage& preview);
    [[nodiscard]] const std::vector<TakeRow*>& take_rows() const { return takes_; }
    [[nodiscard]] const std::vector<JobRow*>& job_rows() const { return jobs_; }

Q_SIGNALS:
    void take_chosen(const std::string& take);
    void star_toggled(const std::string& take, bool starred);
    void remove_requested(const std::string& take);
    /// Looked at together with the one that is shown.
    void compare_requested(const std::string& take);
    void use_settings_requested(const std::string& take);
    void reroll_requested(const std::string& take);
    /// A picture of the take, `part` 0…1 through it, shall be given to the shot at frame 0 or -1.
    void frame_requested(const std::string& take, double part, int place);
    void reveal_requested(const QString& file);
    void stop_requested(const std::string& job);
    void retry_requested(const std::string& job);
    void keep_requested(const std::string& job);
    void pause_requested(const std::string& job);
    void go_on_requested(const std::string& job);
    void way_out_requested(const std::string& job, const std::string& way);
    void job_remove_requested(const std::string& job);

private:
    TakeRow* make_take_row();
    /// Every take keeps its row; new ones get one, and those of gone ones wait behind, hidden.
    void keep_rows(const std::vector<ListedTake>& order);
    JobRow* make_job_row();
    QWidget* build_head();
    void show_takes();
    void load_picture(TakeRow* row, double part);
    void show_menu(TakeRow* row, const QPoint& at);
    void update_empty();

    std::shared_ptr<ThumbnailStore> thumbnails_;
    RowList* list_;
    VerbBar* bar_;
    const VerbActions* verbs_ = nullptr;
    QWidget* views_;
    TakeStack* stack_;
    TakesView view_ = TakesView::rows;
    core::Shot shot_;
    TakeRow* hovered_ = nullptr;  ///< the picture that the mouse was over last
    double hovered_part_ = 0;
    std::function<QString(const std::string&)> absolute_;
    std::vector<JobRow*> jobs_;
    std::vector<TakeRow*> takes_;
    std::size_t shown_takes_ = 0;
    std::size_t shown_jobs_ = 0;
};

/// What a row shows of a take.
struct TakeView;
[[nodiscard]] TakeView view_of(const core::Take& take, const QString& clip, bool chosen);

}  // namespace kinora::ui
