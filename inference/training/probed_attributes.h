#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace kinora::training {

/// What the probe tells of a clip. The numbers are those of the enums of `scene_spec.h`.
enum class Attribute : std::uint8_t {
    place,
    time,
    subject,
    colour,
    direction,
    camera,
    style,
    size,
    count,
    other,
    other_colour
};
inline constexpr std::array k_probed{Attribute::place,     Attribute::time,   Attribute::subject,     Attribute::colour,
                                     Attribute::direction, Attribute::camera, Attribute::style,       Attribute::size,
                                     Attribute::count,     Attribute::other,  Attribute::other_colour};
[[nodiscard]] std::string_view name(Attribute attribute);

/// How many values the attribute has.
[[nodiscard]] int values_of(Attribute attribute);

/// The attribute in a row of `attributes_of`; −1 where it means nothing (the colour of no subject) or where the clip has no
/// single answer (a time that changes, two moves of the camera).
[[nodiscard]] int value_in(const std::uint8_t* attributes, Attribute attribute);

/// What a value of the attribute is called.
[[nodiscard]] std::string value_name(Attribute attribute, int value);

/// True when both things of a pair and their colours are what was asked: what "binding" means. `answers` and `wanted` hold a
/// value for each of `k_probed`.
[[nodiscard]] bool bound_right(const std::array<int, k_probed.size()>& answers,
                               const std::array<int, k_probed.size()>& wanted);

}  // namespace kinora::training
