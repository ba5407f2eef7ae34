#pragma once

#include <QPlainTextEdit>

namespace kinora::ui {

/// A plain text editor that nothing can be pasted into when there is nothing: with an empty clipboard X11 hands over data
/// without a single format, and Qt 6.4 asks for the first of them.
class TextArea : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit TextArea(QWidget* parent = nullptr) : QPlainTextEdit(parent) {}

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData* source) const override;
    void insertFromMimeData(const QMimeData* source) override;
};

}  // namespace kinora::ui
