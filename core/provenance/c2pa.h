#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"
#include "core/provenance/c2pa_library.h"
#include "core/provenance/signing_key.h"
#include "core/provenance/xmp.h"

namespace kinora::core {

/// Something that a file was made from: a picture that was given to the model, a clip that was continued, a model, a LoRA.
struct C2paIngredient {
    std::string title;
    std::filesystem::path file;  ///< the picture or clip, whose own credentials are kept; empty: only named (weights)
    std::string kind;            ///< "c2pa.types.model.pytorch" and the like for weights; empty for media
    bool parent = false;         ///< this file is an edit of it
};

/// What a signed file says.
struct C2paContent {
    std::string title;
    SourceType source_type = SourceType::generated;
    std::vector<Recipe> recipes;  ///< as disclosed; empty: nothing about how it was made but that a model made it
    std::vector<C2paIngredient> ingredients;
};

/// The manifest definition (JSON) that the library is given: claim generator, `c2pa.actions.v2`, ingredients that have no
/// file.
[[nodiscard]] std::string c2pa_manifest(const C2paContent& content);

/// The format of a file for the library by its first bytes, "video/mp4"; empty: C2PA has no place in it.
[[nodiscard]] std::string c2pa_format(const std::filesystem::path& file);

/// Signs a finished file: writes the signed copy beside it under a hidden name and puts it in its place. `name` is what the
/// file is going to be called. Nothing goes over a network. Errors: `unsupported` (format), `io`, `disk_full`, `internal`
/// (what the library says); the file is then as it was.
[[nodiscard]] Result<void> sign_c2pa(const C2paLibrary& library, const SigningKey& key, const C2paContent& content,
                                     const std::filesystem::path& file, const std::filesystem::path& name);

/// What is found in a file.
enum class C2paState { none, valid, trusted, invalid };

struct C2paReport {
    C2paState state = C2paState::none;
    std::string sentence;  ///< "valid, signer not on a trust list", for people
    std::string signer;
    std::string json;  ///< the library's whole report
};

/// Checks a file with the library.
[[nodiscard]] Result<C2paReport> check_c2pa(const C2paLibrary& library, const std::filesystem::path& file);

}  // namespace kinora::core
