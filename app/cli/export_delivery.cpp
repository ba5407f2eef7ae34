#include "app/cli/export_delivery.h"

#ifdef KINORA_HAS_MEDIA

#include <algorithm>
#include <charconv>
#include <set>

#include "app/cli/clip_output.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/export/own_presets.h"
#include "core/time/timecode.h"

namespace kinora::cli {
namespace {

namespace fs = std::filesystem;

core::Error wrong(std::string sentence)
{
    return core::make_error(core::ErrorKind::invalid_argument, std::move(sentence));
}

std::string extension_of(const fs::path& file)
{
    const std::string ending = file.extension().string();
    return ending.empty() ? ending : ending.substr(1);
}

/// A preset of the table, one of the artist's own by its name, or a file.
core::Result<media::Delivery> named_delivery(const std::string& name)
{
    media::Delivery delivery;
    if (name.ends_with(".json")) {
        const auto own = media::read_own_preset(name);
        return own ? core::Result<media::Delivery>(own->delivery) : core::Result<media::Delivery>(own.error());
    }
    for (const media::OwnPreset& own : media::list_own_presets(media::own_presets_dir()))
        if (own.name == name) return own.delivery;
    if (const auto preset = media::find_preset(name); !preset) return preset.error();
    delivery.preset = name;
    return delivery;
}

/// The output's name has to fit what the preset makes.
core::Result<void> check_name(const fs::path& output, const media::Preset& preset)
{
    if (preset.encoder.pictures() || extension_of(output) == preset.extension) return {};
    return wrong("The preset " + core::in_quotes(preset.id) + " makes ." + preset.extension + " files: name the output " +
                 core::in_quotes(core::path_to_utf8(fs::path(output).replace_extension(preset.extension))) +
                 " or choose another preset.");
}

bool names_folder(const fs::path& output)
{
    std::error_code ignored;
    return !output.has_filename() || fs::is_directory(output, ignored);
}

}  // namespace

core::Result<media::Delivery> delivery_of(const ExportOptions& options, const std::string& otherwise, core::FrameRate rate)
{
    std::string name = options.preset.value_or(otherwise);
    if (!options.preset && !options.output.empty() && !names_folder(options.output)) {
        const media::Preset* fitting = media::preset_for_extension(extension_of(options.output));
        const auto usual = media::find_preset(otherwise);
        const bool usual_fits = usual && (*usual)->extension == extension_of(options.output);
        if (fitting && !usual_fits) name = fitting->id;
    }
    auto delivery = named_delivery(name);
    if (!delivery) return delivery;
    if (options.quality) delivery->quality = options.quality;
    if (options.timecode) delivery->timecode = *options.timecode;
    if (options.loudness) delivery->loudness = options.loudness;
    if (options.rate) {
        const auto parsed = core::parse_rate(*options.rate);
        if (!parsed) return parsed.error();
        delivery->rate = *parsed;
    }
    if (options.conform) {
        const auto mode = media::conform_from_id(*options.conform);
        if (!mode) return wrong("--conform takes repeat, blend or interpolate.");
        delivery->conform = *mode;
    }
    if (options.colour) {
        const auto space = media::space_from_id(*options.colour);
        if (!space) return wrong("--colour takes bt709, p3 or bt2020.");
        delivery->colour = *space;
    }
    if (auto checked = media::check_delivery(*delivery, delivery->rate.value_or(rate)); !checked) return checked.error();
    return delivery;
}

core::Result<media::ExportPlace> place_of(const ExportOptions& options, const media::Delivery& delivery,
                                          const fs::path& folder, bool several)
{
    media::ExportPlace place{folder, {}, media::OverwritePolicy::refuse};
    if (options.output.empty()) return place;
    const auto preset = media::find_preset(delivery.preset);
    if (!preset) return preset.error();
    if (names_folder(options.output) && (several || !(*preset)->encoder.pictures())) {
        std::error_code error;
        fs::create_directories(options.output, error);
        if (error)
            return core::make_error(core::ErrorKind::io, core::in_quotes(core::path_to_utf8(options.output)) +
                                                             " can't be made: " + error.message() + ".");
        place.folder = options.output;
        return place;
    }
    if (several) return wrong("Several shots need a folder: name one with a / at its end, or add --one-file.");
    fs::path file = options.output.has_filename() ? options.output : options.output.parent_path();
    if ((*preset)->encoder.pictures() && extension_of(file) == (*preset)->extension) file.replace_extension();
    if (auto fits = check_name(file, **preset); !fits) return fits.error();
    const Existing existing = options.overwrite ? Existing::replace : Existing::keep;
    if (auto possible = check_new_file(file, existing); !possible) return possible.error();
    place.file = file;
    place.overwrite = options.overwrite ? media::OverwritePolicy::replace : media::OverwritePolicy::refuse;
    return place;
}

core::Result<std::vector<int>> parse_shots(const std::string& text, int count)
{
    const auto refuse = [&] {
        return wrong("Shots are named as in 3, 1,4-6 or all; the storyboard has " + std::to_string(count) + ".");
    };
    std::set<int> numbers;
    const auto number = [&](std::string_view digits, int& value) {
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return error == std::errc() && end == digits.data() + digits.size() && value >= 1 && value <= count;
    };
    std::string_view rest = text;
    if (rest == "all") {
        for (int i = 1; i <= count; ++i)
            numbers.insert(i);
        rest = {};
    }
    while (!rest.empty()) {
        const auto comma = rest.find(',');
        const std::string_view item = rest.substr(0, comma);
        const auto dash = item.find('-');
        int first = 0, last = 0;
        if (!number(item.substr(0, dash), first)) return refuse();
        last = first;
        if (dash != std::string_view::npos && (!number(item.substr(dash + 1), last) || last < first)) return refuse();
        for (int i = first; i <= last; ++i)
            numbers.insert(i);
        rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
    }
    if (numbers.empty()) return refuse();
    return std::vector<int>(numbers.begin(), numbers.end());
}

}  // namespace kinora::cli

#endif
