#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/export/plan_run.h"
#include "core/generation/request.h"
#include "core/provenance/xmp.h"

namespace kinora::media {

/// What is written into a finished file about where it comes from.
struct ProvenanceOptions {
    bool sign = false;          ///< content credentials (C2PA) with the artist's key, or Kinora's own, made on first use
    std::filesystem::path key;  ///< PEM; empty: Kinora's own
    std::filesystem::path certificates;  ///< PEM, the key's own first
    std::filesystem::path library;       ///< libc2pa_c.so; empty: where it usually is
    /// Where files are that recipes and takes name (reference pictures, parents' clips); those that aren't there are named
    /// only.
    SoundMixer::Locate locate;
};

/// Sentences about what couldn't be done, each once; filled while exporting.
using ProvenanceNotes = std::shared_ptr<std::vector<std::string>>;

/// XMP, then C2PA, for `ExportServices::finishers`. Where a plan discloses nothing there is no XMP, and the credentials say
/// only that a model made the pictures. A container without a place for either, and a missing C2PA library, are a note; the
/// file is written all the same.
[[nodiscard]] std::function<std::vector<Finisher>(const ExportedItem&)> provenance_finishers(ProvenanceOptions options,
                                                                                             ProvenanceNotes notes);

/// Whether all that shots show was generated.
[[nodiscard]] core::SourceType source_type_of(const std::vector<const core::Shot*>& shots);

/// The recipes of the takes that shots show, in order.
[[nodiscard]] std::vector<core::Recipe> recipes_of(const std::vector<const core::Shot*>& shots);

}  // namespace kinora::media
