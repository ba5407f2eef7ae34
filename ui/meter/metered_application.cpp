#include "ui/meter/metered_application.h"

#include <QAbstractEventDispatcher>
#include <QThread>

#include "core/base/thread_priority.h"

namespace kinora::ui {

MeteredApplication::MeteredApplication(int& argc, char** argv)
    : QApplication(argc, argv), thread_(QThread::currentThreadId())
{
    // Beside an engine that takes every core there is, the window is drawn without waiting for the end of its turns.
    core::answer_at_once();
    auto* dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { meter_.idle(); });
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { meter_.awake(); });
}

MeteredApplication::~MeteredApplication()
{
    // The dispatcher goes with the base class, after the meter.
    if (auto* dispatcher = QAbstractEventDispatcher::instance()) dispatcher->disconnect(this);
}

StallMeter* MeteredApplication::running_meter()
{
    auto* running = qobject_cast<MeteredApplication*>(QCoreApplication::instance());
    return running != nullptr ? &running->stall_meter() : nullptr;
}

bool MeteredApplication::notify(QObject* receiver, QEvent* event)
{
    // Events of other threads come through here as well.
    if (QThread::currentThreadId() != thread_) return QApplication::notify(receiver, event);
    const QObject* holder = receiver->parent();
    meter_.enter(receiver->metaObject(), holder != nullptr ? holder->metaObject() : nullptr, event->type());
    struct Leave {
        StallMeter& meter;
        ~Leave() { meter.leave(); }
    } leave{meter_};
    return QApplication::notify(receiver, event);
}

}  // namespace kinora::ui
