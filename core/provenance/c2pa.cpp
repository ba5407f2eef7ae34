#include "core/provenance/c2pa.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "core/base/file.h"
#include "core/base/ids.h"
#include "core/base/json_text.h"
#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

std::intptr_t read_file_stream(void* context, std::uint8_t* data, std::intptr_t length)
{
    auto* file = static_cast<std::FILE*>(context);
    const std::size_t got = length > 0 ? std::fread(data, 1, static_cast<std::size_t>(length), file) : 0;
    return got == 0 && std::ferror(file) != 0 ? -1 : static_cast<std::intptr_t>(got);
}

std::intptr_t seek_file_stream(void* context, std::intptr_t offset, int mode)
{
    auto* file = static_cast<std::FILE*>(context);
    const int whence = mode == 0 ? SEEK_SET : mode == 1 ? SEEK_CUR : SEEK_END;
    return fseeko(file, offset, whence) != 0 ? -1 : static_cast<std::intptr_t>(ftello(file));
}

std::intptr_t write_file_stream(void* context, const std::uint8_t* data, std::intptr_t length)
{
    const auto count = static_cast<std::size_t>(length);
    return std::fwrite(data, 1, count, static_cast<std::FILE*>(context)) == count ? length : -1;
}

std::intptr_t flush_file_stream(void* context)
{
    return std::fflush(static_cast<std::FILE*>(context)) == 0 ? 0 : -1;
}

/// A file as the library's stream.
class Stream {
public:
    Stream(const C2paFunctions& functions, const fs::path& file, const char* mode)
        : functions_(functions), file_(std::fopen(file.c_str(), mode))
    {
        if (file_ != nullptr)
            stream_ =
                functions.create_stream(file_, read_file_stream, seek_file_stream, write_file_stream, flush_file_stream);
    }
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream()
    {
        if (stream_ != nullptr) functions_.release_stream(stream_);
        if (file_ != nullptr) std::fclose(file_);
    }
    [[nodiscard]] void* get() const { return stream_; }

private:
    const C2paFunctions& functions_;
    std::FILE* file_;
    void* stream_ = nullptr;
};

json named_ingredient(const C2paIngredient& ingredient, int number)
{
    json out = {{"title", ingredient.title},
                {"format", "application/octet-stream"},
                {"relationship", "inputTo"},
                {"instance_id", "kinora:ingredient:" + std::to_string(number)}};
    if (!ingredient.kind.empty()) out["data_types"] = json::array({{{"type", ingredient.kind}}});
    return out;
}

json actions_of(const C2paContent& content)
{
    const json agent = {{"name", "Kinora"}, {"version", KINORA_VERSION}};
    json created = {
        {"action", "c2pa.created"}, {"digitalSourceType", source_type_uri(content.source_type)}, {"softwareAgent", agent}};
    std::set<std::string> models;
    for (const Recipe& recipe : content.recipes)
        models.insert(recipe.model_id);
    if (!models.empty()) {
        std::string said = "Generated with the model";
        for (const std::string& model : models)
            said += " " + model;
        created["description"] = said;
    }
    return json::array({created});
}

