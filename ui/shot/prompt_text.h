#pragma once

#include <functional>

#include "ui/widgets/text_area.h"

namespace kinora::ui {

/// The text field of a prompt: a plain text editor whose cursor has the accent's colour and does not blink, with a tip at
/// the mouse and with edits from outside that keep cursor and scrolling. It has no undo of its own.
class PromptText : public TextArea {
    Q_OBJECT
public:
    explicit PromptText(QWidget* parent = nullptr);

    /// What is said about a position of the text when the mouse rests there; empty: nothing.
    void set_tip(std::function<QString(int position)> tip) { tip_ = std::move(tip); }
    /// Changes the text to another by editing only what differs.
    void replace_text(const QString& text);
    /// An input method is in the middle of a word.
    [[nodiscard]] bool composing() const { return composing_; }

    [[nodiscard]] QVariant inputMethodQuery(Qt::InputMethodQuery query) const override;

Q_SIGNALS:
    void composing_changed(bool composing);

protected:
    void paintEvent(QPaintEvent* event) override;
    void inputMethodEvent(QInputMethodEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    std::function<QString(int)> tip_;
    bool composing_ = false;
};

}  // namespace kinora::ui
