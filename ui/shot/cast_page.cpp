#include "ui/shot/cast_page.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shot/cast_row.h"
#include "ui/shot/prompt_editor.h"
#include "ui/theme/icon.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

/// What a variable's own text is looked at with: itself isn't there, so that "contains itself" is told at the prompts.
core::PromptContext context_within(const core::PromptContext& context)
{
    core::PromptContext within = context;
    within.common.clear();
    return within;
}

}  // namespace

CastPage::CastPage(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(0);
    build_header(column);
    column->addSpacing(14);
    column->addWidget(make_label(tr("Variables"), "section", this));
    column->addSpacing(4);
    empty_ = make_label(tr("Give a character, a place or a style a name once, and write $name in every shot. "
                           "Change it here, and all shots follow."),
                        "small", this);
    empty_->setWordWrap(true);
    column->addWidget(empty_);
    list_ = new QVBoxLayout;
    list_->setSpacing(10);
    column->addLayout(list_);
    column->addSpacing(8);
    add_ = new QPushButton(tr("Add a variable"), this);
    add_->setIcon(ui::icon(QStringLiteral("plus")));
    column->addWidget(add_, 0, Qt::AlignLeft);
    column->addSpacing(16);
    build_common(column);
    column->addSpacing(16);
    column->addWidget(make_label(tr("Wildcards"), "section", this));
    column->addSpacing(4);
    wildcards_ = make_label({}, "small", this);
    wildcards_->setWordWrap(true);
    column->addWidget(wildcards_);
    column->addSpacing(6);
    auto* folder = new QPushButton(tr("Open the wildcards folder"), this);
    folder->setIcon(ui::icon(QStringLiteral("folder")));
    column->addWidget(folder, 0, Qt::AlignLeft);
    column->addStretch(1);
    connect(add_, &QPushButton::clicked, this, &CastPage::add_requested);
    connect(folder, &QPushButton::clicked, this, &CastPage::wildcard_folder_requested);
    show_wildcards({});
}

void CastPage::build_header(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    row->setSpacing(4);
    back_ = make_icon_button(QStringLiteral("back"), tr("Back to the shot"), QStringLiteral("Esc"), this);
    row->addWidget(back_);
    row->addWidget(make_label(tr("Cast and style"), "strong", this));
    row->addStretch(1);
    column->addLayout(row);
    column->addWidget(make_label(tr("Shared by all shots of the film"), "small", this));
    connect(back_, &QToolButton::clicked, this, &CastPage::back_requested);
}

void CastPage::build_common(QVBoxLayout* column)
{
    column->addWidget(make_label(tr("In every shot"), "section", this));
    column->addSpacing(6);
    common_ = new PromptEditor(PromptUse::other, this);
    common_->set_names(tr("Project-wide prompt"), tr("Added to every prompt: 35 mm film, soft light"));
    column->addWidget(common_);
    column->addSpacing(8);
    negative_ = new PromptEditor(PromptUse::other, this);
    negative_->set_names(tr("Project-wide negative prompt"), tr("Left out of every shot: text, captions"));
    column->addWidget(negative_);
    connect_editor(common_);
    connect_editor(negative_);
    connect(common_, &PromptEditor::text_edited, this, &CastPage::common_edited);
    connect(negative_, &PromptEditor::text_edited, this, &CastPage::common_negative_edited);
}

void CastPage::connect_editor(PromptEditor* editor)
{
    connect(editor, &PromptEditor::typing_paused, this, &CastPage::typing_paused);
    connect(editor, &PromptEditor::undo_requested, this, &CastPage::undo_requested);
    connect(editor, &PromptEditor::redo_requested, this, &CastPage::redo_requested);
}

CastRow* CastPage::make_row(const QString& name)
{
    auto* row = new CastRow(name, this);
    row->editor()->set_suggestion_sources(sources_);
    connect_editor(row->editor());
    connect(row, &CastRow::text_edited, this, &CastPage::variable_edited);
    connect(row, &CastRow::renamed, this, &CastPage::renamed);
    connect(row, &CastRow::remove_requested, this, &CastPage::remove_requested);
    return row;
}

