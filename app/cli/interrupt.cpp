#include "app/cli/interrupt.h"

#include <pthread.h>

#include <csignal>
#include <cstdlib>
#include <thread>

#include "app/cli/exit_codes.h"

namespace kinora::cli {

std::stop_token stop_on_interrupt()
{
    static std::stop_source source;
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    // Blocked in every thread that is started from here on; one thread waits for them, where anything may be called.
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::thread([signals] {
        int number = 0;
        sigwait(&signals, &number);
        source.request_stop();
        sigwait(&signals, &number);
        std::_Exit(exit_cancelled);
    }).detach();
    return source.get_token();
}

}  // namespace kinora::cli
