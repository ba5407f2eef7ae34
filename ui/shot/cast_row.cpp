#include "ui/shot/cast_row.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/prompt/names.h"
#include "ui/shot/prompt_editor.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

CastRow::CastRow(const QString& name, QWidget* parent) : QWidget(parent), name_(name)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    auto* sign = make_label(QStringLiteral("$"), "dim", this);
    field_ = new QLineEdit(name, this);
    field_->setProperty("kind", "title");
    field_->setFixedHeight(28);
    field_->installEventFilter(this);
    uses_ = make_label({}, "small", this);
    remove_ = make_icon_button(QStringLiteral("trash"), {}, {}, this);
    remove_->setIconSize(QSize(16, 16));
    row->addWidget(sign);
    row->addWidget(field_, 1);
    row->addWidget(uses_);
    row->addWidget(remove_);
    column->addLayout(row);
    problem_ = make_label({}, "small", this);
    problem_->setWordWrap(true);
    problem_->hide();
    column->addWidget(problem_);
    editor_ = new PromptEditor(PromptUse::other, this);
    column->addWidget(editor_);
    set_name(name);
    connect(field_, &QLineEdit::textEdited, this, &CastRow::check_name);
    connect(field_, &QLineEdit::editingFinished, this, &CastRow::commit_name);
    connect(remove_, &QToolButton::clicked, this, [this] { Q_EMIT remove_requested(name_); });
    connect(editor_, &PromptEditor::text_edited, this, [this](const QString& text) { Q_EMIT text_edited(name_, text); });
}

void CastRow::set_name(const QString& name)
{
    name_ = name;
    if (field_->text() != name) field_->setText(name);
    field_->setAccessibleName(tr("Name of the variable $%1").arg(name));
    editor_->set_names(tr("What $%1 stands for").arg(name), tr("What it stands for: a small red fox with a blue scarf"));
    remove_->setAccessibleName(tr("Remove $%1").arg(name));
    remove_->setToolTip(remove_->accessibleName());
    check_name();
}

void CastRow::set_uses(int shots)
{
    uses_->setText(shots == 0 ? tr("not used") : tr("in %n shot(s)", nullptr, shots));
}

QString CastRow::problem() const
{
    return problem_->text();
}

void CastRow::focus_name()
{
    field_->setFocus(Qt::OtherFocusReason);
    field_->selectAll();
}

void CastRow::focus_text()
{
    editor_->edit()->setFocus(Qt::OtherFocusReason);
}

void CastRow::check_name()
{
    const bool valid = core::is_prompt_name(field_->text().toStdString());
    problem_->setText(valid ? QString() : tr("A name is letters, digits and single “_”, and begins with a letter."));
    problem_->setStyleSheet(QStringLiteral("color: %1;").arg(roles().bad.name()));
    problem_->setVisible(!valid);
}

void CastRow::commit_name()
{
    const QString typed = field_->text();
    if (typed == name_) return;
    if (!core::is_prompt_name(typed.toStdString())) {
        field_->setText(name_);
        return check_name();
    }
    Q_EMIT renamed(name_, typed);
    // Where another variable has that name already, it stays as it was.
    if (name_ != typed) field_->setText(name_);
}

bool CastRow::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == field_ && event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape && field_->text() != name_) {
            field_->setText(name_);
            check_name();
            return true;
        }
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            commit_name();
            if (field_->text() == name_) focus_text();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace kinora::ui