std::string format_by_bytes(const unsigned char* head, std::size_t length)
{
    const std::string_view bytes(reinterpret_cast<const char*>(head), length);
    if (length >= 12 && bytes.substr(4, 4) == "ftyp") return bytes.substr(8, 4) == "qt  " ? "video/quicktime" : "video/mp4";
    if (bytes.starts_with("\x89PNG")) return "image/png";
    if (bytes.starts_with(std::string_view("II*\0", 4)) || bytes.starts_with(std::string_view("MM\0*", 4)))
        return "image/tiff";
    if (length >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") return "image/webp";
    if (length >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WAVE") return "audio/wav";
    if (bytes.starts_with("GIF8")) return "image/gif";
    if (bytes.starts_with("\xFF\xD8\xFF")) return "image/jpeg";
    return {};
}

std::string format_of(const fs::path& file)
{
    std::FILE* opened = std::fopen(file.c_str(), "rb");
    if (opened == nullptr) return {};
    unsigned char head[16] = {};
    const std::size_t length = std::fread(head, 1, sizeof head, opened);
    std::fclose(opened);
    return format_by_bytes(head, length);
}

Error refused(const C2paLibrary& library, const fs::path& name, const char* what)
{
    return make_error(ErrorKind::internal, in_quotes(path_to_utf8(name)) + " can't be " + what + ": the C2PA library says " +
                                               library.last_error() + ".");
}

}  // namespace

std::string c2pa_manifest(const C2paContent& content)
{
    json manifest = {{"claim_generator_info", json::array({{{"name", "Kinora"}, {"version", KINORA_VERSION}}})},
                     {"title", content.title}};
    manifest["assertions"] = json::array({{{"label", "c2pa.actions.v2"}, {"data", {{"actions", actions_of(content)}}}}});
    manifest["ingredients"] = json::array();
    int number = 0;
    for (const C2paIngredient& ingredient : content.ingredients)
        if (ingredient.file.empty()) manifest["ingredients"].push_back(named_ingredient(ingredient, ++number));
    return json_text(manifest);
}

std::string c2pa_format(const fs::path& file)
{
    return format_of(file);
}

Result<void> sign_c2pa(const C2paLibrary& library, const SigningKey& key, const C2paContent& content, const fs::path& file,
                       const fs::path& name)
{
    const C2paFunctions& functions = library.functions();
    const std::string format = format_of(file);
    if (format.empty())
        return make_error(ErrorKind::unsupported, in_quotes(path_to_utf8(name)) +
                                                      " can't carry content credentials: C2PA has no place in this kind of "
                                                      "file. Use MP4, MOV, PNG, TIFF, WebP or GIF.");
    const C2paFunctions::SignerInfo info{key.algorithm.c_str(), key.certificates.c_str(), key.key.c_str(), nullptr};
    const std::unique_ptr<void, void (*)(void*)> signer(functions.signer_from_info(&info), functions.signer_free);
    if (!signer) return refused(library, name, "signed");
    const std::unique_ptr<void, void (*)(void*)> builder(functions.builder_from_json(c2pa_manifest(content).c_str()),
                                                         functions.builder_free);
    if (!builder) return refused(library, name, "signed");
    for (const C2paIngredient& ingredient : content.ingredients) {
        if (ingredient.file.empty()) continue;
        const std::string ingredient_format = format_of(ingredient.file);
        if (ingredient_format.empty()) continue;
        const Stream stream(functions, ingredient.file, "rb");
        const std::string told =
            json_text({{"title", ingredient.title}, {"relationship", ingredient.parent ? "parentOf" : "inputTo"}});
        if (stream.get() == nullptr || functions.builder_add_ingredient_from_stream(
                                           builder.get(), told.c_str(), ingredient_format.c_str(), stream.get()) != 0)
            return refused(library, name, "signed");
    }
    const fs::path signed_copy =
        (file.has_parent_path() ? file.parent_path() : fs::path(".")) / (".kinora-" + make_id() + ".partial");
    std::error_code ignored;
    {
        const Stream source(functions, file, "rb");
        const Stream target(functions, signed_copy, "w+b");
        if (source.get() == nullptr || target.get() == nullptr) {
            fs::remove(signed_copy, ignored);
            return file_error(name, "signed", errno);
        }
        const unsigned char* manifest = nullptr;
        const std::int64_t length =
            functions.builder_sign(builder.get(), format.c_str(), source.get(), target.get(), signer.get(), &manifest);
        if (manifest != nullptr) functions.manifest_bytes_free(manifest);
        if (length < 0) {
            const Error error = refused(library, name, "signed");
            fs::remove(signed_copy, ignored);
            return error;
        }
    }
    std::error_code failed;
    fs::rename(signed_copy, file, failed);
    if (!failed) return {};
    fs::remove(signed_copy, ignored);
    return file_error(name, "signed", failed.value());
}

Result<C2paReport> check_c2pa(const C2paLibrary& library, const fs::path& file)
{
    const C2paFunctions& functions = library.functions();
    std::error_code unknown;
    if (!fs::is_regular_file(file, unknown))
        return make_error(ErrorKind::not_found, in_quotes(path_to_utf8(file)) + " isn't there.");
    const std::string format = format_of(file);
    if (format.empty()) return C2paReport{C2paState::none, "no content credentials", {}, {}};
    const Stream stream(functions, file, "rb");
    const std::unique_ptr<void, void (*)(void*)> reader(
        stream.get() == nullptr ? nullptr : functions.reader_from_stream(format.c_str(), stream.get()),
        functions.reader_free);
    if (!reader) {
        const std::string why = library.last_error();
        if (why.find("ManifestNotFound") != std::string::npos || why.find("no JUMBF") != std::string::npos)
            return C2paReport{C2paState::none, "no content credentials", {}, {}};
        return C2paReport{C2paState::invalid, "not valid: " + why, {}, {}};
    }
    char* text = functions.reader_json(reader.get());
    C2paReport report;
    report.json = text == nullptr ? "" : text;
    if (text != nullptr) functions.string_free(text);
    const auto parsed = parse_json(report.json, "The C2PA library's report");
    if (!parsed) return parsed.error();
    const std::string state = parsed->value("validation_state", "Invalid");
    report.state = state == "Trusted" ? C2paState::trusted : state == "Valid" ? C2paState::valid : C2paState::invalid;
    report.sentence = report.state == C2paState::trusted ? "valid, signer on a trust list"
                      : report.state == C2paState::valid ? "valid, signer not on a trust list"
                                                         : "not valid: the file was changed after it was signed";
    const std::string active = parsed->value("active_manifest", "");
    if (parsed->contains("manifests") && (*parsed)["manifests"].contains(active)) {
        const json& manifest = (*parsed)["manifests"][active];
        if (manifest.contains("signature_info") && manifest["signature_info"].is_object())
            report.signer = manifest["signature_info"].value("common_name", manifest["signature_info"].value("issuer", ""));
    }
    return report;
}

}  // namespace kinora::core
