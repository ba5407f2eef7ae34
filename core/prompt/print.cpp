#include <cmath>

#include "core/prompt/scan.h"
#include "core/prompt/syntax.h"

namespace kinora::core {
namespace {

enum class Escapes { none, all };

std::string time_text(const PromptTime& time)
{
    return prompt::decimal_text(time.ten_thousandths) + (time.unit == PromptTime::Unit::frames ? "f" : "s");
}

void print(const std::vector<PromptNode>& nodes, Escapes escapes, std::string& out);

void print(const PromptNode& node, Escapes escapes, std::string& out)
{
    switch (node.kind) {
        case PromptNode::Kind::text:
            out += escapes == Escapes::all ? escape_prompt(node.text) : node.text;
            break;
        case PromptNode::Kind::weight:
            out += '(';
            print(node.children, escapes, out);
            out.append(":")
                .append(prompt::decimal_text(std::llround(static_cast<double>(node.weight) * 10'000)))
                .append(")");
            break;
        case PromptNode::Kind::alternatives:
            for (std::size_t i = 0; i < node.options.size(); ++i) {
                out += i == 0 ? '{' : '|';
                print(node.options[i], escapes, out);
            }
            out += '}';
            break;
        case PromptNode::Kind::variable:
            out.append("$").append(node.text);
            break;
        case PromptNode::Kind::wildcard:
            out.append("__").append(node.text).append("__");
            break;
        case PromptNode::Kind::time:
            out.append("[")
                .append(time_text(node.from))
                .append("-")
                .append(node.to ? time_text(*node.to) : "end")
                .append("]");
            break;
    }
}

void print(const std::vector<PromptNode>& nodes, Escapes escapes, std::string& out)
{
    for (const PromptNode& node : nodes)
        print(node, escapes, out);
}

bool same_meaning(const std::vector<PromptNode>& a, const std::vector<PromptNode>& b);

bool same_meaning(const PromptNode& a, const PromptNode& b)
{
    if (a.kind != b.kind || a.text != b.text || a.weight != b.weight || !(a.from == b.from) || !(a.to == b.to)) return false;
    if (a.options.size() != b.options.size()) return false;
    for (std::size_t i = 0; i < a.options.size(); ++i)
        if (!same_meaning(a.options[i], b.options[i])) return false;
    return same_meaning(a.children, b.children);
}

bool same_meaning(const std::vector<PromptNode>& a, const std::vector<PromptNode>& b)
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (!same_meaning(a[i], b[i])) return false;
    return true;
}

}  // namespace

std::string escape_prompt(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (prompt::k_special.find(c) != std::string_view::npos) out += '\\';
        out += c;
    }
    return out;
}

std::string print_prompt(const std::vector<PromptNode>& nodes)
{
    // Most text needs no escapes; whether this does is asked of the parser itself.
    std::string out;
    print(nodes, Escapes::none, out);
    const ParsedPrompt parsed = parse_prompt(out);
    if (parsed.errors.empty() && same_meaning(parsed.nodes, nodes)) return out;
    out.clear();
    print(nodes, Escapes::all, out);
    return out;
}

}  // namespace kinora::core
