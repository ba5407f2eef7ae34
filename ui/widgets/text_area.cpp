#include "ui/widgets/text_area.h"

#include <QMimeData>

namespace kinora::ui {

bool TextArea::canInsertFromMimeData(const QMimeData* source) const
{
    return source != nullptr && !source->formats().isEmpty() && QPlainTextEdit::canInsertFromMimeData(source);
}

void TextArea::insertFromMimeData(const QMimeData* source)
{
    if (source != nullptr && !source->formats().isEmpty()) QPlainTextEdit::insertFromMimeData(source);
}

}  // namespace kinora::ui
