// Compiled into every executable. Three facts of running libtorch beside the other libraries in one process;
// tests/app/process_symbols_test.cpp watches each of them.
extern "C" {

// MKL picks slow kernels on processors that aren't Intel's unless this says so (factor two in float32).
int mkl_serv_intel_cpu_true();
int mkl_serv_intel_cpu_true()
{
    return 1;
}

// libc10 has 4 bytes under this name, libsentencepiece (trainer) constructs 32 bytes there: reserve the room.
extern char FLAGS_minloglevel[64];
alignas(64) char FLAGS_minloglevel[64] = {};

// jemalloc: keep the pages of large tensors, so that they aren't faulted in again at every step.
extern const char* malloc_conf;
const char* malloc_conf = "oversize_threshold:0,dirty_decay_ms:30000,muzzy_decay_ms:-1";
}
