#pragma once

#include <QListView>
#include <QStyledItemDelegate>
#include <vector>

namespace kinora::ui {

/// One row: what it is, where or what about it, and a word at the right.
struct FileRow {
    enum class Mark { none, missing, good, bad };
    QString title;
    QString detail;
    QString trailing;
    Mark mark = Mark::none;
    friend bool operator==(const FileRow&, const FileRow&) = default;
};

/// A list of files in a sheet: relink, clean-up, lost takes, earlier versions.
class FileList : public QListView {
    Q_OBJECT
public:
    explicit FileList(const QString& name, QWidget* parent = nullptr);
    void show_rows(std::vector<FileRow> rows);
    [[nodiscard]] const std::vector<FileRow>& rows() const { return rows_; }
    /// -1: none.
    [[nodiscard]] int chosen() const { return currentIndex().row(); }

Q_SIGNALS:
    void row_chosen(int row);
    void row_activated(int row);

private:
    class Model;
    std::vector<FileRow> rows_;
    Model* model_;
};

}  // namespace kinora::ui
