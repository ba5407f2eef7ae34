// Whatever is wrong is told in one sentence with a way out, before the work where that is possible, and nothing is lost.
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <sstream>

#include "tests/app/cli_fixture.h"

using namespace kinora::tests;

namespace {

namespace fs = std::filesystem;

void write(const fs::path& file, const std::string& text)
{
    std::ofstream(file, std::ios::binary) << text;
}

std::string content(const fs::path& file)
{
    std::ifstream stream(file, std::ios::binary);
    std::ostringstream text;
    text << stream.rdbuf();
    return text.str();
}

/// Lines that begin with the program's name: the sentences about errors.
int complaints(const std::string& err)
{
    int count = 0;
    std::istringstream lines(err);
    for (std::string line; std::getline(lines, line);)
        if (line.rfind("kinora-cli: ", 0) == 0) ++count;
    return count;
}

/// A copy of the tiny model that a test may spoil.
fs::path model_copy(const CliFixture& fixture)
{
    const fs::path copy = fixture.home() / "model";
    fs::copy(tiny_model(), copy, fs::copy_options::recursive);
    for (const auto& entry : fs::recursive_directory_iterator(copy))
        fs::permissions(entry.path(), fs::perms::owner_write, fs::perm_options::add);
    return copy;
}

/// The child's own mounts, with a full-to-be disk of 64 kB at `folder`.
bool mount_small_disk(const fs::path& folder)
{
    if (::unshare(CLONE_NEWNS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
    if (::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return false;
    return ::mount("tmpfs", folder.c_str(), "tmpfs", 0, "size=64k") == 0;
}

}  // namespace

struct BadInput : CliFixture {
    /// Runs `generate` into pictures/ and checks that it fails with one sentence that holds `part`, and leaves nothing.
    void refuses(const std::vector<std::string>& options, int exit_code, const std::string& part) const
    {
        std::vector<std::string> arguments = options;
        if (std::find(options.begin(), options.end(), "-o") == options.end())
            arguments.insert(arguments.end(), {"-o", "pictures/"});
        const auto before = left();
        const auto refused = generate(arguments);
        INFO(refused.err);
        CHECK(refused.exit_code == exit_code);
        CHECK_THAT(refused.err, Catch::Contains(part));
        CHECK(complaints(refused.err) == 1);
        CHECK(left() == before);
    }
};

TEST_CASE_METHOD(BadInput, "A model that isn't there is refused with those that are")
{
    refuses({"--model", "nonesuch"}, 1, "nonesuch");
    refuses({"--model", path("nowhere/model").string()}, 1, "nowhere");
}

TEST_CASE_METHOD(BadInput, "Half a model folder is refused by the name of what is missing")
{
    const fs::path model = model_copy(*this);
    fs::remove_all(model / "vae");
    refuses({"--model", model.string()}, 1, "vae");
    fs::remove(model / "model_index.json");
    refuses({"--model", model.string()}, 1, "model_index.json");
}

TEST_CASE_METHOD(BadInput, "Corrupt weights are refused by the name of their file")
{
    const fs::path model = model_copy(*this);
    const fs::path weights = model / "transformer" / "diffusion_pytorch_model.safetensors";
    fs::resize_file(weights, fs::file_size(weights) / 2);
    refuses({"--model", model.string()}, 1, "diffusion_pytorch_model.safetensors");
    write(weights, "these are no weights");
    refuses({"--model", model.string()}, 1, "diffusion_pytorch_model.safetensors");
}

TEST_CASE_METHOD(BadInput, "An impossible size or length is refused with what is possible")
{
    refuses({"--size", "100000x64"}, 2, "up to 4096");
    refuses({"--size", "64x0"}, 2, "such as 320x192");
    refuses({"--size", "large"}, 2, "such as 320x192");
    refuses({"--frames", "100000"}, 2, "lengths are 1 + n x 4");
    refuses({"--frames", "-3"}, 2, "try 1");
    refuses({"--fps", "0"}, 2, "0");
    refuses({"--fps", "fast"}, 2, "fast");
    refuses({"--steps", "0"}, 2, "step");
    refuses({"--sampler", "dice"}, 2, "unipc");
}

TEST_CASE_METHOD(BadInput, "A draft by a model that has none is refused, and so is one by a damaged file")
{
    refuses({"--draft"}, 1, "no draft mode");
    const fs::path model = model_copy(*this);
    write(model / "draft.safetensors", "these are no weights");
    refuses({"--model", model.string(), "--draft"}, 1, "draft.safetensors");
}

TEST_CASE_METHOD(BadInput, "An empty prompt is refused, and so is one whose syntax is broken")
{
    refuses({"--prompt", ""}, 2, "The prompt is empty");
    refuses({"--prompt", "  \t "}, 2, "The prompt is empty");
    refuses({"--prompt", "a {red|blue boat"}, 2, "{");
}

TEST_CASE_METHOD(BadInput, "A picture that can't be read is refused by its name")
{
    write(path("text.png"), "this is no picture");
    refuses({"--first-frame", "text.png"}, 1, "text.png");
    refuses({"--first-frame", "missing.png"}, 1, "missing.png");
}

TEST_CASE_METHOD(BadInput, "An output that can't be written is refused before the work")
{
    refuses({"-o", "missing/pictures/"}, 1, "There is no folder \"missing\"");
    refuses({"-o", "/proc/pictures/"}, 1, "choose a folder that you may write to");
    refuses({"-o", "clip.avi"}, 2, ".avi");
}

TEST_CASE_METHOD(BadInput, "What exists is kept unless --overwrite is given")
{
    fs::create_directory(path("pictures"));
    write(path("pictures/frame_0009.png"), "an earlier picture");
    refuses({}, 1, "--overwrite");
    CHECK(content(path("pictures/frame_0009.png")) == "an earlier picture");
    refuses({"--latents", "pictures/frame_0009.png", "-o", "other/"}, 1, "--overwrite");
    write(path("pictures/frame_0006.png"), "the first picture of a longer clip");
    CHECK(generate({"--overwrite", "-o", "pictures/"}).exit_code == 0);
    CHECK(fs::file_size(path("pictures/frame_0001.png")) > 100);
    CHECK_FALSE(fs::exists(path("pictures/frame_0006.png")));
}

TEST_CASE_METHOD(BadInput, "An unknown device or type is refused with those that there are")
{
    refuses({"--device", "quantum"}, 1, "cpu");
    refuses({"--device", "cuda:99"}, 1, "cpu");
    refuses({"--dtype", "int4"}, 2, "bfloat16");
}

TEST_CASE_METHOD(BadInput, "A recipe that can't be read is refused by the name of its file")
{
    write(path("broken.json"), "{\"format\": 1, ");
    refuses({"--recipe", "broken.json"}, 1, "broken.json");
    write(path("poor.json"), "{\"format\": 1}");
    refuses({"--recipe", "poor.json"}, 1, "poor.json");
    refuses({"--recipe", "missing.json"}, 1, "missing.json");
}

TEST_CASE_METHOD(BadInput, "A full disk is told, and leaves neither half a clip nor a partial file")
{
    fs::create_directory(path("disk"));
    spawn().before_exec = [folder = path("disk")] { return mount_small_disk(folder); };
    const auto refused = generate({"--size", "256x256", "-o", "disk/pictures/"});
    if (refused.exit_code == 77) {
        WARN("no small disk can be mounted here: needs root or user namespaces");
        return;
    }
    INFO(refused.err);
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.err, Catch::Contains("too full") || Catch::Contains("No space left"));
    CHECK(complaints(refused.err) == 1);
}

TEST_CASE_METHOD(BadInput, "Too little memory is told in a sentence")
{
    // Enough for the libraries and a small clip; the decoded frames of the other are 1.7 GB, however they are made.
    spawn().before_exec = [] {
        const rlimit limit{rlim_t{1600} << 20U, rlim_t{1600} << 20U};
        return ::setrlimit(RLIMIT_AS, &limit) == 0;
    };
    if (generate({"-o", "small/"}).exit_code != 0) {
        WARN("this build's libraries don't fit into the limit");
        return;
    }
    const auto refused = generate({"--size", "768x768", "--frames", "241", "--steps", "1", "-o", "pictures/"});
    INFO(refused.err);
    CHECK(refused.exit_code == 1);
    CHECK_THAT(refused.err, Catch::Contains("Memory ran out while decoding"));
    // What was computed isn't lost.
    CHECK_THAT(refused.err, Catch::Contains("pictures.latents.safetensors"));
    CHECK(std::filesystem::exists(path("pictures.latents.safetensors")));
}

TEST_CASE_METHOD(BadInput, "With --json a failure is one JSON object as well")
{
    const auto refused = generate({"--frames", "100000", "--json", "-o", "pictures/"});
    CHECK(refused.exit_code == 2);
    const auto told = nlohmann::json::parse(refused.out);
    CHECK(told["error"]["kind"] == "invalid_argument");
    CHECK_THAT(refused.err, Catch::Contains(told["error"]["message"].get<std::string>()));
}

#ifdef KINORA_HAS_MEDIA

TEST_CASE_METHOD(BadInput, "An existing clip is kept, replaced only when asked, and a foreign file is no recipe")
{
    write(path("clip.mp4"), "somebody's work");
    refuses({"-o", "clip.mp4"}, 1, "--overwrite");
    refuses({"--recipe", "clip.mp4"}, 1, "clip.mp4");
    CHECK(content(path("clip.mp4")) == "somebody's work");
    REQUIRE(generate({"-o", "clip.mp4", "--overwrite"}).exit_code == 0);
    CHECK(fs::file_size(path("clip.mp4")) > 1000);
    refuses({"--preset", "vhs", "-o", "new.mp4"}, 2, "h264-review");
}

TEST_CASE_METHOD(BadInput, "An export that can't be is refused in one sentence")
{
    REQUIRE(generate({"-o", "clip.mp4"}).exit_code == 0);
    const auto refuses_export = [&](const std::vector<std::string>& arguments, int code, const std::string& part) {
        std::vector<std::string> all{"export"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const auto refused = run(all);
        INFO(refused.err);
        CHECK(refused.exit_code == code);
        CHECK_THAT(refused.err, Catch::Contains(part));
        CHECK(complaints(refused.err) == 1);
        CHECK(left() == std::vector<std::string>{"clip.mp4"});
    };
    refuses_export({"missing.mp4", "-o", "a.mov"}, 1, "missing.mp4");
    refuses_export({"clip.mp4", "--range", "3:9", "-o", "a.mov"}, 2, "there are 5 frames");
    refuses_export({"clip.mp4", "--range", "x", "-o", "a.mov"}, 2, "0:5");
    refuses_export({"clip.mp4", "--preset", "vhs"}, 2, "prores-422-hq");
    refuses_export({"clip.mp4", "--shot", "1"}, 2, "--shot");
    refuses_export({"clip.mp4", "-o", "clip.mp4"}, 1, "--overwrite");
    refuses_export({home().string()}, 1, "no project");
}

#endif
