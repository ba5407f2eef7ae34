#include "ui/shot/prompt_text.h"

#include <QPainter>

#include "ui/theme/theme.h"

namespace kinora::ui {

PromptText::PromptText(QWidget* parent) : QPlainTextEdit(parent)
{
    setCursorWidth(0);  // the editor's own would blink in the text's colour
    connect(this, &QPlainTextEdit::cursorPositionChanged, viewport(), qOverload<>(&QWidget::update));
}

void PromptText::paintEvent(QPaintEvent* event)
{
    QPlainTextEdit::paintEvent(event);
    if (!hasFocus() || isReadOnly()) return;
    QPainter painter(viewport());
    QRectF cursor = cursorRect();
    cursor.setWidth(1.5);
    painter.fillRect(cursor, roles().accent);
}

}  // namespace kinora::ui
