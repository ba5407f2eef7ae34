#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// The functions of the C2PA project's own library (https://github.com/contentauth/c2pa-rs, c_api) that Kinora calls. Its
/// opaque handles are plain pointers here. Loaded at run time, so that exporting works without it.
struct C2paFunctions {
    /// A stream over our own callbacks: read, seek (0 start, 1 here, 2 end), write, flush; each gives −1 for an error.
    using Read = std::intptr_t (*)(void* context, std::uint8_t* data, std::intptr_t length);
    using Seek = std::intptr_t (*)(void* context, std::intptr_t offset, int mode);
    using Write = std::intptr_t (*)(void* context, const std::uint8_t* data, std::intptr_t length);
    using Flush = std::intptr_t (*)(void* context);
    struct SignerInfo {
        const char* algorithm;
        const char* certificates;
        const char* key;
        const char* timestamp_url;  ///< null: no time stamp, so that nothing goes over a network
    };

    char* (*version)() = nullptr;
    char* (*error)() = nullptr;
    void (*string_free)(char* text) = nullptr;
    void* (*create_stream)(void* context, Read, Seek, Write, Flush) = nullptr;
    void (*release_stream)(void* stream) = nullptr;
    void* (*builder_from_json)(const char* manifest) = nullptr;
    void (*builder_free)(void* builder) = nullptr;
    int (*builder_add_ingredient_from_stream)(void* builder, const char* json, const char* format, void* stream) = nullptr;
    std::int64_t (*builder_sign)(void* builder, const char* format, void* source, void* target, void* signer,
                                 const unsigned char** manifest) = nullptr;
    void (*manifest_bytes_free)(const unsigned char* manifest) = nullptr;
    void* (*signer_from_info)(const SignerInfo* info) = nullptr;
    void (*signer_free)(void* signer) = nullptr;
    void* (*reader_from_stream)(const char* format, void* stream) = nullptr;
    char* (*reader_json)(void* reader) = nullptr;
    void (*reader_free)(void* reader) = nullptr;
};

/// The loaded library. Loading is thread-safe; calls are made by one thread at a time.
class C2paLibrary {
public:
    /// Looks at `file`, or where it is empty at `$KINORA_C2PA_LIBRARY`, then in Kinora's data folder, among the user's
    /// Python packages (`pip install --user c2pa-python`) and where the system looks. `not_found` says what to install and
    /// where it was looked for; `unsupported` a library that lacks a function.
    [[nodiscard]] static Result<std::shared_ptr<const C2paLibrary>> load(const std::filesystem::path& file = {});

    [[nodiscard]] const C2paFunctions& functions() const { return functions_; }
    [[nodiscard]] const std::string& version() const { return version_; }
    /// What the last failed call says, one sentence.
    [[nodiscard]] std::string last_error() const;

private:
    C2paLibrary() = default;
    C2paFunctions functions_;
    std::string version_;
};

}  // namespace kinora::core
