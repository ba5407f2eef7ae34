#include "ui/widgets/message_bar.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/widgets/core_words.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

struct Look {
    const char* icon;
    const char* state;
    QColor colour;
};

Look look_of(Tone tone)
{
    switch (tone) {
        case Tone::good:
            return {"check", "good", roles().good};
        case Tone::warn:
            return {"warning", "warn", roles().warn};
        case Tone::bad:
            return {"warning", "bad", roles().bad};
        case Tone::working:
            return {"export", "", roles().accent};
        case Tone::info:
            break;
    }
    return {"info", "", roles().dim};
}

}  // namespace

MessageBar::MessageBar(QWidget* parent) : QFrame(parent)
{
    setProperty("kind", "bar");
    setAccessibleName(tr("Message"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 6, 6, 6);
    row->setSpacing(10);
    sign_ = new QLabel(this);
    sign_->setFixedSize(18, 18);
    auto* middle = new QVBoxLayout;
    middle->setSpacing(5);
    text_ = make_label({}, "plain", this);
    text_->setWordWrap(true);
    progress_ = new QProgressBar(this);
    progress_->setRange(0, 1000);
    progress_->setTextVisible(false);
    progress_->setAccessibleName(tr("Progress"));
    middle->addWidget(text_);
    middle->addWidget(progress_);
    action_ = new QPushButton(this);
    close_ = make_icon_button(QStringLiteral("close"), tr("Close this message"), {}, this);
    row->addWidget(sign_);
    row->addLayout(middle, 1);
    row->addWidget(action_);
    row->addWidget(close_);
    connect(close_, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(action_, &QPushButton::clicked, this, [this] {
        // The action may show another notice, so it is copied out first.
        const auto act = notice_.on_action;
        if (act) act();
    });
    hide();
}

void MessageBar::show_notice(Notice notice)
{
    notice_ = std::move(notice);
    notice_.text = in_words(notice_.text.toStdString());
    text_->setText(notice_.text);
    setAccessibleDescription(notice_.text);
    action_->setVisible(!notice_.action.isEmpty());
    action_->setText(notice_.action);
    progress_->setVisible(notice_.fraction >= 0);
    progress_->setValue(static_cast<int>(notice_.fraction * 1000));
    refresh_sign();
    show();
}

void MessageBar::update_progress(const QString& text, double fraction)
{
    if (notice_.tone != Tone::working) return;
    notice_.text = text;
    notice_.fraction = fraction;
    text_->setText(text);
    progress_->setValue(static_cast<int>(fraction * 1000));
}

void MessageBar::dismiss()
{
    notice_ = {};
    hide();
}

void MessageBar::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && isVisible()) refresh_sign();
}

void MessageBar::refresh_sign()
{
    const Look look = look_of(notice_.tone);
    sign_->setPixmap(ui::icon(QLatin1String(look.icon), look.colour).pixmap(QSize(18, 18), devicePixelRatioF()));
    set_style_property(this, "state", QLatin1String(look.state));
}

}  // namespace kinora::ui
