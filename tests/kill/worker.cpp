#include <cstdio>
#include <exception>

#include "tests/kill/kill_work.h"

/// The program that is killed: kinora_kill_worker KIND PROJECT OUTSIDE JOURNAL.
int main(int count, char** arguments)
{
    if (count != 5) return 2;
    try {
        return kinora::tests::work(arguments[1], arguments[2], arguments[3], arguments[4]);
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 5;
    }
}
