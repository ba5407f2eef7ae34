#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inference/training/scenes/grammar.h"
#include "inference/training/scenes/scene_spec.h"

namespace kinora::training {

/// How much a caption tells: everything that is seen, or only some of it, as people often write.
enum class Detail : std::uint8_t { full, brief };

/// One way to describe the scene. `full` names place, time, subject, colour, movement, weather, light and camera as far as
/// there are any (a still camera and a medium speed may go unsaid); nothing is said of what is absent. `brief` leaves things
/// out at random but always names the subject or the place.
[[nodiscard]] std::string caption(const SceneSpec& spec, Language language, PortableRandom& random,
                                  Detail detail = Detail::full);

/// As `caption` in English and in full, but in phrases and sentences that no caption for training has.
[[nodiscard]] std::string held_out_caption(const SceneSpec& spec, PortableRandom& random);

/// Captions of random scenes in both languages, for the training of the tokenizer.
[[nodiscard]] std::vector<std::string> sample_captions(std::size_t count, PortableRandom& random,
                                                       World world = World::first);

/// Every word that captions of a world are made of, in lower case, sorted, without repetition.
[[nodiscard]] std::vector<std::string> known_words(Language language, World world = World::first);

/// The share (0 … 1) of a prompt's words that occur in captions of either language; words of one or two letters do not
/// count. 1 for a prompt without countable words.
[[nodiscard]] double known_share(std::string_view prompt, World world = World::first);

/// One sentence about what can be asked for, for people whose prompt is far from it.
[[nodiscard]] std::string known_things(World world = World::first);

}  // namespace kinora::training
