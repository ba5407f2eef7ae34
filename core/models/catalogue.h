#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/models/composed_model.h"
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
    /// The model in the diffusers layout. Of one that is composed of files, the folder that `find` assembles.
    std::filesystem::path folder;
    ModelOrigin origin = ModelOrigin::built_in;
    std::filesystem::path source;                     ///< what was added: the model itself, or the tree it was found in
    std::shared_ptr<const ComposedModel> composed{};  ///< of a model whose parts lie in several files; null for a folder
};

/// What an added path brought.
struct AddedModels {
    std::vector<CatalogueEntry> models;
    std::vector<DetectedPart> parts;  ///< all files and shard folders of a known kind, LoRAs among them
};

/// The folders that a catalogue looks into.
struct CatalogueFolders {
    std::filesystem::path built_in;   ///< one model per folder in it
    std::filesystem::path user_data;  ///< likewise
    std::filesystem::path registry;   ///< JSON file of added paths
    std::filesystem::path
        assembled{};  ///< where models made of several files get a folder of links; empty: beside `registry`

    /// `models` below Kinora's resources and the user's data folder, `models.json` in the configuration folder.
    [[nodiscard]] static CatalogueFolders standard();
};

/// The models on this machine. Nothing is copied or moved: added models stay where they are. Reads the disk at every call
/// and keeps no state, so it is thread-safe but for two programs adding at once, where the later one wins.
class Catalogue {
public:
    explicit Catalogue(CatalogueFolders folders = CatalogueFolders::standard()) : folders_(std::move(folders)) {}

    /// Everything that looks like a model, whole or not: the built-in ones first, then by name, then those composed of
    /// files. A second model of the same name is called "name-2". Fails only if the registry is damaged.
    [[nodiscard]] Result<std::vector<CatalogueEntry>> list() const;

    /// A model by its id, or by the absolute path of its folder or transformer file, in the catalogue or not (what a file
    /// lacks is looked for in the catalogue). `not_found` says what is installed and how to add a model, or what a composed
    /// model lacks.
    [[nodiscard]] Result<CatalogueEntry> find(std::string_view id) const;

    /// The parts of models that lie in files of their own, LoRAs among them.
    [[nodiscard]] Result<std::vector<DetectedPart>> parts() const;

    /// Registers whatever lies at a path (see `scan_models`), where it lies, and returns what that is; what is known already
    /// stays as it is. A model folder must be whole: errors are those of `inspect_model_folder`. `unsupported` where nothing
    /// of a known kind was found; errors of a single file that can't be read.
    [[nodiscard]] Result<AddedModels> add_path(const std::filesystem::path& path) const;

    /// As `add_path`, for one who wants one model: the first. Where the path brought only parts, an entry without id.
    [[nodiscard]] Result<CatalogueEntry> add(const std::filesystem::path& path) const;

    /// Takes an added model out of the registry, with whatever else was added with it, and touches none of the files.
    /// `invalid_argument` for a model that wasn't added.
    [[nodiscard]] Result<void> remove(std::string_view id) const;

private:
    struct Contents {
        std::vector<CatalogueEntry> entries;
        std::vector<DetectedPart> parts;
    };

    [[nodiscard]] Result<std::vector<std::filesystem::path>> registered() const;
    [[nodiscard]] Contents contents_with(const std::vector<std::filesystem::path>& added) const;
    [[nodiscard]] Result<void> write_registry(const std::vector<std::filesystem::path>& added) const;
    [[nodiscard]] Result<CatalogueEntry> find_file(const std::filesystem::path& file,
                                                   const std::vector<std::filesystem::path>& added) const;
    [[nodiscard]] Result<CatalogueEntry> ready(const CatalogueEntry& entry) const;
    [[nodiscard]] std::filesystem::path assembled_folder(const ComposedModel& model) const;

    CatalogueFolders folders_;
};

}  // namespace kinora::core
