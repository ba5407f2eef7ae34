#include "ui/shot/prompt_text.h"

#include <QHelpEvent>
#include <QInputMethodEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "ui/theme/theme.h"

namespace kinora::ui {

PromptText::PromptText(QWidget* parent) : TextArea(parent)
{
    setCursorWidth(0);  // the editor's own would blink in the text's colour
    setUndoRedoEnabled(false);
    connect(this, &QPlainTextEdit::cursorPositionChanged, viewport(), qOverload<>(&QWidget::update));
}

void PromptText::replace_text(const QString& text)
{
    const QString old = toPlainText();
    if (text == old) return;
    const auto shortest = std::min(old.size(), text.size());
    qsizetype head = 0;
    while (head < shortest && old[head] == text[head])
        ++head;
    qsizetype tail = 0;
    while (tail < shortest - head && old[old.size() - 1 - tail] == text[text.size() - 1 - tail])
        ++tail;
    // A character of two units is replaced as a whole.
    if (head > 0 && text[head - 1].isHighSurrogate()) --head;
    if (tail > 0 && text[text.size() - tail].isLowSurrogate()) --tail;
    QTextCursor cursor(document());
    cursor.setPosition(static_cast<int>(head));
    cursor.setPosition(static_cast<int>(old.size() - tail), QTextCursor::KeepAnchor);
    cursor.insertText(text.mid(head, text.size() - tail - head));
}

void PromptText::paintEvent(QPaintEvent* event)
{
    TextArea::paintEvent(event);
    if (!hasFocus() || isReadOnly()) return;
    QPainter painter(viewport());
    QRectF cursor = cursorRect();
    cursor.setWidth(1.5);
    painter.fillRect(cursor, roles().accent);
}

void PromptText::inputMethodEvent(QInputMethodEvent* event)
{
    TextArea::inputMethodEvent(event);
    const bool composing = !event->preeditString().isEmpty();
    if (composing == composing_) return;
    composing_ = composing;
    Q_EMIT composing_changed(composing);
}

QVariant PromptText::inputMethodQuery(Qt::InputMethodQuery query) const
{
    const QVariant answer = TextArea::inputMethodQuery(query);
    if (query != Qt::ImCursorRectangle) return answer;
    // The editor's own cursor has no width, which input methods take for no place at all.
    QRectF cursor = answer.toRectF();
    cursor.setWidth(std::max(1.0, cursor.width()));
    return cursor;
}

bool PromptText::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip || !tip_) return TextArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tip_(cursorForPosition(help->pos()).position());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, viewport());
    return true;
}

}  // namespace kinora::ui
