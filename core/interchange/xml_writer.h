#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kinora::core {

/// Text as it may stand in an XML 1.0 document: `& < > " '` and line breaks escaped, characters that XML doesn't allow and
/// bytes that aren't UTF-8 replaced by U+FFFD.
[[nodiscard]] std::string xml_text(std::string_view text);

/// Writes an XML document from top to bottom, indented by two spaces.
///
///     XmlWriter xml("<!DOCTYPE fcpxml>");
///     xml.open("fcpxml", {{"version", "1.10"}});
///     xml.leaf("note", "a & b");
///     xml.close();
class XmlWriter {
public:
    using Attributes = std::vector<std::pair<std::string_view, std::string>>;

    explicit XmlWriter(std::string_view doctype);

    void open(std::string_view name, const Attributes& attributes = {});
    void close();
    /// An element without children.
    void empty(std::string_view name, const Attributes& attributes = {});
    /// An element with text only.
    void leaf(std::string_view name, std::string_view text, const Attributes& attributes = {});
    void leaf(std::string_view name, std::int64_t number) { leaf(name, std::to_string(number)); }

    /// The document; every element has to be closed.
    [[nodiscard]] std::string take() { return std::move(out_); }

private:
    void begin(std::string_view name, const Attributes& attributes);

    std::string out_;
    std::vector<std::string> open_;
};

}  // namespace kinora::core
