#include "ui/shot/lora_list.h"

#include <QDoubleSpinBox>
#include <QDragEnterEvent>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/paths.h"
#include "ui/theme/icon.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

bool is_lora(const QString& file)
{
    return file.endsWith(QStringLiteral(".safetensors"), Qt::CaseInsensitive) ||
           file.endsWith(QStringLiteral(".pt"), Qt::CaseInsensitive) ||
           file.endsWith(QStringLiteral(".pth"), Qt::CaseInsensitive);
}

QString name_of(const core::LoraChoice& lora)
{
    return QString::fromStdString(core::path_to_utf8(lora.file.stem()));
}

}  // namespace

LoraList::LoraList(QWidget* parent) : QWidget(parent)
{
    setAcceptDrops(true);
    setAccessibleName(tr("LoRAs"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    rows_ = new QVBoxLayout;
    rows_->setSpacing(4);
    column->addLayout(rows_);
    auto* add = new QPushButton(tr("Add a LoRA…"), this);
    add->setObjectName(QStringLiteral("lora.add"));
    add->setProperty("kind", "link");
    add->setToolTip(tr("Choose a file, or drop one here"));
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(0, 0, 0, 0);
    foot->addWidget(add);
    foot->addStretch(1);
    column->addLayout(foot);
    connect(add, &QPushButton::clicked, this, &LoraList::choose);
}

void LoraList::set_loras(const std::vector<core::LoraChoice>& loras)
{
    if (loras == loras_) return;
    loras_ = loras;
    rebuild();
}

void LoraList::add(const QString& file)
{
    core::LoraChoice lora;
    lora.file = core::path_from_utf8(file.toStdString());
    const bool known = std::any_of(loras_.begin(), loras_.end(), [&](const auto& other) { return other.file == lora.file; });
    if (known) return;
    loras_.push_back(std::move(lora));
    rebuild();
    Q_EMIT edited();
}

void LoraList::choose()
{
    auto* dialog = new FileChooser(this, tr("Choose LoRAs"), {}, tr("LoRAs (*.safetensors *.pt *.pth)"));
    dialog->setFileMode(FileChooser::ExistingFiles);
    connect(dialog, &FileChooser::filesSelected, this, [this](const QStringList& files) {
        for (const QString& file : files)
            add(file);
    });
    dialog->open();
}

void LoraList::rebuild()
{
    while (QLayoutItem* item = rows_->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t index = 0; index < loras_.size(); ++index) {
        auto* row = new QWidget(this);
        auto* line = new QHBoxLayout(row);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(6);
        auto* name = new ElidedLabel(name_of(loras_[index]), row);
        name->setToolTip(QString::fromStdString(core::path_to_utf8(loras_[index].file)));
        auto* weight = new QDoubleSpinBox(row);
        weight->setAccessibleName(tr("Weight of %1").arg(name_of(loras_[index])));
        weight->setRange(-4, 4);
        weight->setSingleStep(0.05);
        weight->setDecimals(2);
        weight->setKeyboardTracking(false);
        weight->setFixedWidth(74);
        weight->setValue(static_cast<double>(loras_[index].weight));
        auto* remove = make_icon_button(QStringLiteral("close"), tr("Take %1 away").arg(name_of(loras_[index])), {}, row);
        remove->setFixedSize(24, 24);
        line->addWidget(name, 1);
        line->addWidget(weight);
        line->addWidget(remove);
        rows_->addWidget(row);
        connect(weight, &QDoubleSpinBox::valueChanged, this, [this, index](double value) {
            loras_[index].weight = static_cast<float>(value);
            Q_EMIT edited();
        });
        connect(remove, &QToolButton::clicked, this, [this, index] {
            loras_.erase(loras_.begin() + static_cast<std::ptrdiff_t>(index));
            rebuild();
            Q_EMIT edited();
        });
    }
}

void LoraList::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return is_lora(url.toLocalFile()); }))
        event->acceptProposedAction();
}

void LoraList::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls())
        if (is_lora(url.toLocalFile())) add(url.toLocalFile());
    event->acceptProposedAction();
}

}  // namespace kinora::ui
