#include "ui/theme/icon.h"

#include <QFile>
#include <QHash>
#include <QIconEngine>
#include <QPainter>
#include <QPixmap>
#include <QSvgRenderer>
#include <memory>
#include <optional>

#include "ui/theme/theme.h"

namespace kinora::ui {
namespace {

/// The drawings are black on nothing; the stroke is replaced by the colour in the text, so that no extra layer is needed.
std::shared_ptr<QSvgRenderer> renderer(const QString& name, const QColor& colour)
{
    static QHash<QString, std::shared_ptr<QSvgRenderer>> cache;
    const QString key = name + colour.name(QColor::HexArgb);
    if (auto found = cache.constFind(key); found != cache.constEnd()) return *found;
    QFile file(QStringLiteral(":/kinora/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) return nullptr;
    QByteArray drawing = file.readAll();
    drawing.replace("#000", colour.name(QColor::HexRgb).toLatin1());
    auto made = std::make_shared<QSvgRenderer>(drawing);
    cache.insert(key, made);
    return made;
}

class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(QString name, std::optional<QColor> colour) : name_(std::move(name)), colour_(std::move(colour)) {}

    void paint(QPainter* painter, const QRect& rectangle, QIcon::Mode mode, QIcon::State state) override
    {
        paint_icon(*painter, rectangle, name_, colour(mode, state));
    }

    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return result;
    }

    QIconEngine* clone() const override { return new ThemedIconEngine(*this); }
    bool isNull() override { return false; }

private:
    QColor colour(QIcon::Mode mode, QIcon::State state) const
    {
        if (mode == QIcon::Disabled) return roles().faint;
        if (colour_) return *colour_;
        return state == QIcon::On ? roles().accent : roles().text;
    }

    QString name_;
    std::optional<QColor> colour_;
};

}  // namespace

QIcon icon(const QString& name)
{
    return QIcon(new ThemedIconEngine(name, std::nullopt));
}

QIcon icon(const QString& name, const QColor& colour)
{
    return QIcon(new ThemedIconEngine(name, colour));
}

void paint_icon(QPainter& painter, const QRectF& rectangle, const QString& name, const QColor& colour)
{
    const auto drawing = renderer(name, colour);
    if (!drawing) return;
    const double side = std::min(rectangle.width(), rectangle.height());
    QRectF square(0, 0, side, side);
    square.moveCenter(rectangle.center());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(painter.opacity() * colour.alphaF());
    drawing->render(&painter, square);
    painter.restore();
}

}  // namespace kinora::ui
