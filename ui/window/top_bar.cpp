#include "ui/window/top_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMouseEvent>
#include <QToolButton>
#include <algorithm>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

TopBar::TopBar(QWidget* parent) : QWidget(parent)
{
    setProperty("kind", "panel");
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(40);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 14, 0);
    row->setSpacing(6);
    menu_button_ = make_icon_button(QStringLiteral("menu"), tr("Menu"), QStringLiteral("F10"), this);
    connect(menu_button_, &QToolButton::clicked, this, &TopBar::open_menu);
    name_ = new QLineEdit(this);
    name_->setProperty("kind", "title");
    name_->setAccessibleName(tr("Project name"));
    name_->setToolTip(tr("Rename the project"));
    name_->setFont(ui::font(TextRole::strong));
    saved_ = make_label({}, "dim", this);
    device_ = make_label({}, "pill", this);
    queue_ = make_label({}, "pill", this);
    queue_->setCursor(Qt::PointingHandCursor);
    queue_->installEventFilter(this);
    export_ = new QToolButton(this);
    export_->setProperty("kind", "split-left");
    export_->setText(tr("Export"));
    export_->setAccessibleName(tr("Export"));
    export_->setFocusPolicy(Qt::TabFocus);
    arrow_ = make_icon_button(QStringLiteral("chevron-down"), tr("Export options"), QStringLiteral("Ctrl+Shift+E"), this);
    arrow_->setProperty("kind", "split-right");
    arrow_->setIconSize(QSize(14, 14));
    for (auto* pill : {device_, queue_})
        pill->setFixedHeight(24);
    for (auto* button : {export_, arrow_})
        button->setFixedHeight(28);
    row->addWidget(menu_button_);
    row->addWidget(name_);
    row->addWidget(saved_);
    row->addStretch(1);
    row->addWidget(device_);
    row->addSpacing(8);
    row->addWidget(queue_);
    row->addSpacing(8);
    auto* pair = new QHBoxLayout;
    pair->setSpacing(0);
    pair->addWidget(export_);
    pair->addWidget(arrow_);
    row->addLayout(pair);
    connect(name_, &QLineEdit::textChanged, this, &TopBar::fit_name);
    connect(name_, &QLineEdit::editingFinished, this, [this] { Q_EMIT renamed(name_->text()); });
    connect(name_, &QLineEdit::returnPressed, name_, &QWidget::clearFocus);
    connect(export_, &QToolButton::clicked, this, &TopBar::export_requested);
    connect(arrow_, &QToolButton::clicked, this, &TopBar::export_options_requested);
    set_queue({});
    fit_name();
}

void TopBar::set_menu(QMenu* menu)
{
    menu_ = menu;
}

void TopBar::open_menu()
{
    // Without a loop of its own, as a tool button's own menu would have: everything goes on while it is open.
    if (menu_) menu_->popup(menu_button_->mapToGlobal(QPoint(0, menu_button_->height() + 2)));
}

void TopBar::set_project_name(const QString& name)
{
    if (!name_->hasFocus() && name_->text() != name) name_->setText(name);
}

void TopBar::set_save_state(SaveState state, const QString& reason)
{
    const auto text = [state] {
        switch (state) {
            case SaveState::none:
                return QString();
            case SaveState::saved:
                return tr("saved");
            case SaveState::unsaved:
            case SaveState::saving:
                return tr("saving…");
            case SaveState::failed:
                return tr("not saved");
            case SaveState::read_only:
                return tr("read-only");
        }
        return QString();
    };
    saved_->setText(text());
    saved_->setToolTip(reason);
    const bool bad = state == SaveState::failed;
    saved_->setStyleSheet(bad ? QStringLiteral("color: %1;").arg(roles().bad.name()) : QString());
}

void TopBar::set_device(const QString& text)
{
    device_->setText(text);
    device_->setVisible(!text.isEmpty());
}

void TopBar::set_queue(const QString& text)
{
    queue_->setText(text);
    queue_->setVisible(!text.isEmpty());
}

void TopBar::set_export_hint(const QString& text)
{
    export_->setToolTip(text);
    export_->setAccessibleDescription(text);
}

QString TopBar::save_text() const
{
    return saved_->text();
}

bool TopBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == queue_ && event->type() == QEvent::MouseButtonRelease) Q_EMIT queue_clicked();
    return QWidget::eventFilter(watched, event);
}

void TopBar::fit_name()
{
    const int wanted = name_->fontMetrics().horizontalAdvance(name_->text()) + 24;
    name_->setFixedWidth(std::clamp(wanted, 60, 420));
}

}  // namespace kinora::ui
