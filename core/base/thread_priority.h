#pragma once

namespace kinora::core {

/// Who waits for what a thread does.
enum class Urgency {
    someone_waits,  ///< a picture that was asked for: only what draws goes first
    soon,           ///< saving, importing
    long_work       ///< generating, exporting, filmstrips: hours of it may not be felt by whoever works meanwhile
};

/// Makes the calling thread give way to those with more urgent work, and what it starts after that with it (on Linux threads
/// inherit this). Without effect where the system has no priorities of threads. Never makes a thread more urgent than its
/// program.
void give_way(Urgency urgency);

}  // namespace kinora::core
