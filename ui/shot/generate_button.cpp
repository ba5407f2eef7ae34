#include "ui/shot/generate_button.h"

#include <QPainter>
#include <QStyleOptionButton>
#include <QStylePainter>

#include "ui/theme/theme.h"

namespace kinora::ui {

GenerateButton::GenerateButton(QWidget* parent) : QPushButton(parent)
{
    setProperty("kind", "primary");
    setFixedHeight(44);
    setText(tr("Generate"));
    setAccessibleName(tr("Generate"));
    setToolTip(tr("Generate (Ctrl+Enter)"));
}

void GenerateButton::set_estimate(const QString& estimate)
{
    estimate_ = estimate;
    setAccessibleDescription(estimate);
    update();
}

void GenerateButton::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    option.text.clear();
    painter.drawControl(QStyle::CE_PushButton, option);

    const QFont strong = ui::font(TextRole::action);
    const QFont small = [] {
        QFont result = ui::font(TextRole::secondary);
        result.setWeight(QFont::Medium);
        return result;
    }();
    const int gap = estimate_.isEmpty() ? 0 : 10;
    const int word = QFontMetrics(strong).horizontalAdvance(text());
    const int room = width() - 24 - word - gap;
    const QString hint = QFontMetrics(small).elidedText(estimate_, Qt::ElideRight, std::max(0, room));
    const int hint_width = QFontMetrics(small).horizontalAdvance(hint);
    int x = (width() - word - gap - hint_width) / 2;
    QColor colour = isEnabled() ? roles().on_accent : roles().accent_text;
    painter.setPen(colour);
    painter.setFont(strong);
    painter.drawText(QRect(x, 0, word + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, text());
    x += word + gap;
    colour.setAlphaF(0.8F);
    painter.setPen(colour);
    painter.setFont(small);
    painter.drawText(QRect(x, 1, hint_width + 2, height()), Qt::AlignLeft | Qt::AlignVCenter, hint);
}

}  // namespace kinora::ui
