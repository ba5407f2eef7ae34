#include "ui/shot/prompt_editor.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QVBoxLayout>
#include <string>
#include <vector>

#include "ui/shot/prompt_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

/// Positions in UTF-16 units for every byte of the UTF-8 text; the grammar counts bytes, Qt counts units.
std::vector<int> unit_positions(const std::string& bytes)
{
    std::vector<int> positions(bytes.size() + 1);
    int unit = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        const auto byte = static_cast<unsigned char>(bytes[i]);
        positions[i] = unit;
        if (byte < 0x80 || (byte >= 0xC0 && byte < 0xF0))
            unit += 1;
        else if (byte >= 0xF0)
            unit += 2;
    }
    positions[bytes.size()] = unit;
    return positions;
}

QColor colour_of(core::HighlightKind kind)
{
    switch (kind) {
        case core::HighlightKind::weight:
            return roles().prompt_weight;
        case core::HighlightKind::alternative:
        case core::HighlightKind::wildcard:
            return roles().prompt_alternative;
        case core::HighlightKind::variable:
            return roles().prompt_variable;
        case core::HighlightKind::time:
            return roles().prompt_time;
    }
    return roles().text;
}

}  // namespace

PromptEditor::PromptEditor(QWidget* parent) : QFrame(parent)
{
    setProperty("kind", "editor");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 4, 24);
    edit_ = new PromptText(this);
    edit_->setFont(ui::font(TextRole::prompt));
    edit_->setFrameShape(QFrame::NoFrame);
    edit_->setTabChangesFocus(true);
    edit_->setUndoRedoEnabled(false);
    edit_->setAccessibleName(tr("Prompt"));
    edit_->setPlaceholderText(tr("Describe the shot: what is seen, where, when, how the camera moves"));
    edit_->installEventFilter(this);
    column->addWidget(edit_);
    count_ = make_label({}, "small", this);
    count_->setAttribute(Qt::WA_TransparentForMouseEvents);
    count_->hide();
    pause_.setSingleShot(true);
    pause_.setInterval(1000);
    connect(&pause_, &QTimer::timeout, this, &PromptEditor::typing_paused);
    connect(edit_, &QPlainTextEdit::textChanged, this, [this] {
        highlight();
        if (setting_) return;
        pause_.start();
        Q_EMIT text_edited(text());
    });
}

QString PromptEditor::text() const
{
    return edit_->toPlainText();
}

QString PromptEditor::count_text() const
{
    return count_->text();
}

void PromptEditor::set_text(const QString& text)
{
    if (text == edit_->toPlainText()) return;
    const int position = edit_->textCursor().position();
    setting_ = true;
    edit_->setPlainText(text);
    setting_ = false;
    QTextCursor cursor = edit_->textCursor();
    cursor.setPosition(std::min(position, static_cast<int>(text.size())));
    edit_->setTextCursor(cursor);
}

void PromptEditor::set_context(core::PromptContext context)
{
    context_ = std::move(context);
    highlight();
}

void PromptEditor::set_token_count(int used, int limit)
{
    count_->setVisible(limit > 0);
    count_->setText(used > limit ? tr("%1 of %2 tokens: the end falls off").arg(used).arg(limit)
                                 : tr("%1 of %2 tokens").arg(used).arg(limit));
    count_->setStyleSheet(used > limit ? QStringLiteral("color: %1;").arg(roles().warn.name()) : QString());
    place_footer();
}

void PromptEditor::highlight()
{
    const std::string bytes = edit_->toPlainText().toStdString();
    const auto positions = unit_positions(bytes);
    QList<QTextEdit::ExtraSelection> selections;
    const auto add = [&](core::TextRange range, const QTextCharFormat& format) {
        QTextEdit::ExtraSelection selection;
        selection.cursor = QTextCursor(edit_->document());
        selection.cursor.setPosition(positions[std::min(range.begin, bytes.size())]);
        selection.cursor.setPosition(positions[std::min(range.end, bytes.size())], QTextCursor::KeepAnchor);
        selection.format = format;
        selections.append(selection);
    };
    for (const auto& mark : core::parse_prompt(bytes).highlights) {
        QTextCharFormat format;
        format.setForeground(colour_of(mark.kind));
        add(mark.range, format);
    }
    problem_.clear();
    for (const auto& error : core::check_prompt(bytes, context_)) {
        QTextCharFormat format;
        format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        format.setUnderlineColor(roles().bad);
        format.setToolTip(QString::fromStdString(error.message));
        add(error.range, format);
        if (problem_.isEmpty()) problem_ = QString::fromStdString(error.message);
    }
    edit_->setExtraSelections(selections);
    edit_->setToolTip(problem_);
}

bool PromptEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == edit_) {
        if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut)
            set_style_property(this, "ring", event->type() == QEvent::FocusIn);
        if (event->type() == QEvent::FocusOut) Q_EMIT typing_paused();
        if (event->type() == QEvent::ShortcutOverride) {
            // Letters are letters here; only what the editor itself handles is claimed, so Ctrl+E and friends still work.
            auto* key = static_cast<QKeyEvent*>(event);
            if (key->modifiers() == Qt::NoModifier || key->modifiers() == Qt::ShiftModifier) {
                if (key->key() != Qt::Key_Escape) {
                    event->accept();
                    return true;
                }
            }
        }
        if (event->type() == QEvent::KeyPress) return handle_key(static_cast<QKeyEvent*>(event));
    }
    return QFrame::eventFilter(watched, event);
}

bool PromptEditor::handle_key(QKeyEvent* event)
{
    const bool control = event->modifiers().testFlag(Qt::ControlModifier);
    const bool shift = event->modifiers().testFlag(Qt::ShiftModifier);
    if (control && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT generate_requested();
        return true;
    }
    if (control && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
        weigh(event->key() == Qt::Key_Up ? 0.1 : -0.1);
        return true;
    }
    if (control && event->key() == Qt::Key_Z) {
        shift ? Q_EMIT redo_requested() : Q_EMIT undo_requested();
        return true;
    }
    return false;
}

void PromptEditor::weigh(double delta)
{
    const QTextCursor cursor = edit_->textCursor();
    if (!cursor.hasSelection()) return;
    const QString all = edit_->toPlainText();
    const auto bytes_before = [&all](int units) { return static_cast<std::size_t>(all.left(units).toUtf8().size()); };
    const auto changed = core::change_weight(
        all.toStdString(), {bytes_before(cursor.selectionStart()), bytes_before(cursor.selectionEnd())}, delta);
    const auto positions = unit_positions(changed.text);
    edit_->setPlainText(QString::fromStdString(changed.text));
    QTextCursor selection = edit_->textCursor();
    selection.setPosition(positions[std::min(changed.selection.begin, changed.text.size())]);
    selection.setPosition(positions[std::min(changed.selection.end, changed.text.size())], QTextCursor::KeepAnchor);
    edit_->setTextCursor(selection);
}

void PromptEditor::resizeEvent(QResizeEvent* event)
{
    QFrame::resizeEvent(event);
    place_footer();
}

void PromptEditor::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) highlight();
}

void PromptEditor::place_footer()
{
    count_->adjustSize();
    count_->move(width() - count_->width() - 10, height() - count_->height() - 7);
}

}  // namespace kinora::ui
