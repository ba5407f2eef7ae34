#include "ui/session/media_importer.h"

#include <QFileInfo>
#include <algorithm>

#include "core/base/paths.h"
#include "core/base/sha256.h"
#include "core/media/image_reader.h"
#include "core/media/import_media.h"
#include "core/media/probe.h"
#include "core/media/sound_reader.h"
#include "core/project/project_files.h"

namespace kinora::ui {

namespace {

core::Result<core::Asset> look_into_picture(const std::filesystem::path& file)
{
    const auto picture = media::read_image(file);
    if (!picture) return picture.error();
    core::Asset asset;
    asset.kind = core::AssetKind::image;
    asset.frames = 1;
    asset.width = picture->width;
    asset.height = picture->height;
    return asset;
}

/// Kind, length and size of a media file. `damage` says what is missing of it.
core::Result<core::Asset> look_into(const std::filesystem::path& file, std::stop_token stop, std::string& damage)
{
    const auto info = media::probe(file);
    // What is no container may be a still picture; if it isn't, the first answer is the one that helps.
    if (!info) {
        auto picture = look_into_picture(file);
        return picture ? picture : info.error();
    }
    damage = media::damage_words(file, info->damage);
    core::Asset asset;
    const media::StreamInfo* video = info->video();
    const bool sound = std::any_of(info->streams.begin(), info->streams.end(),
                                   [](const media::StreamInfo& stream) { return stream.kind == media::StreamKind::audio; });
    // The cover of an album isn't a film.
    const bool cover = video != nullptr && sound && video->frames <= 1;
    if (video != nullptr && !cover) {
        const bool still = video->frames <= 1 && !sound;
        asset.kind = still ? core::AssetKind::image : core::AssetKind::video;
        asset.frames = std::max(video->frames, 1);
        if (!still) asset.rate = video->rate;
        asset.width = video->width;
        asset.height = video->height;
    } else if (sound) {
        asset.kind = core::AssetKind::audio;
    } else {
        return core::make_error(core::ErrorKind::unsupported,
                                core::path_to_utf8(file.filename()) + " has no pictures and no sound that can be read.");
    }
    if (sound) {
        const auto reader = media::SoundReader::open(file, stop);
        if (reader) asset.samples = (*reader)->samples();
        if (!reader && asset.kind == core::AssetKind::audio) return reader.error();
    }
    return asset;
}

}  // namespace

core::Result<core::Asset> import_file(const core::ProjectStore& store, const std::filesystem::path& file,
                                      const std::function<void(double)>& progress, std::stop_token stop, std::string* damage)
{
    std::error_code failed;
    const std::filesystem::path absolute = std::filesystem::absolute(file, failed);
    const std::uintmax_t bytes = std::filesystem::file_size(absolute, failed);
    if (failed)
        return core::make_error(core::ErrorKind::not_found,
                                core::path_to_utf8(file) + " can't be opened: " + failed.message());
    std::string missing;
    auto asset = look_into(absolute, stop, missing);
    if (!asset) return asset;
    if (damage != nullptr) *damage = missing;
    asset->name = core::path_to_utf8(absolute.filename());
    asset->bytes = bytes;
    if (bytes > k_largest_copied) {
        asset->file = core::path_to_utf8(absolute);
        return asset;
    }
    const auto sum = core::sha256_of_file(absolute);
    if (!sum) return sum.error();
    asset->sha256 = *sum;
    const auto report = [&](std::uint64_t done, std::uint64_t total) {
        if (total > 0) progress(static_cast<double>(done) / static_cast<double>(total));
    };
    const auto copied = core::gather_file(store, absolute, report, stop);
    if (!copied) return copied.error();
    asset->file = *copied;
    return asset;
}

MediaImporter::MediaImporter(QObject* parent) : QObject(parent) {}

MediaImporter::~MediaImporter()
{
    stop_.request_stop();
}

void MediaImporter::stop()
{
    stop_.request_stop();
}

void MediaImporter::import(std::shared_ptr<core::ProjectStore> store, const QStringList& files, Done done)
{
    stop_ = std::stop_source();
    struct Outcome {
        std::vector<core::Asset> assets;
        QStringList problems;
        bool stopped = false;
    };
    const auto work = [this, store = std::move(store), files, token = stop_.get_token()] {
        Outcome outcome;
        for (qsizetype index = 0; index < files.size() && !token.stop_requested(); ++index) {
            const auto tell = [this, name = QFileInfo(files[index]).fileName(), index, count = files.size()](double part) {
                Q_EMIT progressed(name, (static_cast<double>(index) + part) / static_cast<double>(count));
            };
            tell(0);
            std::string damage;
            auto asset = import_file(*store, core::path_from_utf8(files[index].toStdString()), tell, token, &damage);
            if (asset && !damage.empty()) outcome.problems.append(QString::fromStdString(damage));
            if (asset) {
                outcome.assets.push_back(std::move(*asset));
            } else if (asset.error().kind != core::ErrorKind::cancelled) {
                outcome.problems.append(QString::fromStdString(asset.error().message));
            }
        }
        outcome.stopped = token.stop_requested();
        return outcome;
    };
    background_.run(this, work, [this, done = std::move(done)](Outcome outcome) {
        Q_EMIT finished();
        if (!outcome.stopped && !outcome.assets.empty()) done(std::move(outcome.assets));
        for (const QString& problem : outcome.problems)
            Q_EMIT failed(problem);
    });
}

}  // namespace kinora::ui
