#include "ui/shot/prompt_editor.h"

#include <QAbstractTextDocumentLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/shot/prompt_text.h"
#include "ui/shot/prompt_units.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

constexpr int k_shot_lines = 5;
constexpr int k_most_shot_lines = 10;
constexpr int k_most_other_lines = 4;

}  // namespace

PromptEditor::PromptEditor(PromptUse use, QWidget* parent) : QWidget(parent), use_(use)
{
    build(use);
    set_names(tr("Prompt"), tr("Describe the shot: what is seen, where, when, how the camera moves"));
    popup_ = new CompletionPopup(*edit_);
    connect(popup_, &CompletionPopup::accepted, this, &PromptEditor::accept);
    connect(popup_, &CompletionPopup::shown_or_hidden, this, &PromptEditor::show_note);
    pause_.setSingleShot(true);
    pause_.setInterval(1000);
    connect(&pause_, &QTimer::timeout, this, &PromptEditor::typing_paused);
    connect(edit_, &QPlainTextEdit::textChanged, this, &PromptEditor::text_changed);
    connect(edit_, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        const auto& shown = popup_->suggestions();
        const int at = edit_->textCursor().position();
        const bool before = at < shown.begin || (at == shown.begin && shown.begin < shown.end);
        if (popup_->isVisible() && (before || at > shown.end)) popup_->hide();
    });
    connect(edit_, &PromptText::composing_changed, popup_, &QWidget::hide);
    connect(variants_, &QPushButton::clicked, this, &PromptEditor::variants_requested);
    connect(define_, &QPushButton::clicked, this, [this] {
        if (!problems_.empty()) Q_EMIT define_requested(QString::fromStdString(problems_.front().unknown));
    });
    fit_height();
}

PromptEditor::~PromptEditor()
{
    delete popup_.data();
}

void PromptEditor::build(PromptUse use)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(4);
    frame_ = new QFrame(this);
    frame_->setProperty("kind", "editor");
    auto* column = new QVBoxLayout(frame_);
    column->setSpacing(0);
    edit_ = new PromptText(frame_);
    edit_->setFont(ui::font(use == PromptUse::shot ? TextRole::prompt : TextRole::body));
    edit_->setFrameShape(QFrame::NoFrame);
    edit_->setTabChangesFocus(true);
    edit_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    edit_->set_tip([this](int position) { return tip_at(position); });
    edit_->installEventFilter(this);
    column->addWidget(edit_);
    variants_ = new QPushButton(frame_);
    variants_->setProperty("kind", "link");
    variants_->setToolTip(tr("Shows what the alternatives and wildcards can become"));
    variants_->hide();
    count_ = make_label({}, "small", frame_);
    count_->setObjectName(QStringLiteral("prompt.count"));
    count_->hide();
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(5, 0, 4, 0);
    foot->addWidget(variants_);
    foot->addStretch(1);
    foot->addWidget(count_);
    if (use == PromptUse::shot) {
        column->setContentsMargins(8, 6, 4, 4);
        column->addLayout(foot);
        foot->addSpacing(2);
        count_->setFixedHeight(18);
    } else {
        column->setContentsMargins(4, 3, 2, 3);
    }
    outer->addWidget(frame_);
    auto* below = new QHBoxLayout;
    below->setContentsMargins(2, 0, 2, 0);
    note_ = make_label({}, "small", this);
    note_->setWordWrap(true);
    note_->hide();
    define_ = new QPushButton(this);
    define_->setProperty("kind", "link");
    define_->hide();
    below->addWidget(note_, 1);
    below->addWidget(define_, 0, Qt::AlignTop);
    outer->addLayout(below);
}

QPlainTextEdit* PromptEditor::edit() const
{
    return edit_;
}

QString PromptEditor::text() const
{
    return edit_->toPlainText();
}

QString PromptEditor::count_text() const
{
    return count_->text();
}

QString PromptEditor::variants_text() const
{
    return variants_->isHidden() ? QString() : variants_->text();
}

QString PromptEditor::problem() const
{
    return problems_.empty() || problems_.front().warning ? QString() : problems_.front().text;
}

void PromptEditor::set_text(const QString& text)
{
    if (text == edit_->toPlainText()) return;
    setting_ = true;
    edit_->replace_text(text);
    setting_ = false;
    popup_->hide();
}

