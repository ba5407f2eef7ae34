#include "ui/panels/job_editor.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QShortcut>
#include <QSpinBox>

#include "ui/widgets/labels.h"
#include "ui/widgets/text_area.h"

namespace kinora::ui {

JobEditor::JobEditor(QWidget* parent) : QFrame(parent, Qt::Popup)
{
    setProperty("kind", "popover");
    setAccessibleName(tr("Edit a waiting job"));
    setFixedWidth(320);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(14, 12, 14, 14);
    grid->setSpacing(8);
    prompt_ = new TextArea(this);
    prompt_->setAccessibleName(tr("Prompt"));
    prompt_->setFixedHeight(110);
    prompt_->setTabChangesFocus(true);
    seed_ = new QLineEdit(this);
    seed_->setAccessibleName(tr("Seed"));
    seed_->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,19}")), seed_));
    steps_ = new QSpinBox(this);
    steps_->setAccessibleName(tr("Steps"));
    steps_->setRange(1, 1000);
    auto* save = new QPushButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("job-editor.save"));
    save->setProperty("kind", "primary");
    grid->addWidget(make_label(tr("Prompt"), "section", this), 0, 0, 1, 4);
    grid->addWidget(prompt_, 1, 0, 1, 4);
    grid->addWidget(make_label(tr("Seed"), "dim", this), 2, 0);
    grid->addWidget(seed_, 2, 1);
    grid->addWidget(make_label(tr("Steps"), "dim", this), 2, 2);
    grid->addWidget(steps_, 2, 3);
    grid->addWidget(save, 3, 0, 1, 4);
    connect(save, &QPushButton::clicked, this, &JobEditor::save);
    auto* shortcut = new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return), this);
    connect(shortcut, &QShortcut::activated, this, &JobEditor::save);
}

void JobEditor::edit(const core::GenerationRequest& request, const core::ModelCapabilities& model)
{
    request_ = request;
    prompt_->setPlainText(QString::fromStdString(request.prompt_text));
    seed_->setText(QString::number(request.seed));
    steps_->setValue(request.steps.value_or(model.default_steps));
}

void JobEditor::open_at(const QWidget* row)
{
    adjustSize();
    const QPoint corner = row->mapToGlobal(QPoint(row->width() - width() - 8, row->height()));
    move(corner);
    show();
    prompt_->setFocus();
}

void JobEditor::save()
{
    request_.prompt_text = prompt_->toPlainText().toStdString();
    request_.seed = seed_->text().toULongLong();
    request_.steps = steps_->value();
    close();
    Q_EMIT saved(request_);
}

}  // namespace kinora::ui
