#pragma once

#include <string>
#include <unordered_map>
#include <vector>

namespace kinora::ui {

/// The rows of a list for the things `order` names: each keeps the row that it has, so that only what changed is laid out
/// and painted again; new ones get the row of one that is gone, or what `make()` gives. Rows that nothing needs follow
/// behind. `id_of(row)` tells what a row shows.
template <typename Row, typename IdOf, typename Make>
[[nodiscard]] std::vector<Row*> kept_rows(const std::vector<Row*>& before, const std::vector<std::string>& order,
                                          const IdOf& id_of, const Make& make)
{
    std::unordered_map<std::string, Row*> kept;
    std::vector<Row*> spare;
    for (Row* row : before)
        if (!kept.emplace(id_of(*row), row).second) spare.push_back(row);
    std::vector<Row*> rows;
    for (const std::string& id : order) {
        const auto found = kept.find(id);
        rows.push_back(found == kept.end() ? nullptr : found->second);
        if (found != kept.end()) kept.erase(found);
    }
    for (const auto& [id, row] : kept)
        spare.push_back(row);
    for (Row*& row : rows) {
        if (row != nullptr) continue;
        if (spare.empty()) spare.push_back(make());
        row = spare.back();
        spare.pop_back();
    }
    rows.insert(rows.end(), spare.begin(), spare.end());
    return rows;
}

}  // namespace kinora::ui
