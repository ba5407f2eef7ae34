#include "core/provenance/c2pa_library.h"

#include <dlfcn.h>

#include <cstdlib>
#include <vector>

#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

constexpr const char* k_name = "libc2pa_c.so";

/// Where a user may have put it.
std::vector<fs::path> places()
{
    std::vector<fs::path> places;
    if (const char* told = std::getenv("KINORA_C2PA_LIBRARY"); told != nullptr && *told != '\0') return {told};
    places.push_back(data_dir() / k_name);
    std::error_code unknown;
    if (const char* home = std::getenv("HOME"); home != nullptr)
        for (const auto& python : fs::directory_iterator(fs::path(home) / ".local/lib", unknown))
            if (python.path().filename().string().starts_with("python"))
                places.push_back(python.path() / "site-packages/c2pa/libs" / k_name);
    std::erase_if(places, [&](const fs::path& place) { return !fs::exists(place, unknown); });
    places.emplace_back(k_name);
    return places;
}

template <typename Function>
bool find(void* library, const char* name, Function& function)
{
    function = reinterpret_cast<Function>(dlsym(library, name));
    return function != nullptr;
}

bool find_all(void* library, C2paFunctions& functions)
{
    return find(library, "c2pa_version", functions.version) && find(library, "c2pa_error", functions.error) &&
           find(library, "c2pa_string_free", functions.string_free) &&
           find(library, "c2pa_create_stream", functions.create_stream) &&
           find(library, "c2pa_release_stream", functions.release_stream) &&
           find(library, "c2pa_builder_from_json", functions.builder_from_json) &&
           find(library, "c2pa_builder_free", functions.builder_free) &&
           find(library, "c2pa_builder_add_ingredient_from_stream", functions.builder_add_ingredient_from_stream) &&
           find(library, "c2pa_builder_sign", functions.builder_sign) &&
           find(library, "c2pa_manifest_bytes_free", functions.manifest_bytes_free) &&
           find(library, "c2pa_signer_from_info", functions.signer_from_info) &&
           find(library, "c2pa_signer_free", functions.signer_free) &&
           find(library, "c2pa_reader_from_stream", functions.reader_from_stream) &&
           find(library, "c2pa_reader_json", functions.reader_json) &&
           find(library, "c2pa_reader_free", functions.reader_free);
}

}  // namespace

Result<std::shared_ptr<const C2paLibrary>> C2paLibrary::load(const fs::path& file)
{
    const std::vector<fs::path> tried = file.empty() ? places() : std::vector<fs::path>{file};
    for (const fs::path& place : tried) {
        // Never closed again: the library keeps threads of its own.
        void* handle = dlopen(place.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (handle == nullptr) continue;
        std::shared_ptr<C2paLibrary> library(new C2paLibrary);
        if (!find_all(handle, library->functions_))
            return make_error(
                ErrorKind::unsupported,
                in_quotes(path_to_utf8(place)) +
                    " is no C2PA library that Kinora can use; install a newer one with: pip install --user c2pa-python.");
        if (char* version = library->functions_.version()) {
            library->version_ = version;
            library->functions_.string_free(version);
        }
        return std::shared_ptr<const C2paLibrary>(std::move(library));
    }
    std::string where;
    for (const fs::path& place : tried)
        where += (where.empty() ? "" : ", ") + path_to_utf8(place);
    return make_error(
        ErrorKind::not_found,
        "Content credentials need the C2PA library, which isn't installed (looked for " + where +
            "). Install it with: pip install --user c2pa-python, or name libc2pa_c.so in KINORA_C2PA_LIBRARY.");
}

std::string C2paLibrary::last_error() const
{
    char* text = functions_.error();
    std::string error = text == nullptr ? "" : text;
    if (text != nullptr) functions_.string_free(text);
    return error.empty() ? "it gives no reason" : error;
}

}  // namespace kinora::core
