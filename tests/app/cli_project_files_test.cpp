#ifdef KINORA_HAS_MEDIA

#include <catch2/catch.hpp>
#include <fstream>

#include "core/generation/picture_file.h"
#include "core/media/probe.h"
#include "core/project/project_store.h"
#include "tests/app/cli_fixture.h"

using namespace kinora;
using namespace kinora::tests;
namespace fs = std::filesystem;

namespace {

/// A second of silence, 16 bit, one channel, 8 kHz.
void put_sound(const fs::path& file)
{
    const auto number = [](std::uint32_t value, int bytes) {
        std::string text;
        for (int i = 0; i < bytes; ++i)
            text += static_cast<char>(value >> (8 * i));
        return text;
    };
    std::ofstream(file, std::ios::binary) << "RIFF" << number(36 + 16'000, 4) << "WAVEfmt " << number(16, 4) << number(1, 2)
                                          << number(1, 2) << number(8000, 4) << number(16'000, 4) << number(2, 2)
                                          << number(16, 2) << "data" << number(16'000, 4) << std::string(16'000, '\0');
}

}  // namespace

struct ProjectFiles : CliFixture {
    ProjectFiles()
    {
        REQUIRE(run({"project", "new", path("Film").string(), "--size", "64x64"}).exit_code == 0);
        REQUIRE(core::write_png(path("picture.png"), core::Picture8{64, 64, std::vector<unsigned char>(64 * 64 * 3, 200)}));
        put_sound(path("song.wav"));
    }

    nlohmann::json asked(std::vector<std::string> arguments) const
    {
        arguments.insert(arguments.begin(), "project");
        arguments.push_back("--json");
        const auto finished = run(arguments);
        INFO(finished.err);
        REQUIRE(finished.exit_code == 0);
        return nlohmann::json::parse(finished.out);
    }
};

TEST_CASE_METHOD(ProjectFiles, "Pictures and sound are imported and exported as a film", "[program]")
{
    const std::string film = path("Film").string();
    CHECK(asked({"import", film, path("picture.png").string(), path("song.wav").string()})["imported"] == 2);
    const auto shown = run({"project", "show", film});
    CHECK(shown.out.find("imported") != std::string::npos);
    const auto exported = run({"export", film, "-o", path("film.mov").string()});
    INFO(exported.err);
    REQUIRE(exported.exit_code == 0);
    const auto info = media::probe(path("film.mov"));
    REQUIRE(info);
    CHECK(info->video()->frames == 120);
    REQUIRE(info->audio() != nullptr);
    CHECK(info->audio()->codec == "pcm_s24le");
    CHECK(asked({"disk", film})["media"].get<int>() > 16'000);
    CHECK(asked({"missing", film})["missing"].empty());
}

TEST_CASE_METHOD(ProjectFiles, "Linked files are found again elsewhere and gathered", "[program]")
{
    const std::string film = path("Film").string();
    fs::create_directory(path("elsewhere"));
    CHECK(asked({"import", film, "--link", path("song.wav").string()})["imported"] == 1);
    CHECK(asked({"disk", film})["media"] == 0);
    fs::rename(path("song.wav"), path("elsewhere") / "renamed.wav");
    CHECK(asked({"missing", film})["missing"][0]["name"] == "song.wav");
    CHECK(run({"project", "collect", film}).exit_code == 1);
    const auto linked = asked({"relink", film, path("elsewhere").string()});
    CHECK(linked["found"] == 1);
    CHECK(linked["missing"] == 0);
    CHECK(asked({"collect", film})["collected"] == 1);
    CHECK(fs::exists(path("Film") / "media" / "renamed.wav"));
}

TEST_CASE_METHOD(ProjectFiles, "Clean-up tells first and removes when told", "[program]")
{
    const std::string film = path("Film").string();
    const fs::path partial = path("Film") / ".kinora-1234.partial";
    std::ofstream(partial) << "half";
    fs::last_write_time(partial, fs::file_time_type::clock::now() - std::chrono::hours(2));
    const auto told = asked({"clean", film});
    REQUIRE(told["items"].size() == 1);
    CHECK(told["removed"] == false);
    CHECK(fs::exists(partial));
    CHECK(asked({"clean", film, "--yes"})["removed"] == true);
    CHECK(!fs::exists(partial));
    const auto bad = run({"project", "import", film, path("none.mov").string()});
    CHECK(bad.exit_code == 1);
    CHECK(bad.err.find("none.mov") != std::string::npos);
}

#endif
