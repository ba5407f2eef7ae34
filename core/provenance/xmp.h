#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/generation/request.h"

namespace kinora::core {

/// What a file is made of, in IPTC's words (http://cv.iptc.org/newscodes/digitalsourcetype/).
enum class SourceType {
    generated,  ///< trainedAlgorithmicMedia: all pictures come from a model
    composite,  ///< compositeWithTrainedAlgorithmicMedia: some do
};

/// The address of a source type in IPTC's vocabulary.
[[nodiscard]] std::string source_type_uri(SourceType type);

/// What goes into an XMP packet.
struct XmpContent {
    std::vector<Recipe> recipes;  ///< as disclosed (`disclosed_recipe`)
    SourceType source_type = SourceType::generated;
    std::string title;
};

/// An XMP packet (ISO 16684-1, read-only, without padding) with the fields of the IPTC Photo and Video Metadata standards
/// 2025.1 for generated media: DigitalSourceType, AISystemUsed, AISystemVersionUsed, AIPromptInformation; and the recipe
/// itself under a name of our own, so that Kinora can restore it.
[[nodiscard]] std::string make_xmp(const XmpContent& content);

/// The IPTC fields by their names, for containers whose free tags are the only place for them (WebM, MXF). Without a recipe
/// only the source type.
[[nodiscard]] std::map<std::string, std::string> iptc_fields(const std::vector<Recipe>& recipes, SourceType source_type);

/// The recipe text in a packet from outside, whoever has rewritten it since (as an element or as an attribute); `not_found`
/// if it has none.
[[nodiscard]] Result<std::string> recipe_in_xmp(std::string_view packet);

}  // namespace kinora::core
