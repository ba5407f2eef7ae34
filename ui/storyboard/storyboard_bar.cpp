#include "ui/storyboard/storyboard_bar.h"

#include <QAction>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPainter>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/player/bar_button.h"
#include "ui/storyboard/storyboard_actions.h"
#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {

constexpr int k_steps = 1000;
// The slider covers what hands use; keys and wheel reach further.
constexpr double k_slider_smallest = 0.1;
constexpr double k_slider_largest = 40;

double zoom_of(int step)
{
    return k_slider_smallest * std::pow(k_slider_largest / k_slider_smallest, static_cast<double>(step) / k_steps);
}

int step_of(double zoom)
{
    const double part = std::log(zoom / k_slider_smallest) / std::log(k_slider_largest / k_slider_smallest);
    return static_cast<int>(std::lround(std::clamp(part, 0.0, 1.0) * k_steps));
}

/// A button that does what an action does and follows it: with its icon, or with its text.
BarButton* button_for(QAction* action, bool with_icon, QWidget* parent, const QString& name = {})
{
    const QString text = name.isEmpty() ? action->text() : name;
    const QString icon = action->property("iconName").toString();
    auto* button =
        with_icon ? BarButton::with_icon(icon, action->text(), {}, parent) : BarButton::with_text(text, text, parent);
    const auto follow = [button, action] {
        button->set_name(action->toolTip(), action->shortcut().toString(QKeySequence::NativeText));
        button->setEnabled(action->isEnabled());
        button->setCheckable(action->isCheckable());
        button->setChecked(action->isChecked());
    };
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(action, &QAction::toggled, button, &BarButton::setChecked);
    QObject::connect(button, &BarButton::clicked, action, [button, action] {
        action->trigger();
        button->setChecked(action->isChecked());  // a click on the chosen one of a group leaves it chosen
    });
    follow();
    return button;
}

BarButton* text_button(QAction* action, QWidget* parent)
{
    return button_for(action, false, parent);
}

}  // namespace

StoryboardBar::StoryboardBar(StoryboardActions& actions, QWidget* parent) : QWidget(parent), actions_(actions)
{
    setFixedHeight(36);
    snap_ = text_button(actions["snapping"], this);
    snap_->set_checked_look(BarButton::Checked::text);
    const auto name_snapping = [this](bool on) { snap_->setText(on ? tr("Snap on") : tr("Snap off")); };
    connect(actions["snapping"], &QAction::toggled, this, name_snapping);
    name_snapping(actions["snapping"]->isChecked());
    smaller_ = button_for(actions["zoom-out"], true, this);
    larger_ = button_for(actions["zoom-in"], true, this);
    zoom_ = new QSlider(Qt::Horizontal, this);
    zoom_->setRange(0, k_steps);
    zoom_->setPageStep(k_steps / 12);
    zoom_->setFixedWidth(96);
    zoom_->setFocusPolicy(Qt::TabFocus);
    zoom_->setAccessibleName(tr("Zoom of the timeline"));

    auto* left = new QHBoxLayout;
    left->setSpacing(4);
    left->addWidget(text_button(actions["timeline"], this));
    left->addWidget(text_button(actions["cards"], this));
    left->addSpacing(12);
    tools_ = new QWidget(this);
    auto* tools = new QHBoxLayout(tools_);
    tools->setContentsMargins(0, 0, 0, 0);
    tools->setSpacing(2);
    for (const char* tool : {"tool-select", "tool-blade", "tool-slip"})
        tools->addWidget(button_for(actions[tool], true, tools_));
    left->addWidget(tools_);
    left->addStretch(1);
    middle_ = new QHBoxLayout;
    middle_->setSpacing(0);
    for (const char* verb : {"split", "duplicate", "lift", "delete"})
        middle_->addWidget(text_button(actions[verb], this));
    auto* right = new QHBoxLayout;
    right->setSpacing(0);
    right->addStretch(1);
    right->addWidget(snap_);
    right->addSpacing(4);
    right->addWidget(smaller_);
    right->addWidget(zoom_);
    right->addWidget(larger_);
    auto* columns = new QGridLayout(this);
    columns->setContentsMargins(12, 0, 8, 1);
    columns->addLayout(left, 0, 0);
    columns->addLayout(middle_, 0, 1);
    columns->addLayout(right, 0, 2);
    columns->setColumnStretch(0, 1);
    columns->setColumnStretch(2, 1);
    connect(zoom_, &QSlider::valueChanged, this, [this](int step) { Q_EMIT zoom_chosen(zoom_of(step)); });
}

void StoryboardBar::add_verbs(const std::vector<std::pair<QAction*, QString>>& verbs)
{
    auto* line = new QFrame(this);
    line->setObjectName(QStringLiteral("Line"));
    line->setFixedSize(1, 16);
    middle_->addSpacing(8);
    middle_->addWidget(line);
    middle_->addSpacing(8);
    for (const auto& [action, name] : verbs)
        middle_->addWidget(button_for(action, false, this, name));
}

void StoryboardBar::set_timeline(bool timeline)
{
    for (QWidget* part : {static_cast<QWidget*>(zoom_), tools_})
        part->setEnabled(timeline);
    for (const char* name : {"snapping", "zoom-in", "zoom-out"})
        actions_[name]->setEnabled(timeline);
}

void StoryboardBar::set_zoom(double pixels_per_frame)
{
    const QSignalBlocker quiet(zoom_);
    zoom_->setValue(step_of(pixels_per_frame));
}

void StoryboardBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), roles().panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), roles().line);
}

}  // namespace kinora::ui
