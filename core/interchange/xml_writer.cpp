#include "core/interchange/xml_writer.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace kinora::core {
namespace {

constexpr std::string_view k_replacement = "\xEF\xBF\xBD";

/// Length of the character that begins the text; 0 if it is none.
std::size_t character(std::string_view text)
{
    for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length)
        if (is_valid_utf8(text.substr(0, length))) return length;
    return 0;
}

bool allowed(std::string_view letter)
{
    if (letter.size() == 1)
        return static_cast<unsigned char>(letter[0]) >= 0x20 || letter[0] == '\t' || letter[0] == '\n' || letter[0] == '\r';
    return letter != "\xEF\xBF\xBE" && letter != "\xEF\xBF\xBF";
}

void append(std::string& out, std::string_view letter)
{
    if (letter == "&")
        out += "&amp;";
    else if (letter == "<")
        out += "&lt;";
    else if (letter == ">")
        out += "&gt;";
    else if (letter == "\"")
        out += "&quot;";
    else if (letter == "\n")
        out += "&#10;";
    else if (letter == "\r")
        out += "&#13;";
    else if (letter == "\t")
        out += "&#9;";
    else
        out += letter;
}

}  // namespace

std::string xml_text(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = character(text);
        const std::string_view letter = text.substr(0, std::max<std::size_t>(length, 1));
        append(out, length == 0 || !allowed(letter) ? k_replacement : letter);
        text.remove_prefix(letter.size());
    }
    return out;
}

XmlWriter::XmlWriter(std::string_view doctype) : out_("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")
{
    out_ += doctype;
    out_ += '\n';
}

void XmlWriter::begin(std::string_view name, const Attributes& attributes)
{
    out_.append(2 * open_.size(), ' ');
    out_ += '<';
    out_ += name;
    for (const auto& [key, value] : attributes) {
        out_ += ' ';
        out_ += key;
        out_ += "=\"" + xml_text(value) + '"';
    }
}

void XmlWriter::open(std::string_view name, const Attributes& attributes)
{
    begin(name, attributes);
    out_ += ">\n";
    open_.emplace_back(name);
}

void XmlWriter::close()
{
    const std::string name = std::move(open_.back());
    open_.pop_back();
    out_.append(2 * open_.size(), ' ');
    out_ += "</" + name + ">\n";
}

void XmlWriter::empty(std::string_view name, const Attributes& attributes)
{
    begin(name, attributes);
    out_ += "/>\n";
}

void XmlWriter::leaf(std::string_view name, std::string_view text, const Attributes& attributes)
{
    begin(name, attributes);
    out_ += '>' + xml_text(text) + "</";
    out_ += name;
    out_ += ">\n";
}

}  // namespace kinora::core
