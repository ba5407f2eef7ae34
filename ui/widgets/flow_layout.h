#pragma once

#include <QLayout>
#include <QList>

namespace kinora::ui {

/// Lays widgets out in lines like words, for chips.
class FlowLayout : public QLayout {
    Q_OBJECT
public:
    explicit FlowLayout(QWidget* parent, int gap);
    ~FlowLayout() override;
    void addItem(QLayoutItem* item) override;
    [[nodiscard]] int count() const override { return static_cast<int>(items_.size()); }
    [[nodiscard]] QLayoutItem* itemAt(int index) const override { return items_.value(index); }
    QLayoutItem* takeAt(int index) override;
    [[nodiscard]] Qt::Orientations expandingDirections() const override { return {}; }
    [[nodiscard]] bool hasHeightForWidth() const override { return false; }
    /// What the lines need at a width. Not announced as height for width: inside scroll areas Qt then reserves too much, so
    /// the owner sets its own height when it is resized.
    [[nodiscard]] int heightForWidth(int width) const override { return arrange(QRect(0, 0, width, 0), Apply::no); }
    void setGeometry(const QRect& rectangle) override;
    [[nodiscard]] QSize sizeHint() const override { return minimumSize(); }
    [[nodiscard]] QSize minimumSize() const override;

private:
    enum class Apply { no, yes };
    int arrange(const QRect& rectangle, Apply apply) const;
    QList<QLayoutItem*> items_;
    int gap_;
};

}  // namespace kinora::ui
