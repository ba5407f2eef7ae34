#include "ui/player/thumbnail_store.h"

#include <QDir>
#include <QTemporaryDir>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/ui/studio_fixture.h"
#include "tests/ui/test_clips.h"

using namespace kinora;
using kinora::tests::Studio;
using ui::ThumbnailStore;

namespace {

constexpr int k_height = 96;

struct Clips {
    Clips()
    {
        const std::filesystem::path root = folder.path().toStdString();
        const auto drawn = tests::write_test_clip(root / "0.mp4", 12, core::FrameRate{12}, QColor("#446688"));
        for (int clip = 1; clip < 6; ++clip)
            std::filesystem::copy_file(drawn, root / (std::to_string(clip) + ".mp4"));
    }
    [[nodiscard]] QString path(int clip) const { return folder.filePath(QString::number(clip) + QStringLiteral(".mp4")); }
    /// Until all of its pictures are there: the first comes alone.
    void load(ThumbnailStore& store, int clip) const
    {
        int answers = 0;
        const auto counted = QObject::connect(&store, &ThumbnailStore::changed,
                                              [&](const QString& changed) { answers += changed == path(clip) ? 1 : 0; });
        static_cast<void>(store.picture(path(clip), 0, k_height));
        Studio::wait_for([&] { return answers == 2; }, "a clip's pictures");
        QObject::disconnect(counted);
    }
    QTemporaryDir folder;
};

}  // namespace

TEST_CASE("Pictures come as the screen has them, so that they are only copied")
{
    const Clips clips;
    ThumbnailStore store;
    clips.load(store, 0);
    CHECK(store.picture(clips.path(0), 5, k_height).format() == QImage::Format_RGB32);
    CHECK(store.used_bytes() > 0);
}

TEST_CASE("A clip that is gone or damaged is told from one whose pictures are still to come")
{
    const Clips clips;
    ThumbnailStore store;
    const QString gone = clips.folder.filePath(QStringLiteral("gone.mp4"));
    const QString torn = clips.folder.filePath(QStringLiteral("torn.mp4"));
    std::ofstream(torn.toStdString()) << "no film at all";
    CHECK(store.trouble(gone) == ThumbnailStore::Trouble::none);
    CHECK(store.picture(gone, 0, k_height).isNull());
    CHECK(store.picture(torn, 0, k_height).isNull());
    Studio::wait_for([&] { return store.trouble(gone) == ThumbnailStore::Trouble::missing; }, "the missing clip");
    Studio::wait_for([&] { return store.trouble(torn) == ThumbnailStore::Trouble::unreadable; }, "the damaged clip");
    clips.load(store, 0);
    CHECK(store.trouble(clips.path(0)) == ThumbnailStore::Trouble::none);
    // Written anew, it is looked at again.
    std::filesystem::copy_file(clips.path(0).toStdString(), gone.toStdString());
    store.forget(gone);
    static_cast<void>(store.picture(gone, 0, k_height));
    Studio::wait_for([&] { return !store.picture(gone, 0, k_height).isNull(); }, "the clip that came back");
    CHECK(store.trouble(gone) == ThumbnailStore::Trouble::none);
}

TEST_CASE("A dense screen gets pictures as large as it draws them")
{
    const Clips clips;
    ThumbnailStore store;
    clips.load(store, 0);
    static_cast<void>(store.picture(clips.path(0), 0, 300));
    Studio::wait_for([&] { return store.picture(clips.path(0), 11, 300).height() == 300; }, "the larger pictures");
}

TEST_CASE("Pictures out of view leave when the memory for them is used up, those in view stay")
{
    const Clips clips;
    ThumbnailStore one;
    clips.load(one, 0);
    const qsizetype each = one.used_bytes();

    ThumbnailStore store(nullptr, 200, each * 2 + each / 2);
    for (int clip = 0; clip < 4; ++clip)
        clips.load(store, clip);
    CHECK(store.used_bytes() == each * 4);  // all of them were asked for just now
    for (int question = 0; question < 5000; ++question)
        static_cast<void>(store.picture(clips.path(3), question % 12, k_height));
    clips.load(store, 4);
    CHECK(store.used_bytes() <= each * 2 + each / 2);
    CHECK_FALSE(store.picture(clips.path(3), 0, k_height).isNull());
    store.forget(clips.path(3));
    store.forget(clips.path(4));
    CHECK(store.used_bytes() == 0);
}
