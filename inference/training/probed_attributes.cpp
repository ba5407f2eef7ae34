#include "inference/training/probed_attributes.h"

#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

std::string_view name(Attribute attribute)
{
    constexpr std::array<std::string_view, k_probed.size()> names{
        "place", "time", "subject", "colour", "direction", "camera", "style", "size", "count", "other", "other colour"};
    return names[static_cast<std::size_t>(attribute)];
}

int values_of(Attribute attribute)
{
    switch (attribute) {
        case Attribute::place:
            return static_cast<int>(k_places.size());
        case Attribute::time:
            return static_cast<int>(k_times.size()) + 1;
        case Attribute::subject:
        case Attribute::other:
            return static_cast<int>(k_subjects.size()) + 1;
        case Attribute::colour:
        case Attribute::other_colour:
            return static_cast<int>(k_colours.size());
        case Attribute::direction:
            return static_cast<int>(k_directions.size());
        case Attribute::camera:
            return static_cast<int>(k_cameras.size());
        case Attribute::style:
            return static_cast<int>(k_styles.size());
        case Attribute::size:
            return static_cast<int>(k_sizes.size());
        case Attribute::count:
            return 4;
    }
    return 0;
}

int value_in(const std::uint8_t* attributes, Attribute attribute)
{
    constexpr std::array<int, k_probed.size()> columns{0, 1, 2, 3, 5, 9, 10, 11, 12, 13, 14};
    constexpr int k_subject = 2, k_count = 12, k_other = 13, k_later = 16, k_second_camera = 17;
    const bool nothing = attributes[k_subject] == static_cast<std::uint8_t>(Subject::none);
    const bool alone = attributes[k_other] == static_cast<std::uint8_t>(Subject::none);
    switch (attribute) {
        case Attribute::time:
            if (attributes[k_later] != static_cast<std::uint8_t>(TimeOfDay::none)) return -1;
            break;
        case Attribute::camera:
            if (attributes[k_second_camera] != static_cast<std::uint8_t>(Camera::still)) return -1;
            break;
        case Attribute::colour:
        case Attribute::direction:
        case Attribute::count:
            if (nothing) return -1;
            break;
        case Attribute::size:  // a group has its own
            if (nothing || !alone || attributes[k_count] > 1) return -1;
            break;
        case Attribute::other_colour:
            if (alone) return -1;
            break;
        default:
            break;
    }
    return attributes[columns[static_cast<std::size_t>(attribute)]];
}

std::string value_name(Attribute attribute, int value)
{
    switch (attribute) {
        case Attribute::place:
            return std::string(name(static_cast<Place>(value)));
        case Attribute::time:
            return std::string(name(static_cast<TimeOfDay>(value)));
        case Attribute::subject:
        case Attribute::other:
            return std::string(name(static_cast<Subject>(value)));
        case Attribute::colour:
        case Attribute::other_colour:
            return std::string(name(static_cast<Colour>(value)));
        case Attribute::direction:
            return std::string(name(static_cast<Direction>(value)));
        case Attribute::camera:
            return std::string(name(static_cast<Camera>(value)));
        case Attribute::style:
            return std::string(name(static_cast<Style>(value)));
        case Attribute::size:
            return std::string(name(static_cast<Size>(value)));
        case Attribute::count:
            return std::to_string(value);
    }
    return {};
}

bool bound_right(const std::array<int, k_probed.size()>& answers, const std::array<int, k_probed.size()>& wanted)
{
    const auto same = [&](Attribute attribute) {
        const auto at = static_cast<std::size_t>(attribute);
        return answers[at] == wanted[at];
    };
    return same(Attribute::subject) && same(Attribute::colour) && same(Attribute::other) && same(Attribute::other_colour);
}

}  // namespace kinora::training
