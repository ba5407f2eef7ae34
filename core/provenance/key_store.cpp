#include "core/provenance/key_store.h"

#include <dlfcn.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <mutex>
#include <string_view>
#include <thread>

namespace kinora::core {
namespace {

constexpr const char* k_attribute = "account";

/// libsecret's own structures, as its stable interface (libsecret-1, since 0.1) lays them out.
struct SchemaAttribute {
    const char* name;
    int type;  // 0: a string
};
struct Schema {
    const char* name;
    int flags;
    SchemaAttribute attributes[32];
    int reserved;
    void* reserved_pointers[7];
};
struct GlibError {
    std::uint32_t domain;
    int code;
    char* message;
};

const Schema k_schema{"studio.kinora.SigningKey", 0, {{k_attribute, 0}}, 0, {}};

struct Functions {
    int (*store)(const Schema*, const char* collection, const char* label, const char* secret, void* cancellable,
                 GlibError** error, ...) = nullptr;
    char* (*lookup)(const Schema*, void* cancellable, GlibError** error, ...) = nullptr;
    void (*free_secret)(char*) = nullptr;
    void (*free_error)(GlibError*) = nullptr;
    void* (*make_cancellable)() = nullptr;
    void (*cancel)(void*) = nullptr;
    void (*unref)(void*) = nullptr;
};

template <typename Function>
bool find_function(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

/// Null where the library isn't there. Never closed: GLib registers its types for the life of the process.
const Functions* load_functions()
{
    static const std::unique_ptr<Functions> loaded = [] {
        auto functions = std::make_unique<Functions>();
        void* library = dlopen("libsecret-1.so.0", RTLD_NOW | RTLD_LOCAL);
        const bool complete = library != nullptr && find_function(library, "secret_password_store_sync", functions->store) &&
                              find_function(library, "secret_password_lookup_sync", functions->lookup) &&
                              find_function(library, "secret_password_free", functions->free_secret) &&
                              find_function(library, "g_error_free", functions->free_error) &&
                              find_function(library, "g_cancellable_new", functions->make_cancellable) &&
                              find_function(library, "g_cancellable_cancel", functions->cancel) &&
                              find_function(library, "g_object_unref", functions->unref);
        if (!complete) functions.reset();
        return functions;
    }();
    return loaded.get();
}

/// Only a bus of this machine: a secret doesn't go over a network.
bool has_local_bus()
{
    if (const char* address = std::getenv("DBUS_SESSION_BUS_ADDRESS"); address != nullptr && *address != '\0')
        return std::string_view(address).starts_with("unix:");
    const char* runtime = std::getenv("XDG_RUNTIME_DIR");
    std::error_code unknown;
    return runtime != nullptr && *runtime != '\0' &&
           std::filesystem::exists(std::filesystem::path(runtime) / "bus", unknown);
}

/// Ends a call that nobody answers.
class Patience {
public:
    explicit Patience(const Functions& functions) : functions_(functions), cancellable_(functions.make_cancellable())
    {
        watch_ = std::thread([this] {
            std::unique_lock lock(mutex_);
            constexpr std::chrono::seconds k_patience{60};
            if (!ended_.wait_for(lock, k_patience, [this] { return done_; })) functions_.cancel(cancellable_);
        });
    }
    Patience(const Patience&) = delete;
    Patience& operator=(const Patience&) = delete;
    ~Patience()
    {
        {
            const std::lock_guard lock(mutex_);
            done_ = true;
        }
        ended_.notify_all();
        watch_.join();
        functions_.unref(cancellable_);
    }
    [[nodiscard]] void* get() const { return cancellable_; }

private:
    const Functions& functions_;
    void* cancellable_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool done_ = false;
    std::thread watch_;
};

class SecretService final : public KeyStore {
public:
    explicit SecretService(const Functions& functions) : functions_(functions) {}

    Result<std::optional<std::string>> find(const std::string& account) override
    {
        const Patience patience(functions_);
        GlibError* error = nullptr;
        char* secret = functions_.lookup(&k_schema, patience.get(), &error, k_attribute, account.c_str(),
                                         static_cast<const char*>(nullptr));
        if (error != nullptr) return refused(error);
        if (secret == nullptr) return std::optional<std::string>();
        std::optional<std::string> found(secret);
        functions_.free_secret(secret);
        return found;
    }

    Result<void> keep(const std::string& account, const std::string& label, const std::string& secret) override
    {
        const Patience patience(functions_);
        GlibError* error = nullptr;
        const int kept = functions_.store(&k_schema, "default", label.c_str(), secret.c_str(), patience.get(), &error,
                                          k_attribute, account.c_str(), static_cast<const char*>(nullptr));
        if (error != nullptr) return refused(error);
        if (kept == 0) return make_error(ErrorKind::io, "The desktop's key store didn't take Kinora's key.");
        return {};
    }

private:
    [[nodiscard]] Error refused(GlibError* error) const
    {
        std::string sentence = "The desktop's key store didn't answer: " + std::string(error->message);
        functions_.free_error(error);
        if (!sentence.ends_with('.')) sentence += '.';
        return make_error(ErrorKind::io, std::move(sentence));
    }

    const Functions& functions_;
};

}  // namespace

std::unique_ptr<KeyStore> desktop_key_store()
{
    const char* told = std::getenv("KINORA_KEY_STORE");
    if ((told != nullptr && std::string_view(told) == "off") || !has_local_bus()) return nullptr;
    const Functions* functions = load_functions();
    return functions == nullptr ? nullptr : std::make_unique<SecretService>(*functions);
}

}  // namespace kinora::core