void CastPage::match_rows(const std::map<std::string, std::string>& variables)
{
    QStringList names;
    for (const auto& [name, text] : variables)
        names.append(QString::fromStdString(name));
    QStringList missing = names;
    QVector<CastRow*> spare;
    for (CastRow* row : std::as_const(rows_))
        if (missing.removeOne(row->name()) == false) spare.append(row);
    // A rename is one name gone and one new: its row stays, and with it the focus.
    while (!spare.isEmpty() && !missing.isEmpty())
        spare.takeFirst()->set_name(missing.takeFirst());
    for (CastRow* row : std::as_const(spare)) {
        rows_.removeOne(row);
        list_->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    for (const QString& name : std::as_const(missing))
        rows_.append(make_row(name));
    std::sort(rows_.begin(), rows_.end(),
              [&](const CastRow* a, const CastRow* b) { return names.indexOf(a->name()) < names.indexOf(b->name()); });
    QWidget* before = back_;
    for (int i = 0; i < rows_.size(); ++i) {
        if (list_->indexOf(rows_[i]) != i) {
            list_->removeWidget(rows_[i]);
            list_->insertWidget(i, rows_[i]);
        }
        for (QWidget* next :
             {static_cast<QWidget*>(rows_[i]->name_field()), static_cast<QWidget*>(rows_[i]->remove_button()),
              static_cast<QWidget*>(rows_[i]->editor()->edit())}) {
            QWidget::setTabOrder(before, next);
            before = next;
        }
    }
    QWidget::setTabOrder(before, add_);
}

void CastPage::show_cast(const CastView& view)
{
    match_rows(view.variables);
    for (CastRow* row : std::as_const(rows_)) {
        const std::string name = row->name().toStdString();
        row->editor()->set_text(QString::fromStdString(view.variables.at(name)));
        const auto uses = view.uses.find(name);
        row->set_uses(uses == view.uses.end() ? 0 : uses->second);
    }
    empty_->setVisible(rows_.isEmpty());
    common_->set_text(QString::fromStdString(view.common_prompt));
    negative_->set_text(QString::fromStdString(view.common_negative_prompt));
    if (!wanted_.isEmpty()) focus_variable(wanted_, wanted_field_);
}

void CastPage::show_wildcards(const core::Wildcards& wildcards)
{
    QStringList lines;
    for (const auto& [name, choices] : wildcards.lines)
        lines.append(
            tr("__%1__ · %n choice(s)", nullptr, static_cast<int>(choices.size())).arg(QString::fromStdString(name)));
    for (const std::string& problem : wildcards.problems)
        lines.append(in_words(problem));
    if (lines.isEmpty()) lines.append(tr("A text file place.txt with one choice a line becomes __place__ in every prompt."));
    wildcards_->setText(lines.join(QLatin1Char('\n')));
}

QString CastPage::wildcards_text() const
{
    return wildcards_->text();
}

void CastPage::set_context(const core::PromptContext& context, const SuggestionSources& sources)
{
    context_ = context_within(context);
    context_.takes_times = false;
    sources_ = sources;
    for (PromptEditor* editor : findChildren<PromptEditor*>()) {
        editor->set_suggestion_sources(sources_);
        editor->set_context(context_);
    }
}

void CastPage::focus_variable(const QString& name, CastField field)
{
    wanted_ = name;
    wanted_field_ = field;
    for (CastRow* row : std::as_const(rows_)) {
        if (row->name() != name) continue;
        wanted_.clear();
        field == CastField::name ? row->focus_name() : row->focus_text();
        return;
    }
}

void CastPage::focus_first()
{
    rows_.isEmpty() ? add_->setFocus(Qt::OtherFocusReason) : rows_.first()->focus_text();
}

void CastPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Escape) return QWidget::keyPressEvent(event);
    Q_EMIT back_requested();
}

}  // namespace kinora::ui
