#pragma once

#include <QFont>
#include <QHash>
#include <QPainter>
#include <QRectF>
#include <QStaticText>
#include <QString>
#include <functional>

#include "core/base/shared_value.h"
#include "core/project/project.h"

namespace kinora::ui {

/// Texts of the storyboard as they were laid out and cut to their place: shaping a screenful of them anew for every picture
/// costs more than all else together. Forgets everything when there is too much of it. Lives on the UI thread.
class TextCache {
public:
    enum class Kind { title, title_beside_state, number, details };
    struct Fitted {
        QStaticText text;
        double width = 0;
        bool empty = true;
        core::SharedValue<core::Shot> shot;  ///< kept, so that its address is never another's
    };

    /// The text kept for this version of a shot, its number (or another figure in the text) and the width that there is, or
    /// what `make` gives now.
    const Fitted& fitted(Kind kind, const core::SharedValue<core::Shot>& shot, int number, int width, const QFont& font,
                         const std::function<QString()>& make);

private:
    struct Key {
        const core::Shot* shot = nullptr;
        int kind = 0;
        int number = 0;
        int width = 0;
        friend bool operator==(const Key&, const Key&) = default;
        friend size_t qHash(const Key& key, size_t seed)
        {
            return qHashMulti(seed, key.shot, key.kind, key.number, key.width);
        }
    };
    QHash<Key, Fitted> texts_;
};

/// At the left of `room`, in the middle of its height.
void draw_fitted(QPainter& painter, const QRectF& room, const TextCache::Fitted& fitted);

}  // namespace kinora::ui
