#pragma once

#include <QWidget>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/project/project.h"
#include "ui/player/thumbnail_store.h"

class QLineEdit;
class QToolButton;

namespace kinora::ui {

class TakeRoll;
class TakeRow;

/// Every take of the project, found by words of its prompt.
class LibraryPanel : public QWidget {
    Q_OBJECT
public:
    explicit LibraryPanel(std::shared_ptr<ThumbnailStore> thumbnails, QWidget* parent = nullptr);
    void show_project(const core::Project& project, const std::function<QString(const std::string&)>& absolute);

Q_SIGNALS:
    void take_chosen(const std::string& shot, const std::string& take);

private:
    /// A take by its place in the project, which is kept: copying it is cheap, and nothing is written down for each take.
    struct Entry {
        std::size_t shot = 0;
        std::size_t take = 0;
    };
    [[nodiscard]] const core::Take& take_of(const Entry& entry) const;
    [[nodiscard]] const std::string& words_of(const Entry& entry) const;
    void refilter();
    TakeRow* make_row(QWidget* parent);
    void fill_row(TakeRow& row, std::size_t item);

    std::shared_ptr<ThumbnailStore> thumbnails_;
    QLineEdit* search_;
    QToolButton* starred_;
    TakeRoll* roll_;
    core::Project project_;
    std::function<QString(const std::string&)> absolute_;
    std::vector<Entry> shown_;
};

}  // namespace kinora::ui
