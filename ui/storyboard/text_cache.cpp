#include "ui/storyboard/text_cache.h"

#include <utility>

namespace kinora::ui {

namespace {
constexpr qsizetype k_most_texts = 4096;
}

const TextCache::Fitted& TextCache::fitted(Kind kind, const core::SharedValue<core::Shot>& shot, int number, int width,
                                           const QFont& font, const std::function<QString()>& make)
{
    const Key key{shot.identity(), static_cast<int>(kind), number, width};
    const auto found = texts_.constFind(key);
    if (found != texts_.constEnd()) return *found;
    if (texts_.size() >= k_most_texts) texts_.clear();
    Fitted made;
    const QString words = make();
    made.empty = words.isEmpty();
    made.shot = shot;
    made.text.setTextFormat(Qt::PlainText);
    made.text.setPerformanceHint(QStaticText::AggressiveCaching);
    made.text.setText(words);
    made.text.prepare({}, font);
    made.width = made.text.size().width();
    return *texts_.insert(key, std::move(made));
}

void draw_fitted(QPainter& painter, const QRectF& room, const TextCache::Fitted& fitted)
{
    if (fitted.empty) return;
    painter.drawStaticText(QPointF(room.left(), room.top() + (room.height() - fitted.text.size().height()) / 2),
                           fitted.text);
}

}  // namespace kinora::ui
