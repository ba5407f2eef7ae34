#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/models/catalogue.h"
#include "core/models/download/pull.h"

namespace kinora::ui {

/// Where the studio looks for models, and where it gets them from when it is asked to.
struct ModelShelf {
    core::CatalogueFolders folders;
    std::filesystem::path root;       ///< models that are pulled go here
    std::filesystem::path published;  ///< the list of published models
    core::Hub hub;
    core::DownloadOptions download;

    /// Kinora's own folders, and the hub of the environment.
    [[nodiscard]] static ModelShelf standard();
};

/// A model that is on this machine, as the panel shows it.
struct InstalledModel {
    std::string id;
    QString name;
    QString facts;     ///< "Wan 2.1 T2V · BF16 · 5.7 GB"
    QString problem;   ///< what is missing; empty: it can be used
    QString notes;     ///< where parts were found that lie elsewhere
    QString licence;   ///< empty: its files tell none
    QString training;  ///< what its author says of the training data; empty: nothing
    std::filesystem::path folder;
    std::filesystem::path pulled;  ///< the folder whose checksums are known; empty: none are
    bool removable = false;        ///< from the list; its files stay
};

/// A file that is a part of models, or a LoRA, as the panel shows it.
struct InstalledPart {
    QString name;      ///< "umt5_xxl_fp8"
    QString facts;     ///< "UMT5 · F8_E4M3 scaled · 6.3 GB"
    QString problem;   ///< why it can't be used; empty: it can
    QString licence;   ///< empty: the file tells none
    QString training;  ///< what its author says of the training data; empty: nothing
    std::filesystem::path path;
    bool lora = false;
};

/// Everything in the catalogue, in its order. Reads the disk.
[[nodiscard]] core::Result<std::vector<InstalledModel>> list_installed(const ModelShelf& shelf);
/// The parts that lie in files of their own, LoRAs first, by name. Reads the disk.
[[nodiscard]] core::Result<std::vector<InstalledPart>> list_parts(const ModelShelf& shelf);

/// A published model and what is under way with it.
struct PublishedEntry {
    enum class State {
        idle,     ///< nothing of it is here
        begun,    ///< an earlier download ended early
        asking,   ///< the hub is asked how large it is
        offered,  ///< size is known, the artist decides
        waiting,  ///< for another download
        fetching,
        whole,  ///< it is here
    };
    core::PublishedModel model;
    State state = State::idle;
    std::uint64_t bytes = 0;    ///< of all files, once the hub has told
    std::uint64_t missing = 0;  ///< still to be fetched
    core::PullProgress progress;
    QString error;  ///< why it ended early; empty: it was stopped
};

}  // namespace kinora::ui
