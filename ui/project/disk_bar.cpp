#include "ui/project/disk_bar.h"

#include <QPainter>
#include <QPainterPath>

#include "ui/theme/theme.h"
#include "ui/widgets/words.h"

namespace kinora::ui {

DiskBar::DiskBar(QWidget* parent) : QWidget(parent)
{
    setFixedHeight(76);
    setAccessibleName(tr("Disk use"));
}

void DiskBar::show_use(const core::DiskUse& use)
{
    use_ = use;
    setAccessibleDescription(tr("%1 in all").arg(size_words(static_cast<std::int64_t>(use.total()))));
    update();
}

void DiskBar::paintEvent(QPaintEvent*)
{
    struct Part {
        QString name;
        std::uint64_t bytes;
        QColor colour;
    };
    const Roles& r = roles();
    const Part parts[] = {{tr("Clips"), use_.clips, r.accent},
                          {tr("Latents"), use_.latents, r.prompt_time},
                          {tr("Imported media"), use_.media, r.prompt_weight},
                          {tr("Exports"), use_.exports, r.prompt_variable},
                          {tr("Backups"), use_.backups, r.prompt_alternative},
                          {tr("Other"), use_.other, r.dim}};
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF bar(0, 2, width(), 14);
    QPainterPath round;
    round.addRoundedRect(bar, 4, 4);
    painter.save();
    painter.setClipPath(round);
    painter.fillRect(bar, r.track);
    double x = 0;
    const double scale = use_.total() > 0 ? bar.width() / static_cast<double>(use_.total()) : 0;
    for (const Part& part : parts) {
        const double wide = static_cast<double>(part.bytes) * scale;
        painter.fillRect(QRectF(x, bar.top(), std::max(0.0, wide - 1), bar.height()), part.colour);
        x += wide;
    }
    painter.restore();
    // Three columns of two lines; the names stand in the order of the bar.
    painter.setFont(ui::font(TextRole::small));
    for (int i = 0; i < 6; ++i) {
        const Part& part = parts[i];
        const QRectF cell(i % 3 * (width() / 3.0), 28 + i / 3 * 22, width() / 3.0, 20);
        painter.setPen(Qt::NoPen);
        painter.setBrush(part.colour);
        painter.drawRoundedRect(QRectF(cell.left(), cell.center().y() - 4, 8, 8), 2, 2);
        painter.setPen(r.dim);
        painter.drawText(cell.adjusted(16, 0, 0, 0), Qt::AlignVCenter, part.name);
        painter.setPen(r.text);
        painter.drawText(cell.adjusted(0, 0, i % 3 == 2 ? 0 : -24, 0), Qt::AlignVCenter | Qt::AlignRight,
                         size_words(static_cast<std::int64_t>(part.bytes)));
    }
}

}  // namespace kinora::ui
