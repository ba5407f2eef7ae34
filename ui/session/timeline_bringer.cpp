#include "ui/session/timeline_bringer.h"

#include <QTemporaryDir>

#include "core/base/paths.h"
#include "core/interchange/timeline_settle.h"
#include "ui/session/media_importer.h"

namespace kinora::ui {

core::Result<core::ImportedTimeline> bring_timeline(const core::ProjectStore& store, const std::filesystem::path& file,
                                                    core::FrameRate rate, std::stop_token stop)
{
    // In the project's own folder, where there is room for what an OTIOZ holds.
    const QTemporaryDir unpacked(QString::fromStdString(core::path_to_utf8(store.folder())) + "/.kinora-XXXXXX");
    if (!unpacked.isValid())
        return core::make_error(core::ErrorKind::io,
                                "The project's folder can't be written; the timeline was not taken over.");
    auto opened = core::open_timeline(file, rate, core::path_from_utf8(unpacked.path().toStdString()), stop);
    if (!opened) return opened.error();
    const core::DescribeMedia describe = [&store](const std::filesystem::path& medium, std::stop_token stopped) {
        return import_file(
            store, medium, [](double) {}, std::move(stopped));
    };
    return core::settle_timeline(std::move(opened->timeline), opened->folder, store, describe, stop);
}

}  // namespace kinora::ui
