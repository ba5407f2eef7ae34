#include "ui/meter/metered_application.h"

#include <QAbstractEventDispatcher>
#include <QSemaphore>
#include <QThread>
#include <QThreadPool>
#include <memory>

#include "core/base/heap.h"
#include "core/base/thread_priority.h"

namespace kinora::ui {

namespace {

/// Large fills and scaled pictures are painted in parts by Qt's global pool while the window's thread waits for it: its
/// threads must get their processors as fast as that one. Two of them, since more parts than processors would be waited for;
/// they stay, as new ones would have the usual turns.
void let_painters_hurry()
{
    constexpr int k_painters = 2;
    auto* pool = QThreadPool::globalInstance();
    pool->setMaxThreadCount(k_painters);
    pool->setExpiryTimeout(-1);
    const auto started = std::make_shared<QSemaphore>();
    const auto go_on = std::make_shared<QSemaphore>();
    for (int painter = 0; painter < k_painters; ++painter)
        pool->start([started, go_on] {
            core::answer_at_once();
            started->release();
            go_on->acquire();
        });
    // One that is done would be given the next one's task.
    constexpr int k_patience = 1000;  // milliseconds; where threads are short, it goes without
    static_cast<void>(started->tryAcquire(k_painters, k_patience));
    go_on->release(k_painters);
}

}  // namespace

MeteredApplication::MeteredApplication(int& argc, char** argv)
    : QApplication(argc, argv), thread_(QThread::currentThreadId())
{
    // Beside an engine that takes every core there is, the window is drawn without waiting for the end of its turns.
    core::answer_at_once();
    core::keep_heaps_apart();
    let_painters_hurry();
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
