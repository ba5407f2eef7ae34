#pragma once

#include <QCache>
#include <QImage>
#include <QObject>
#include <QSet>
#include <QString>
#include <QThreadPool>

namespace kinora::ui {

/// Pictures from files for panels, read and made small on a thread of its own. Lives on the UI thread.
class ImageLoader : public QObject {
    Q_OBJECT
public:
    explicit ImageLoader(QObject* parent = nullptr);
    ~ImageLoader() override;
    /// The picture at most 320 pixels wide, or a null one until `loaded(file)`.
    [[nodiscard]] QImage picture(const QString& file);
    void forget(const QString& file);

Q_SIGNALS:
    void loaded(const QString& file);

private:
    QCache<QString, QImage> cache_{400};
    QSet<QString> under_way_;
    QThreadPool pool_;
};

}  // namespace kinora::ui
