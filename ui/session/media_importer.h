#pragma once

#include <QObject>
#include <QStringList>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/project/asset.h"
#include "core/project/project_store.h"
#include "ui/session/background.h"

#include <stop_token>

namespace kinora::ui {

/// Files of up to this size are copied into the project, so that it can be moved as a whole; larger ones stay where they are
/// until the project is collected.
inline constexpr std::uint64_t k_largest_copied = 1ULL << 30;

/// Looks into a file, sums it up, and copies it into the project where it isn't too large. Blocks.
/// `unsupported` if it has neither pictures nor sound that can be read. Of a damaged file what can be read is used, and
/// `damage` gets a sentence about the rest.
[[nodiscard]] core::Result<core::Asset> import_file(const core::ProjectStore& store, const std::filesystem::path& file,
                                                    const std::function<void(double fraction)>& progress,
                                                    std::stop_token stop, std::string* damage = nullptr);

/// Brings files into the project on a thread of its own, one import at a time. Lives on the UI thread.
class MediaImporter : public QObject {
    Q_OBJECT

public:
    explicit MediaImporter(QObject* parent = nullptr);
    ~MediaImporter() override;

    using Done = std::function<void(std::vector<core::Asset> assets)>;
    /// `done` is called on the UI thread with what could be imported, unless it was stopped.
    void import(std::shared_ptr<core::ProjectStore> store, const QStringList& files, Done done);
    void stop();

Q_SIGNALS:
    void progressed(const QString& file, double fraction);
    /// A file that couldn't be brought in, and why.
    void failed(const QString& reason);
    void finished();

private:
    std::stop_source stop_;
    Background background_;
};

}  // namespace kinora::ui
