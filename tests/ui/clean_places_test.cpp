#include <pwd.h>
#include <unistd.h>

#include <QDir>
#include <QDirIterator>
#include <QSet>
#include <QStandardPaths>
#include <catch2/catch.hpp>

#include "core/project/project_store.h"
#include "tests/ui/storyboard_film.h"
#include "tests/ui/studio_fixture.h"

// What the tests and the studio must leave as it was.

using namespace kinora;
using kinora::tests::Studio;

namespace {

QSet<QString> files_below(const QString& folder)
{
    QSet<QString> names;
    QDirIterator entry(folder, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (entry.hasNext())
        names.insert(entry.next());
    return names;
}

}  // namespace

TEST_CASE("Tests keep caches, settings and data out of the home of whoever runs them")
{
    const passwd* user = getpwuid(getuid());
    const QString home = user != nullptr ? QString::fromLocal8Bit(user->pw_dir) : QString();
    for (const auto place :
         {QStandardPaths::GenericCacheLocation, QStandardPaths::CacheLocation, QStandardPaths::GenericDataLocation,
          QStandardPaths::AppDataLocation, QStandardPaths::GenericConfigLocation, QStandardPaths::HomeLocation}) {
        const QString folder = QStandardPaths::writableLocation(place);
        INFO(folder.toStdString());
        CHECK(folder.startsWith(QDir::tempPath() + QLatin1Char('/')));
        CHECK(folder != home);
        CHECK_FALSE(folder.startsWith(home + QStringLiteral("/.")));
    }
}

TEST_CASE("Waveforms of a test are remembered in the test's own cache", "[window]")
{
    Studio studio;
    const std::filesystem::path file = std::filesystem::path(studio.folder.path().toStdString()) / "tone.wav";
    tests::write_tone(file, 1.5);
    studio.session->import_files({QString::fromStdString(file.string())}, 0, 0, 0);
    const QString cache =
        QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/kinora/waveforms");
    Studio::wait_for([&] { return !files_below(cache).isEmpty(); }, "the waveform in the cache");
    CHECK(cache.startsWith(QDir::tempPath() + QLatin1Char('/')));
}

TEST_CASE("The sample project is copied and its folder left as it is", "[window]")
{
    const QTemporaryDir places;
    const std::filesystem::path sample = std::filesystem::path(places.path().toStdString()) / "sample";
    {
        auto made = core::create_project(sample, {.name = "Harbour at dusk"});
        REQUIRE(made);
        made->project.shots.emplace_back(core::make_shot("a boat"));
        REQUIRE(made->store.save(made->project));
    }
    std::filesystem::remove(sample / ".lock");
    const QString folder = QString::fromStdString(sample.string());
    const QSet<QString> before = files_below(folder);
    {
        Studio studio(tests::drawn_engine(std::make_shared<tests::DrawnGenerator>(tests::DrawnGenerator::Look::numbered)),
                      sample);
        CHECK(studio.session->project().name == "Harbour at dusk");
        CHECK(studio.session->folder() != sample);
    }
    CHECK(files_below(folder) == before);
}