void PromptEditor::set_names(const QString& accessible_name, const QString& hint)
{
    edit_->setAccessibleName(accessible_name);
    edit_->setPlaceholderText(hint);
}

void PromptEditor::set_context(core::PromptContext context)
{
    context_ = std::move(context);
    look_again();
}

void PromptEditor::set_suggestion_sources(SuggestionSources sources)
{
    sources_ = std::move(sources);
}

void PromptEditor::set_tokens(const TokenReport& tokens)
{
    tokens_ = tokens;
    const bool over = tokens.used > tokens.limit;
    // Without words the tokenizer's own end mark is all there is to count.
    count_->setVisible(tokens.limit > 0 && !text().isEmpty());
    count_->setText(over ? tr("%1 of %2 tokens: the end falls off").arg(tokens.used).arg(tokens.limit)
                         : tr("%1 of %2 tokens").arg(tokens.used).arg(tokens.limit));
    count_->setStyleSheet(over ? QStringLiteral("color: %1;").arg(roles().warn.name()) : QString());
    mark();
}

void PromptEditor::set_remark(const QString& remark)
{
    if (remark == remark_) return;
    remark_ = remark;
    show_note();
}

void PromptEditor::text_changed()
{
    // An input method that composes a word tells of changes too, though none of them is in the text yet.
    if (!setting_ && text() == last_) return;
    last_ = text();
    // What was cut off was counted for the text before; the new count comes in a moment.
    if (!setting_) tokens_.cut.clear();
    // And a number that belongs to other words isn't shown meanwhile.
    if (setting_ || last_.isEmpty()) count_->hide();
    look_again();
    fit_height();
    if (setting_) return;
    pause_.start();
    if (!edit_->composing() && edit_->hasFocus()) show_suggestions(Asked::typing);
    Q_EMIT text_edited(text());
}

void PromptEditor::look_again()
{
    const QString all = text();
    problems_ = prompt_problems(all, context_);
    const bool wrong = !problem().isEmpty();
    const auto count = use_ == PromptUse::shot && !wrong ? core::count_variants(all.toStdString(), context_) : 1;
    variants_->setVisible(count > 1);
    variants_->setText(count >= 1'000'000 ? tr("over a million variants")
                                          : tr("%1 variants").arg(QLocale().toString(static_cast<qlonglong>(count))));
    mark();
    show_note();
}

void PromptEditor::mark()
{
    edit_->setExtraSelections(prompt_marks(*edit_->document(), tokens_.cut, problems_));
}

void PromptEditor::show_note()
{
    const bool wrong = !problems_.empty() && !still_typed(problems_.front());
    const QString text = wrong ? problems_.front().text : remark_;
    note_->setText(text);
    note_->setVisible(!text.isEmpty());
    const QColor colour = !wrong ? roles().dim : problems_.front().warning ? roles().warn : roles().bad;
    note_->setStyleSheet(QStringLiteral("color: %1;").arg(colour.name()));
    const bool missing = wrong && !problems_.front().unknown.empty();
    define_->setVisible(missing);
    if (missing) define_->setText(tr("Add $%1").arg(QString::fromStdString(problems_.front().unknown)));
    edit_->setAccessibleDescription(text);
}

bool PromptEditor::still_typed(const PromptProblem& problem) const
{
    // A name isn't wrong as long as there are ways to end it.
    return popup_ && popup_->isVisible() && popup_->suggestions().named && problem.end == edit_->textCursor().position();
}

QString PromptEditor::tip_at(int position) const
{
    for (const PromptProblem& problem : problems_)
        if (position >= problem.begin && position <= problem.end) return problem.text;
    for (const core::TextRange range : tokens_.cut) {
        const PromptUnits units(text());
        if (position >= units.unit(range.begin) && position < units.unit(range.end))
            return tr("The model doesn't see this: the prompt is longer than its %1 tokens.").arg(tokens_.limit);
    }
    return {};
}

bool PromptEditor::claims(const QKeyEvent& key) const
{
    if (key.modifiers() == Qt::AltModifier) return key.key() == Qt::Key_Up || key.key() == Qt::Key_Down;
    if (key.modifiers() != Qt::NoModifier && key.modifiers() != Qt::ShiftModifier) return false;
    if (key.key() >= Qt::Key_F1 && key.key() <= Qt::Key_F35) return false;  // F10 opens the menu from here, too
    return key.key() != Qt::Key_Escape || popup_->isVisible();
}

