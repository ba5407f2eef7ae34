#include "ui/project/project_strip.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

ProjectStrip::ProjectStrip(QWidget* parent) : QFrame(parent)
{
    setProperty("kind", "strip");
    setAccessibleName(tr("Read-only project"));
    setFixedHeight(36);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    sign_ = new QLabel(this);
    sign_->setFixedSize(18, 18);
    text_ = new ElidedLabel({}, this);
    copy_ = new QPushButton(tr("Save a copy…"), this);
    copy_->setFixedHeight(26);
    row->addWidget(sign_);
    row->addWidget(text_, 1);
    row->addWidget(copy_);
    connect(copy_, &QPushButton::clicked, this, &ProjectStrip::copy_requested);
    paint_sign();
    hide();
}

void ProjectStrip::show_read_only(const QString& reason, bool changed)
{
    const QString all = changed ? tr("%1 Your changes are kept only if you save a copy.").arg(reason) : reason;
    text_->set_full_text(all);
    setAccessibleDescription(all);
    set_style_property(copy_, "kind", changed ? "primary" : "");
    setVisible(!reason.isEmpty());
}

QString ProjectStrip::text() const
{
    return text_->full_text();
}

void ProjectStrip::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) paint_sign();
}

void ProjectStrip::paint_sign()
{
    sign_->setPixmap(icon(QStringLiteral("lock"), roles().warn).pixmap(QSize(18, 18), devicePixelRatioF()));
}

}  // namespace kinora::ui
