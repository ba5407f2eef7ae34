#include "ui/panels/models_panel.h"

#include <QVBoxLayout>

#include "ui/panels/row_list.h"
#include "ui/player/time_text.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

ModelsPanel::ModelsPanel(QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto* empty = new EmptyState(QStringLiteral("cards"), tr("No model found"),
                                 tr("Kinora comes with a starter model of its own. Add others with "
                                    "“kinora-cli models add FOLDER”: official weights, as published."));
    list_ = new RowList(empty, this);
    column->addWidget(list_);
}

void ModelsPanel::show_models(const std::vector<ModelEntry>& models)
{
    while (auto* item = list_->rows()->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const auto& model : models)
        list_->rows()->addWidget(make_row(model));
    list_->set_empty(models.empty());
}

QWidget* ModelsPanel::make_row(const ModelEntry& model)
{
    auto* row = new QWidget(list_->body());
    auto* column = new QVBoxLayout(row);
    column->setContentsMargins(16, 14, 16, 6);
    column->setSpacing(4);
    const auto& can = model.capabilities;
    const auto add = [&](const QString& text, const char* kind) {
        auto* label = make_label(text, kind, row);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    add(QString::fromStdString(can.name), "strong");
    add(tr("%1×%2, %3, up to %4")
            .arg(can.default_width)
            .arg(can.default_height)
            .arg(fps_text(can.rate), length_text(can.max_frames, can.rate)),
        "secondary");
    QStringList takes{tr("text")};
    if (can.first_frame || can.any_frame) takes << tr("first frame");
    if (can.any_frame) takes << tr("last frame");
    add(tr("Starts from: %1").arg(takes.join(QStringLiteral(", "))), "secondary");
    if (!model.licence.empty()) add(tr("Licence: %1").arg(QString::fromStdString(model.licence)), "secondary");
    if (!model.about.empty()) add(QString::fromStdString(model.about), "secondary");
    row->setAccessibleName(QString::fromStdString(can.name));
    return row;
}

}  // namespace kinora::ui
