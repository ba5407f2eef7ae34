#include "core/prompt/resolve.h"

#include <algorithm>
#include <memory>
#include <unordered_map>

namespace kinora::core::prompt {
namespace {

using Nodes = std::vector<PromptNode>;

constexpr std::size_t k_most_text = 64U << 10U;
constexpr int k_most_nodes = 20'000;
constexpr int k_most_looked_at = 500'000;
constexpr std::size_t k_deepest = 32;

/// The project-wide prompt is a variable without a name.
std::string shown_name(const PromptNode& node)
{
    if (node.kind != PromptNode::Kind::variable) return "__" + node.text + "__";
    return node.text.empty() ? "The project-wide prompt" : "$" + node.text;
}

/// Looks up names, parses what they stand for once, and knows which are being looked into, so that none contains itself.
class Names {
public:
    explicit Names(const PromptContext& context) : context_(context) {}

    /// The texts a variable (one) or wildcard (its lines) stands for; null with `problem` set if there is none.
    const std::vector<Nodes>* enter(const PromptNode& node, std::string& problem)
    {
        const std::string shown = shown_name(node);
        if (std::find(active_.begin(), active_.end(), shown) != active_.end()) {
            problem = shown + " contains itself.";
            return nullptr;
        }
        if (active_.size() >= k_deepest) {
            problem = shown + " leads through too many other names.";
            return nullptr;
        }
        const std::vector<Nodes>* values = look_up(node, shown, problem);
        if (values) active_.push_back(shown);
        return values;
    }
    void leave() { active_.pop_back(); }

private:
    const std::vector<Nodes>* look_up(const PromptNode& node, const std::string& shown, std::string& problem)
    {
        if (const auto known = parsed_.find(shown); known != parsed_.end()) return &known->second;
        std::vector<std::string_view> texts;
        if (node.kind == PromptNode::Kind::variable && node.text.empty()) {
            texts.emplace_back(context_.common);
        } else if (node.kind == PromptNode::Kind::variable) {
            if (const auto found = context_.variables.find(node.text); found != context_.variables.end())
                texts.emplace_back(found->second);
        } else if (const auto found = context_.wildcards.find(node.text); found != context_.wildcards.end()) {
            texts.assign(found->second.begin(), found->second.end());
        }
        if (texts.empty()) {
            problem = shown + (node.kind == PromptNode::Kind::variable
                                   ? " is not among the project's variables; add it there or write \\$."
                                   : " is not among your wildcard files.");
            return nullptr;
        }
        std::vector<Nodes> values;
        for (const std::string_view text : texts) {
            ParsedPrompt parsed = parse_prompt(text);
            const bool timed = std::any_of(parsed.nodes.begin(), parsed.nodes.end(),
                                           [](const PromptNode& piece) { return piece.kind == PromptNode::Kind::time; });
            if (timed) problem = shown + " holds a time range; those stand in the prompt itself.";
            if (!parsed.errors.empty()) problem = "In " + shown + ": " + parsed.errors.front().message;
            if (!problem.empty()) return nullptr;
            values.push_back(std::move(parsed.nodes));
        }
        return &parsed_.emplace(shown, std::move(values)).first->second;
    }

    const PromptContext& context_;
    std::unordered_map<std::string, std::vector<Nodes>> parsed_;
    std::vector<std::string> active_;
};

/// What a walk goes through: one choice of the options, which has to stay a prompt in size, or all of them.
enum class Scope { chosen, everything };

/// The options a node offers: those of alternatives, or what a name stands for.
class Walker {
public:
    Walker(const PromptContext& context, Scope scope) : names_(context), scope_(scope) {}

    /// Begins another walk with what is parsed already.
    void restart()
    {
        bytes_ = 0;
        nodes_ = 0;
    }

    /// Calls `use(options)` if the node offers any; else notes the error.
    template <typename Use>
    void with_options(const PromptNode& node, Use use)
    {
        if (node.kind == PromptNode::Kind::alternatives) return use(node.options);
        std::string problem;
        const std::vector<Nodes>* options = names_.enter(node, problem);
        if (!options) return fail(node.range, std::move(problem));
        // Errors below a name belong to the place in the typed text where the name stands.
        const bool outermost = !typed_;
        if (outermost) typed_ = &node.range;
        use(*options);
        if (outermost) typed_ = nullptr;
        names_.leave();
    }

    void fail(TextRange range, std::string message)
    {
        const PromptError error{typed_ ? *typed_ : range, std::move(message)};
        if (std::find(errors.begin(), errors.end(), error) == errors.end()) errors.push_back(error);
    }

    /// False, with an error, once the work has grown beyond what a prompt can mean.
    bool spend(const PromptNode& node)
    {
        if (scope_ == Scope::chosen && node.kind == PromptNode::Kind::text) bytes_ += node.text.size();
        if (++nodes_ <= (scope_ == Scope::chosen ? k_most_nodes : k_most_looked_at) && bytes_ <= k_most_text) return true;
        fail(node.range, "The prompt grows beyond 64 kB here; shorten its variables or wildcards.");
        return false;
    }

    /// The words of a text node as they go into the result: those of a name stand where the name stands.
    [[nodiscard]] PromptNode placed(const PromptNode& node) const
    {
        PromptNode text = node;
        if (typed_) {
            text.range = *typed_;
            text.replaced = true;
        }
        return text;
    }

