#include "ui/window/about_sheet.h"

#include <QCoreApplication>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include "core/base/log.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"
#include "ui/window/licences.h"

namespace kinora::ui {
namespace {

constexpr int k_row_height = 28;
constexpr int k_licence_role = Qt::UserRole;
constexpr int k_use_role = Qt::UserRole + 1;

/// Three columns: project, what it does, licence.
class LicencePainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        if (option.state.testFlag(QStyle::State_Selected)) {
            painter->setRenderHint(QPainter::Antialiasing);
            painter->setPen(Qt::NoPen);
            painter->setBrush(roles().raised);
            painter->drawRoundedRect(option.rect.adjusted(4, 1, -4, -1), 4, 4);
        }
        const QRect inside = option.rect.adjusted(12, 0, -12, 0);
        const int project = inside.width() * 26 / 100;
        const int licence = inside.width() * 30 / 100;
        const auto write = [&](const QRect& place, Qt::Alignment alignment, const QColor& colour, const QString& text) {
            painter->setPen(colour);
            painter->drawText(place, static_cast<int>(alignment | Qt::AlignVCenter),
                              painter->fontMetrics().elidedText(text, Qt::ElideRight, place.width()));
        };
        painter->setFont(ui::font(TextRole::secondary));
        write({inside.left(), inside.top(), project - 8, inside.height()}, Qt::AlignLeft, roles().text,
              index.data(Qt::DisplayRole).toString());
        write({inside.left() + project, inside.top(), inside.width() - project - licence - 8, inside.height()},
              Qt::AlignLeft, roles().dim, index.data(k_use_role).toString());
        write({inside.right() - licence, inside.top(), licence, inside.height()}, Qt::AlignRight, roles().dim,
              index.data(k_licence_role).toString());
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {200, k_row_height}; }
};

}  // namespace

AboutSheet::AboutSheet(QWidget* window) : Sheet(window, tr("About Kinora"), {660, 560})
{
    auto* version = make_label(QStringLiteral("Kinora ") + QCoreApplication::applicationVersion(), "plain", card());
    version->setWordWrap(true);
    version->setTextInteractionFlags(Qt::TextSelectableByMouse);
    body()->addWidget(version);
    auto* promise = make_label(tr("A studio for AI video that you own. Everything runs on this computer; nothing is sent "
                                  "anywhere. Kinora is under the Apache License 2.0 and stands on these projects, whose "
                                  "whole texts come with each of them:"),
                               "secondary", card());
    promise->setWordWrap(true);
    body()->addWidget(promise);
    auto* well = new QFrame(card());
    well->setProperty("kind", "well");
    auto* inside = new QVBoxLayout(well);
    inside->setContentsMargins(1, 4, 1, 4);
    list_ = new QListWidget(well);
    list_->setAccessibleName(tr("Licences"));
    list_->setItemDelegate(new LicencePainter(list_));
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    for (const Licence& licence : licences()) {
        auto* item = new QListWidgetItem(licence.project, list_);
        item->setData(k_licence_role, licence.licence);
        item->setData(k_use_role, licence.use);
        item->setData(Qt::AccessibleTextRole,
                      QStringLiteral("%1: %2, %3").arg(licence.project, licence.use, licence.licence));
        item->setToolTip(licence.licence);
    }
    inside->addWidget(list_);
    body()->addWidget(well, 1);
    auto* foot = new QHBoxLayout;
    log_ = new QPushButton(tr("Show the log"), card());
    log_->setToolTip(tr("A file on this computer; it holds no prompts"));
    log_->setEnabled(!core::log_file().empty());
    diagnostics_ = new QPushButton(tr("Copy diagnostics"), card());
    diagnostics_->setToolTip(tr("Version, system and the end of the log to the clipboard; nothing is sent anywhere"));
    foot->addWidget(log_);
    foot->addStretch(1);
    foot->addWidget(diagnostics_);
    body()->addLayout(foot);
    set_first(list_);
    connect(log_, &QPushButton::clicked, this, &AboutSheet::log_requested);
    connect(diagnostics_, &QPushButton::clicked, this, [this] {
        Q_EMIT diagnostics_requested();
        dismiss();
    });
}

}  // namespace kinora::ui
