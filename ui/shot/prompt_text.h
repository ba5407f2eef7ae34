#pragma once

#include <QPlainTextEdit>

namespace kinora::ui {

/// The text field of the prompt: a plain text editor whose cursor has the accent's colour and does not blink.
class PromptText : public QPlainTextEdit {
    Q_OBJECT
public:
    explicit PromptText(QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
};

}  // namespace kinora::ui