    std::vector<PromptError> errors;

private:
    Names names_;
    Scope scope_;
    const TextRange* typed_ = nullptr;
    std::size_t bytes_ = 0;
    int nodes_ = 0;
};

bool offers_options(const PromptNode& node)
{
    return node.kind == PromptNode::Kind::alternatives || node.kind == PromptNode::Kind::variable ||
           node.kind == PromptNode::Kind::wildcard;
}

void resolve_into(const Nodes& nodes, Walker& walker, const Choose& choose, Nodes& out)
{
    for (const PromptNode& node : nodes) {
        if (!walker.spend(node)) return;
        if (offers_options(node)) {
            walker.with_options(node, [&](const std::vector<Nodes>& options) {
                resolve_into(options[options.size() == 1 ? 0 : choose(options.size())], walker, choose, out);
            });
        } else if (node.kind == PromptNode::Kind::weight) {
            PromptNode weight = node;
            weight.children.clear();
            resolve_into(node.children, walker, choose, weight.children);
            out.push_back(std::move(weight));
        } else if (node.kind == PromptNode::Kind::text) {
            out.push_back(walker.placed(node));
        } else {
            out.push_back(node);
        }
    }
}

/// Counts the variants of pieces; a shared, bounded walk, so that nested names can't blow up.
std::int64_t count(const Nodes& nodes, Walker& walker);

std::int64_t count(const PromptNode& node, Walker& walker)
{
    if (!walker.spend(node)) return 1;
    if (node.kind == PromptNode::Kind::weight) return count(node.children, walker);
    if (!offers_options(node)) return 1;
    std::int64_t sum = 0;
    walker.with_options(node, [&](const std::vector<Nodes>& options) {
        for (const Nodes& option : options)
            sum = std::min(k_most_variants, sum + count(option, walker));
    });
    return std::max<std::int64_t>(sum, 1);
}

std::int64_t count(const Nodes& nodes, Walker& walker)
{
    std::int64_t product = 1;
    for (const PromptNode& node : nodes)
        product = std::min(k_most_variants, product * count(node, walker));
    return product;
}

/// Writes variant `index` of `nodes`: the last piece changes fastest.
class Enumerator {
public:
    explicit Enumerator(const PromptContext& context) : walker_(context, Scope::chosen), counter_(context, Scope::everything)
    {
    }

    Resolved variant(const Nodes& nodes, std::int64_t index)
    {
        walker_.restart();
        walker_.errors.clear();
        Resolved result;
        write(nodes, index, result.nodes);
        result.errors = walker_.errors;
        return result;
    }

    std::int64_t variants(const Nodes& nodes)
    {
        counter_.restart();
        return count(nodes, counter_);
    }

private:
    void write(const Nodes& nodes, std::int64_t index, Nodes& out)
    {
        std::vector<std::int64_t> digits(nodes.size());
        for (std::size_t i = nodes.size(); i-- > 0;) {
            const std::int64_t base = variants({nodes[i]});
            digits[i] = index % base;
            index /= base;
        }
        for (std::size_t i = 0; i < nodes.size(); ++i)
            write(nodes[i], digits[i], out);
    }

    void write(const PromptNode& node, std::int64_t index, Nodes& out)
    {
        if (!walker_.spend(node)) return;
        if (node.kind == PromptNode::Kind::weight) {
            PromptNode weight = node;
            weight.children.clear();
            write(node.children, index, weight.children);
            out.push_back(std::move(weight));
        } else if (offers_options(node)) {
            walker_.with_options(node, [&](const std::vector<Nodes>& options) {
                for (const Nodes& option : options) {
                    const std::int64_t here = variants(option);
                    if (index < here) return write(option, index, out);
                    index -= here;
                }
            });
        } else if (node.kind == PromptNode::Kind::text) {
            out.push_back(walker_.placed(node));
        } else {
            out.push_back(node);
        }
    }

    Walker walker_;
    Walker counter_;
};

void check(const Nodes& nodes, Walker& walker)
{
    for (const PromptNode& node : nodes) {
        if (!walker.spend(node)) return;
        if (node.kind == PromptNode::Kind::weight) check(node.children, walker);
        if (!offers_options(node)) continue;
        walker.with_options(node, [&](const std::vector<Nodes>& options) {
            for (const Nodes& option : options)
                check(option, walker);
        });
    }
}

}  // namespace

PromptNode common_node(TextRange range)
{
    PromptNode node;
    node.kind = PromptNode::Kind::variable;
    node.range = range;
    return node;
}

Nodes merge_texts(const Nodes& nodes)
{
    Nodes merged;
    for (const PromptNode& node : nodes) {
        const bool joins =
            node.kind == PromptNode::Kind::text && !merged.empty() && merged.back().kind == PromptNode::Kind::text;
        if (joins) {
            merged.back().text += node.text;
            continue;
        }
        merged.push_back(node);
        merged.back().children = merge_texts(node.children);
    }
    return merged;
}

Resolved resolve(const Nodes& nodes, const PromptContext& context, const Choose& choose)
{
    Resolved result;
    Walker walker(context, Scope::chosen);
    resolve_into(nodes, walker, choose, result.nodes);
    result.errors = std::move(walker.errors);
    return result;
}

std::vector<Resolved> first_variants(const Nodes& nodes, const PromptContext& context, std::size_t limit)
{
    Enumerator enumerator(context);
    const auto most = std::min(static_cast<std::int64_t>(limit), enumerator.variants(nodes));
    std::vector<Resolved> list;
    for (std::int64_t i = 0; i < most; ++i)
        list.push_back(enumerator.variant(nodes, i));
    return list;
}

std::int64_t variants(const Nodes& nodes, const PromptContext& context)
{
    Walker walker(context, Scope::everything);
    return count(nodes, walker);
}

std::vector<PromptError> check_names(const Nodes& nodes, const PromptContext& context)
{
    Walker walker(context, Scope::everything);
    check(nodes, walker);
    return std::move(walker.errors);
}

}  // namespace kinora::core::prompt
