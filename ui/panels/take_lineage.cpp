#include "ui/panels/take_lineage.h"

#include <QCoreApplication>
#include <algorithm>

#include "ui/verbs/verb_text.h"

namespace kinora::ui {
namespace {

struct LineageText {
    Q_DECLARE_TR_FUNCTIONS(TakeLineage)
};

/// Deeper branches would leave no room for the words.
constexpr int k_deepest = 4;

const core::Take* parent_of(const std::vector<core::Take>& takes, const core::Take& take)
{
    for (const std::string& id : take.parents)
        for (const core::Take& other : takes)
            if (other.id == id && other.id != take.id) return &other;
    return nullptr;
}

void add_with_children(const std::vector<core::Take>& takes, const core::Take& take, int depth,
                       std::vector<ListedTake>& list)
{
    const auto listed = [&](const core::Take& other) {
        return std::any_of(list.begin(), list.end(), [&](const ListedTake& known) { return known.take == &other; });
    };
    if (listed(take)) return;  // a damaged file may tell of a circle
    list.push_back({&take, std::min(depth, k_deepest)});
    for (const core::Take& other : takes)
        if (parent_of(takes, other) == &take) add_with_children(takes, other, depth + 1, list);
}

}  // namespace

std::vector<ListedTake> newest_first(const std::vector<core::Take>& takes)
{
    std::vector<ListedTake> list;
    for (auto take = takes.rbegin(); take != takes.rend(); ++take)
        list.push_back({&*take, 0});
    return list;
}

std::vector<ListedTake> by_lineage(const std::vector<core::Take>& takes)
{
    std::vector<ListedTake> list;
    for (const core::Take& take : takes)
        if (parent_of(takes, take) == nullptr) add_with_children(takes, take, 0, list);
    for (const core::Take& take : takes)
        add_with_children(takes, take, 0, list);
    return list;
}

QString origin_text(const std::vector<core::Take>& takes, const core::Take& take)
{
    if (take.verb.empty()) return {};
    const core::Take* parent = parent_of(takes, take);
    const QString verb = made_by(take.verb);
    return parent == nullptr ? verb : LineageText::tr("%1 of take %2").arg(verb).arg(parent->number);
}

}  // namespace kinora::ui
