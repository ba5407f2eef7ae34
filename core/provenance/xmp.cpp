#include "core/provenance/xmp.h"

#include <cstdint>

#include "core/interchange/xml_writer.h"
#include "core/provenance/disclosure.h"

namespace kinora::core {
namespace {

constexpr std::string_view k_recipe_name = "kinora:recipe";

/// Distinct values of a field, one a line.
template <typename Field>
std::string joined(const std::vector<Recipe>& recipes, Field field)
{
    std::vector<std::string> seen;
    std::string text;
    for (const Recipe& recipe : recipes) {
        const std::string value = field(recipe);
        bool known = value.empty();
        for (const std::string& other : seen)
            known = known || other == value;
        if (known) continue;
        if (!text.empty()) text += '\n';
        text += value;
        seen.push_back(value);
    }
    return text;
}

void append_character(std::string& out, std::uint32_t code)
{
    if (code < 0x80) {
        out += static_cast<char>(code);
    } else if (code < 0x800) {
        out += static_cast<char>(0xC0U | (code >> 6U));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else if (code < 0x10000) {
        out += static_cast<char>(0xE0U | (code >> 12U));
        out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    } else {
        out += static_cast<char>(0xF0U | (code >> 18U));
        out += static_cast<char>(0x80U | ((code >> 12U) & 0x3FU));
        out += static_cast<char>(0x80U | ((code >> 6U) & 0x3FU));
        out += static_cast<char>(0x80U | (code & 0x3FU));
    }
}

/// The character that `&…;` stands for; false if it is none.
bool append_entity(std::string& out, std::string_view name)
{
    if (name == "amp") return out += '&', true;
    if (name == "lt") return out += '<', true;
    if (name == "gt") return out += '>', true;
    if (name == "quot") return out += '"', true;
    if (name == "apos") return out += '\'', true;
    if (name.size() < 2 || name.size() > 8 || name[0] != '#') return false;
    const bool hexadecimal = name[1] == 'x';
    std::uint32_t code = 0;
    for (const char c : name.substr(hexadecimal ? 2 : 1)) {
        const std::uint32_t digit = c >= '0' && c <= '9'   ? static_cast<std::uint32_t>(c - '0')
                                    : c >= 'a' && c <= 'f' ? static_cast<std::uint32_t>(c - 'a' + 10)
                                    : c >= 'A' && c <= 'F' ? static_cast<std::uint32_t>(c - 'A' + 10)
                                                           : 16U;
        if (digit >= (hexadecimal ? 16U : 10U)) return false;
        code = code * (hexadecimal ? 16U : 10U) + digit;
    }
    if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return false;
    append_character(out, code);
    return true;
}

std::string plain_text(std::string_view xml)
{
    std::string out;
    while (!xml.empty()) {
        const std::size_t end = xml[0] == '&' ? xml.substr(0, 12).find(';') : std::string_view::npos;
        if (end != std::string_view::npos && append_entity(out, xml.substr(1, end - 1))) {
            xml.remove_prefix(end + 1);
        } else {
            out += xml[0];
            xml.remove_prefix(1);
        }
    }
    return out;
}

}  // namespace

std::string source_type_uri(SourceType type)
{
    return std::string("http://cv.iptc.org/newscodes/digitalsourcetype/") +
           (type == SourceType::generated ? "trainedAlgorithmicMedia" : "compositeWithTrainedAlgorithmicMedia");
}

std::map<std::string, std::string> iptc_fields(const std::vector<Recipe>& recipes, SourceType source_type)
{
    return {{"DigitalSourceType", source_type_uri(source_type)},
            {"AISystemUsed", joined(recipes, [](const Recipe& recipe) { return recipe.model_id; })},
            {"AISystemVersionUsed", joined(recipes, [](const Recipe& recipe) { return recipe.model_hash; })},
            {"AIPromptInformation", joined(recipes, [](const Recipe& recipe) { return recipe.prompt; })}};
}

std::string make_xmp(const XmpContent& content)
{
    const std::vector<Recipe>& recipes = content.recipes;
    std::string out =
        "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" x:xmptk=\"Kinora " KINORA_VERSION
        "\">\n"
        " <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
        "  <rdf:Description rdf:about=\"\"\n"
        "    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n"
        "    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
        "    xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"\n"
        "    xmlns:kinora=\"http://ns.kinora.studio/1.0/\">\n";
    const auto field = [&](const char* name, const std::string& value) {
        if (!value.empty()) out += std::string("   <") + name + ">" + xml_text(value) + "</" + name + ">\n";
    };
    field("xmp:CreatorTool", "Kinora " KINORA_VERSION);
    if (!content.title.empty())
        out += "   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xml_text(content.title) +
               "</rdf:li></rdf:Alt></dc:title>\n";
    for (const auto& [name, value] : iptc_fields(recipes, content.source_type))
        field(("Iptc4xmpExt:" + name).c_str(), value);
    field("kinora:recipe", disclosed_json(recipes));
    out += "  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>";
    return out;
}

Result<std::string> recipe_in_xmp(std::string_view packet)
{
    for (std::size_t at = packet.find(k_recipe_name); at != std::string_view::npos;
         at = packet.find(k_recipe_name, at + 1)) {
        const std::string_view rest = packet.substr(at + k_recipe_name.size());
        if (rest.starts_with('>')) {
            const std::size_t end = rest.find('<');
            if (end != std::string_view::npos && end > 1) return plain_text(rest.substr(1, end - 1));
        } else if (rest.starts_with("=\"") || rest.starts_with("='")) {
            const std::size_t end = rest.find(rest[1], 2);
            if (end != std::string_view::npos && end > 2) return plain_text(rest.substr(2, end - 2));
        }
    }
    return make_error(ErrorKind::not_found, "There is no recipe of Kinora's among the metadata.");
}

}  // namespace kinora::core
