#include "ui/widgets/image_loader.h"

#include <QImageReader>

#include "core/base/thread_priority.h"

namespace kinora::ui {

ImageLoader::ImageLoader(QObject* parent) : QObject(parent)
{
    pool_.setMaxThreadCount(1);
}

ImageLoader::~ImageLoader()
{
    pool_.clear();
    pool_.waitForDone();
}

QImage ImageLoader::picture(const QString& file)
{
    if (file.isEmpty()) return {};
    if (const auto* found = cache_.object(file)) return *found;
    if (under_way_.contains(file)) return {};
    under_way_.insert(file);
    // The destructor waits for the pool, so `this` outlives the work.
    pool_.start([this, file] {
        core::give_way(core::Urgency::soon);
        QImageReader reader(file);
        reader.setAutoTransform(true);
        const QSize size = reader.size();
        if (size.isValid() && size.width() > 320) reader.setScaledSize(size.scaled(320, 320, Qt::KeepAspectRatio));
        QImage image = reader.read();
        QMetaObject::invokeMethod(
            this,
            [this, file, image] {
                under_way_.remove(file);
                cache_.insert(file, new QImage(image));
                if (!image.isNull()) Q_EMIT loaded(file);
            },
            Qt::QueuedConnection);
    });
    return {};
}

void ImageLoader::forget(const QString& file)
{
    cache_.remove(file);
}

}  // namespace kinora::ui
