#include "ui/player/time_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include "core/time/timecode.h"

namespace kinora::ui {

QString timecode(int frame, core::FrameRate rate)
{
    return QString::fromStdString(core::timecode(frame, rate));
}

QString frame_text(int frame)
{
    return QCoreApplication::translate("kinora::ui", "Frame %1").arg(frame);
}

QString frames_text(int frames)
{
    return frames == 1 ? QCoreApplication::translate("kinora::ui", "1 frame")
                       : QCoreApplication::translate("kinora::ui", "%1 frames").arg(frames);
}

QString short_timecode(int frame, core::FrameRate rate)
{
    const QStringList fields = timecode(frame, rate).split(QLatin1Char(':'));
    if (fields.size() != 4) return timecode(frame, rate);
    const int minutes = fields[0].toInt() * 60 + fields[1].toInt();
    const QString text = fields[2] + QLatin1Char(':') + fields[3];
    return minutes > 0 ? QString::number(minutes) + QLatin1Char(':') + text : text;
}

QString length_text(int frames, core::FrameRate rate)
{
    return QCoreApplication::translate("kinora::ui", "%1 s").arg(QLocale().toString(frames / rate.as_double(), 'f', 2));
}

QString fps_text(core::FrameRate rate)
{
    return QCoreApplication::translate("kinora::ui", "%1 fps").arg(QString::fromStdString(core::rate_text(rate)));
}

}  // namespace kinora::ui
