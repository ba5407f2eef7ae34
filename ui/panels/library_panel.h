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

class RowList;
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
    struct Entry {
        std::string shot;
        core::Take take;
        QString clip;
        QString title;
        QString prompt;
        bool selected = false;
    };
    void refilter();
    TakeRow* make_row();

    std::shared_ptr<ThumbnailStore> thumbnails_;
    QLineEdit* search_;
    QToolButton* starred_;
    RowList* list_;
    std::vector<Entry> entries_;
    std::vector<TakeRow*> rows_;
    std::vector<std::size_t> shown_;
};

}  // namespace kinora::ui
