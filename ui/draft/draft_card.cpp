#include "ui/draft/draft_card.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <utility>

#include "ui/player/images.h"
#include "ui/theme/theme.h"

namespace kinora::ui {
namespace {

constexpr int k_edge = 8;      // around the picture
constexpr int k_caption = 26;  // height of the line below it
constexpr int k_margin = 12;   // to the edges of what it lies over
constexpr int k_radius = 8;
constexpr int k_corner_width = 208;     // of the picture in the corner
constexpr double k_corner_part = 0.26;  // and at most so much of what it lies over, each way
constexpr double k_middle_part = 0.72;
constexpr double k_largest = 2.0;  // times its own size: a draft has no more to show
constexpr double k_standing_back = 0.4;

}  // namespace

DraftCard::DraftCard(QWidget* parent) : QWidget(parent)
{
    setObjectName(QStringLiteral("draft.card"));
    setAccessibleName(tr("Draft of the prompt"));
    setAccessibleDescription(tr("A quick moving picture of what is written; it is not kept."));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    timer_.setTimerType(Qt::PreciseTimer);
    connect(&timer_, &QTimer::timeout, this, &DraftCard::step);
    hide();
}

void DraftCard::show_draft(const Draft& draft)
{
    if (!draft.pictures || draft.pictures->empty()) return dismiss();
    draft_ = draft;
    outdated_ = false;
    frame_ = 0;
    clock_.start();
    const double rate = std::max(1.0, draft.rate.as_double());
    timer_.setInterval(static_cast<int>(std::lround(1000.0 / rate)));
    update();
}

void DraftCard::set_outdated(bool outdated)
{
    if (std::exchange(outdated_, outdated) != outdated) update();
}

void DraftCard::dismiss()
{
    hide();
    draft_ = {};
    outdated_ = false;
}

QImage DraftCard::picture() const
{
    if (!draft_.pictures) return {};
    return image_over(draft_.pictures, (*draft_.pictures)[static_cast<std::size_t>(frame_)]);
}

void DraftCard::place(const QRect& area, Place where)
{
    if (!draft_.pictures) return;
    place_ = where;
    const auto& first = draft_.pictures->front();
    const double shape = static_cast<double>(first.width) / std::max(1, first.height);
    const double part = where == Place::middle ? k_middle_part : k_corner_part;
    const double widest = where == Place::middle ? k_largest * first.width : k_corner_width;
    const double width = std::min({widest, part * area.width(), part * area.height() * shape});
    const QSize size(static_cast<int>(width) + 2 * k_edge, static_cast<int>(width / shape) + k_edge + k_caption);
    QRect box(QPoint(), size);
    if (where == Place::middle)
        box.moveCenter(area.center());
    else
        box.moveBottomLeft(area.bottomLeft() + QPoint(k_margin, -k_margin));
    if (geometry() != box) setGeometry(box);
}

QRect DraftCard::picture_box() const
{
    return rect().adjusted(k_edge, k_edge, -k_edge, -k_caption);
}

void DraftCard::step()
{
    const auto count = static_cast<qint64>(draft_.pictures->size());
    const auto frame = static_cast<int>(clock_.elapsed() * draft_.rate.as_double() / 1000.0) % count;
    if (frame == frame_) return;
    frame_ = static_cast<int>(frame);
    update(picture_box());
}

void DraftCard::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (draft_.pictures) timer_.start();
}

void DraftCard::hideEvent(QHideEvent* event)
{
    QWidget::hideEvent(event);
    timer_.stop();
}

void DraftCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::SmoothPixmapTransform);
    painter.setPen(QPen(roles().dashed, 1, Qt::DashLine));
    painter.setBrush(roles().panel);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), k_radius, k_radius);
    painter.setOpacity(outdated_ ? k_standing_back : 1.0);
    painter.drawImage(picture_box(), picture());
    painter.setOpacity(1.0);
    const QRect line(k_edge + 2, height() - k_caption, width() - 2 * k_edge - 4, k_caption - 1);
    painter.setFont(ui::font(TextRole::section));
    painter.setPen(roles().text);
    const QString word = tr("Draft");
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, word);
    const QFont small = ui::font(TextRole::small);
    const int left = QFontMetrics(painter.font()).horizontalAdvance(word) + 12;
    const QString note = place_ == Place::middle ? tr("Generate makes a take of it") : tr("not kept");
    painter.setFont(small);
    painter.setPen(roles().dim);
    painter.drawText(line.adjusted(left, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                     QFontMetrics(small).elidedText(note, Qt::ElideRight, line.width() - left));
}

}  // namespace kinora::ui
