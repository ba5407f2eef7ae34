#pragma once

namespace kinora::tests {

/// For a child process, between fork and exec: moves it into a network namespace of its own, where there is nothing but a
/// loopback device that is down. False where the system doesn't allow that.
bool leave_the_network();

/// For a child process, between fork and exec: from now on the kernel ends it, with SIGSYS, as soon as it or a process that
/// it starts asks for a socket of the internet (IPv4, IPv6), of packets or of Bluetooth. Sockets within the machine, which
/// the window system and the desktop are spoken to by, stay. False where the kernel has no such filters.
bool die_of_sockets();

}  // namespace kinora::tests
