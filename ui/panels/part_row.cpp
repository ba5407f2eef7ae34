#include "ui/panels/part_row.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include "core/base/paths.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

PartRow::PartRow(const InstalledPart& part, QWidget* parent) : QWidget(parent)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 4, 10, 6);
    column->setSpacing(2);
    auto* head = new QHBoxLayout;
    auto* name = new ElidedLabel(part.name, this);
    auto* reveal = make_icon_button(QStringLiteral("folder"), tr("Show %1 in its folder").arg(part.name), {}, this);
    connect(reveal, &QToolButton::clicked, this, &PartRow::reveal_requested);
    head->addWidget(name, 1);
    head->addWidget(reveal);
    column->addLayout(head);
    const auto add = [&](const QString& text, const char* kind) {
        if (text.isEmpty()) return;
        auto* label = make_label(text, kind, this);
        label->setWordWrap(true);
        column->addWidget(label);
    };
    add(part.facts, "secondary");
    add(part.problem, "warn");
    if (!part.licence.isEmpty()) add(tr("Licence: %1").arg(part.licence), "secondary");
    add(part.training, "small");
    setToolTip(QString::fromStdString(core::path_to_utf8(part.path)));
    setAccessibleName(part.name);
    setAccessibleDescription(part.problem.isEmpty() ? part.facts : part.problem);
}

}  // namespace kinora::ui
