#pragma once

#include <QWidget>

class QLabel;

namespace kinora::ui {

/// What an empty panel shows: a sign, what will be here, and where it makes sense the way to get it.
class EmptyState : public QWidget {
    Q_OBJECT
public:
    EmptyState(const QString& icon_name, const QString& title, const QString& text, QWidget* parent = nullptr);

protected:
    void changeEvent(QEvent* event) override;

private:
    void paint_sign();
    QString icon_name_;
    QLabel* sign_;
};

}  // namespace kinora::ui