bool PromptEditor::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != edit_) return QWidget::eventFilter(watched, event);
    switch (event->type()) {
        case QEvent::FocusIn:
            set_style_property(frame_, "ring", true);
            break;
        case QEvent::FocusOut:
            set_style_property(frame_, "ring", false);
            popup_->hide();
            Q_EMIT typing_paused();
            break;
        case QEvent::ShortcutOverride:
            // Letters are letters here; only what the editor itself handles is claimed, so Ctrl+E and friends still work.
            if (claims(*static_cast<QKeyEvent*>(event))) {
                event->accept();
                return true;
            }
            break;
        case QEvent::KeyPress:
            return handle_key(static_cast<QKeyEvent*>(event));
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

bool PromptEditor::handle_key(QKeyEvent* event)
{
    const auto modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool up = event->key() == Qt::Key_Up;
    if (modifiers == Qt::NoModifier && popup_->handle_key(event->key())) return true;
    if (modifiers == Qt::ControlModifier && enter) {
        Q_EMIT generate_requested();
        return true;
    }
    if (modifiers == Qt::ControlModifier && (up || event->key() == Qt::Key_Down)) {
        weigh(up ? 0.1 : -0.1);
        return true;
    }
    if (modifiers == Qt::AltModifier && up) {
        Q_EMIT history_requested();
        return true;
    }
    if (modifiers == Qt::AltModifier && event->key() == Qt::Key_Down) {
        show_suggestions(Asked::key);
        return true;
    }
    if (event->key() == Qt::Key_Z && modifiers.testFlag(Qt::ControlModifier)) {
        modifiers.testFlag(Qt::ShiftModifier) ? Q_EMIT redo_requested() : Q_EMIT undo_requested();
        return true;
    }
    return false;
}

void PromptEditor::weigh(double delta)
{
    const QTextCursor cursor = edit_->textCursor();
    const PromptUnits units(text());
    const core::TextRange selected{units.byte(cursor.selectionStart()), units.byte(cursor.selectionEnd())};
    const auto changed = core::change_weight(units.bytes(), selected, delta);
    const QString all = QString::fromStdString(changed.text);
    Q_EMIT typing_paused();  // a step of its own in the history
    edit_->replace_text(all);
    popup_->hide();
    const PromptUnits after(all);
    QTextCursor selection = edit_->textCursor();
    selection.setPosition(after.unit(changed.selection.begin));
    selection.setPosition(after.unit(changed.selection.end), QTextCursor::KeepAnchor);
    edit_->setTextCursor(selection);
}

void PromptEditor::show_suggestions(Asked asked)
{
    if (edit_->textCursor().hasSelection()) return popup_->hide();
    popup_->show_suggestions(suggest(text(), edit_->textCursor().position(), context_, sources_, asked));
}

void PromptEditor::accept(const Suggestion& suggestion)
{
    const Suggestions shown = popup_->suggestions();
    QTextCursor cursor = edit_->textCursor();
    cursor.setPosition(shown.begin);
    cursor.setPosition(shown.end, QTextCursor::KeepAnchor);
    cursor.insertText(suggestion.text);
    edit_->setTextCursor(cursor);
    popup_->hide();
}

void PromptEditor::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit_height();
}

void PromptEditor::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange) return;
    set_tokens(tokens_);
    show_note();
}

void PromptEditor::hideEvent(QHideEvent* event)
{
    popup_->hide();
    QWidget::hideEvent(event);
}

void PromptEditor::fit_height()
{
    // A plain text document tells its height in lines.
    const int lines =
        std::max(1, static_cast<int>(std::lround(edit_->document()->documentLayout()->documentSize().height())));
    const bool shot = use_ == PromptUse::shot;
    const int shown = std::clamp(lines, shot ? k_shot_lines : 1, shot ? k_most_shot_lines : k_most_other_lines);
    const int inside = static_cast<int>(edit_->document()->documentMargin() * 2);
    const int height = static_cast<int>(std::ceil(QFontMetricsF(edit_->font()).lineSpacing() * shown)) + inside;
    edit_->setFixedHeight(std::max(height, shot ? 92 : 0));
    edit_->setVerticalScrollBarPolicy(lines > shown ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
}

}  // namespace kinora::ui
