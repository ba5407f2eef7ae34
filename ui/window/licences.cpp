#include "ui/window/licences.h"

#include <QCoreApplication>

#include "core/media/ffmpeg_version.h"

namespace kinora::ui {
namespace {

struct Row {
    const char* project;
    const char* licence;  ///< empty: what the loaded FFmpeg tells of itself
    const char* use;
};

// clang-format off
const Row k_rows[] = {
    {"Kinora", "Apache-2.0", QT_TRANSLATE_NOOP("Licences", "programs, drawings, icons, starter model")},
    {"Qt 6", "LGPL-3.0", QT_TRANSLATE_NOOP("Licences", "the window")},
    {"libtorch", "BSD-3-Clause", QT_TRANSLATE_NOOP("Licences", "computing with tensors")},
    {"FFmpeg", "", QT_TRANSLATE_NOOP("Licences", "reading and writing video and sound")},
    {"OpenCV", "Apache-2.0", QT_TRANSLATE_NOOP("Licences", "resizing pictures")},
    {"Inter", "OFL-1.1", QT_TRANSLATE_NOOP("Licences", "typeface")},
    {"nlohmann/json", "MIT", QT_TRANSLATE_NOOP("Licences", "project files")},
    {"spdlog, fmt", "MIT", QT_TRANSLATE_NOOP("Licences", "the local log")},
    {"CLI11", "BSD-3-Clause", QT_TRANSLATE_NOOP("Licences", "command line")},
    {"SentencePiece", "Apache-2.0", QT_TRANSLATE_NOOP("Licences", "training the starter's tokenizer")},
    {"utf8proc", "MIT", QT_TRANSLATE_NOOP("Licences", "letters of every script")},
    {"LibYAML", "MIT", QT_TRANSLATE_NOOP("Licences", "reading the folders of other programs")},
    {"libpng", "libpng-2.0", QT_TRANSLATE_NOOP("Licences", "pictures of 16 bits")},
    {"libcurl", "curl", QT_TRANSLATE_NOOP("Licences", "downloads that you ask for")},
    {"OpenSSL", "Apache-2.0", QT_TRANSLATE_NOOP("Licences", "checksums and content credentials")},
    {"libzip, zlib", "BSD-3-Clause, Zlib", QT_TRANSLATE_NOOP("Licences", "packed files")},
    {"jemalloc", "BSD-2-Clause", QT_TRANSLATE_NOOP("Licences", "memory")},
};
// clang-format on

}  // namespace

QVector<Licence> licences()
{
    QVector<Licence> found;
    for (const Row& row : k_rows) {
        const QString name = QString::fromLatin1(row.licence);
        found.append({QString::fromLatin1(row.project),
                      name.isEmpty() ? QString::fromStdString(media::ffmpeg_licence()) : name,
                      QCoreApplication::translate("Licences", row.use)});
    }
    return found;
}

}  // namespace kinora::ui
