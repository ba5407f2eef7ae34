#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/models/model_folder.h"

namespace kinora::core {

/// Where a model in the catalogue comes from.
enum class ModelOrigin {
    built_in,   ///< Kinora's own resources
    user_data,  ///< a folder below the user's data folder
    added,      ///< anywhere, by `Catalogue::add`
};

/// A model by name.
struct CatalogueEntry {
    std::string id;  ///< what `--model` takes; unique in the catalogue
    std::filesystem::path folder;
    ModelOrigin origin = ModelOrigin::built_in;
};

/// The folders that a catalogue looks into.
struct CatalogueFolders {
    std::filesystem::path built_in;   ///< one model per folder in it
    std::filesystem::path user_data;  ///< likewise
    std::filesystem::path registry;   ///< JSON file of added models

    /// `models` below Kinora's resources and the user's data folder, `models.json` in the configuration folder.
    [[nodiscard]] static CatalogueFolders standard();
};

/// The models on this machine. Nothing is copied or moved: added models stay where they are. Reads the disk at every call
/// and keeps no state, so it is thread-safe but for two programs adding at once, where the later one wins.
class Catalogue {
public:
    explicit Catalogue(CatalogueFolders folders = CatalogueFolders::standard()) : folders_(std::move(folders)) {}

    /// Everything that looks like a model, whole or not: the built-in ones first, then by name. A second model of the same
    /// folder name is called "name-2". Fails only if the registry is damaged.
    [[nodiscard]] Result<std::vector<CatalogueEntry>> list() const;

    /// A model by its id, or by the absolute path of its folder, in the catalogue or not. `not_found` says what is installed
    /// and how to add a model.
    [[nodiscard]] Result<CatalogueEntry> find(std::string_view id) const;

    /// Registers a model where it lies and returns its entry; one that is known already stays as it is. The folder must hold
    /// a whole model: errors are those of `inspect_model_folder`.
    [[nodiscard]] Result<CatalogueEntry> add(const std::filesystem::path& folder) const;

    /// Takes an added model out of the registry, and touches none of its files. `invalid_argument` for a model that wasn't
    /// added.
    [[nodiscard]] Result<void> remove(std::string_view id) const;

private:
    [[nodiscard]] Result<std::vector<std::filesystem::path>> registered() const;
    [[nodiscard]] std::vector<CatalogueEntry> entries_with(const std::vector<std::filesystem::path>& added) const;
    [[nodiscard]] Result<void> write_registry(const std::vector<std::filesystem::path>& added) const;

    CatalogueFolders folders_;
};

}  // namespace kinora::core
