#pragma once

namespace kinora::core {

/// Who waits for what a thread does.
enum class Urgency {
    someone_waits,  ///< a picture that was asked for: only what draws goes first
    soon,           ///< saving, importing
    long_work       ///< generating, exporting, filmstrips: hours of it may not be felt by whoever works meanwhile
};

/// Asks that the calling thread gets a processor at once when it has something to do, in turns as short as there are, and
/// with no larger share than the others: it interrupts what computes, where else it would wait until that one's turn ends.
/// For the thread that draws and answers. What it starts doesn't inherit it. False where the system has no such turns (Linux
/// before 6.12 and others); nothing is changed then.
bool answer_at_once();

/// Makes the calling thread give way to those with more urgent work: it has a smaller share beside them and doesn't
/// interrupt them when it has something to do again. What it starts after that gives way with it (on Linux threads inherit
/// this). Without effect where the system has no priorities of threads. Never makes a thread more urgent than its program.
void give_way(Urgency urgency);

}  // namespace kinora::core
