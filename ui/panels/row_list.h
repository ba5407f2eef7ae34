#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace kinora::ui {

/// A column of rows that scrolls, with an empty state in its place while there are none.
class RowList : public QScrollArea {
    Q_OBJECT
public:
    explicit RowList(QWidget* empty, QWidget* parent = nullptr);
    [[nodiscard]] QVBoxLayout* rows() const { return rows_; }
    /// Where new rows have their parent.
    [[nodiscard]] QWidget* body() const { return body_; }
    void set_empty(bool empty);

private:
    QWidget* body_;
    QVBoxLayout* rows_;
    QWidget* empty_;
};

}  // namespace kinora::ui
