#include "ui/meter/stall_overlay.h"

#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <algorithm>

#include "ui/theme/theme.h"

namespace kinora::ui {

namespace {

constexpr int k_bars = 100;
constexpr int k_bar = 4;
constexpr int k_margin = 10;
constexpr int k_graph_height = 40;
constexpr int k_line_height = 16;
constexpr double k_highest = 50;  // milliseconds
constexpr int k_interval = 500;
constexpr int k_lines = 4;

double milliseconds(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double, std::milli>(time).count();
}

QString number(double value)
{
    return QLocale().toString(value, 'f', 1);
}

}  // namespace

StallOverlay::StallOverlay(StallMeter& meter, QWidget* parent) : QWidget(parent), meter_(meter)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Stall meter"));
    timer_.setInterval(k_interval);
    connect(&timer_, &QTimer::timeout, this, &StallOverlay::look);
    parent->installEventFilter(this);
    resize(sizeHint());
    place();
    hide();
}

QSize StallOverlay::sizeHint() const
{
    return {k_bars * k_bar + 2 * k_margin, k_graph_height + k_lines * k_line_height + 2 * k_margin};
}

QStringList StallOverlay::lines() const
{
    const StallFigures figures = meter_.figures();
    QStringList lines{
        tr("Event loop: half %1, 95 % %2, worst %3 ms").arg(number(figures.p50), number(figures.p95), number(figures.worst)),
        tr("%n stalls over %1 ms, %2 of them Kinora's own", nullptr, static_cast<int>(figures.stalls))
            .arg(StallMeter::k_limit.count())
            .arg(figures.own_stalls)};
    if (!meter_.stalls().empty()) {
        const Stall& last = meter_.stalls().back();
        lines += tr("Last: %1 ms, %2 computed, %3 without a processor, %4 waiting")
                     .arg(number(milliseconds(last.duration)), number(milliseconds(last.cpu)),
                          number(milliseconds(last.queued)), number(milliseconds(last.waited)));
        lines += last.what;
    }
    return lines;
}

void StallOverlay::look()
{
    worst_.push_back(milliseconds(meter_.take_worst()));
    if (worst_.size() > k_bars) worst_.pop_front();
    update();
}

void StallOverlay::place()
{
    constexpr int k_status = 26;
    move(parentWidget()->width() - width() - 12, parentWidget()->height() - height() - k_status - 22);
    raise();
}

bool StallOverlay::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize) place();
    return QWidget::eventFilter(watched, event);
}

void StallOverlay::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    place();
    static_cast<void>(meter_.take_worst());
    timer_.start();
}

void StallOverlay::hideEvent(QHideEvent* event)
{
    timer_.stop();
    worst_.clear();
    QWidget::hideEvent(event);
}

void StallOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor ground = roles().background;
    ground.setAlphaF(0.92F);
    painter.setPen(roles().line);
    painter.setBrush(ground);
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    painter.setRenderHint(QPainter::Antialiasing, false);
    const int floor = k_margin + k_graph_height;
    const auto height_of = [](double value) {
        return std::max(1, static_cast<int>(std::min(value, k_highest) / k_highest * k_graph_height));
    };
    const double limit = static_cast<double>(StallMeter::k_limit.count());
    int x = width() - k_margin - static_cast<int>(worst_.size()) * k_bar;
    for (const double value : worst_) {
        const int height = height_of(value);
        painter.fillRect(x, floor - height, k_bar - 1, height, value > limit ? roles().warn : roles().dim);
        x += k_bar;
    }
    painter.fillRect(k_margin, floor - height_of(limit), width() - 2 * k_margin, 1, roles().dashed);
    painter.setFont(kinora::ui::font(TextRole::small));
    painter.setPen(roles().text);
    const QFontMetrics metrics(painter.font());
    int y = floor + 2;
    for (const QString& line : lines()) {
        painter.drawText(QRect(k_margin, y, width() - 2 * k_margin, k_line_height), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(line, Qt::ElideRight, width() - 2 * k_margin));
        y += k_line_height;
    }
}

}  // namespace kinora::ui
