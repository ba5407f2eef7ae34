#include "inference/training/lora_rank.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/linalg_qr.h>
#include <ATen/ops/linalg_svd.h>
#include <ATen/ops/matmul.h>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace kinora::training {
namespace {

constexpr std::string_view k_down = ".lora_A.weight";
constexpr std::string_view k_up = ".lora_B.weight";
constexpr std::int64_t k_bytes_of_value = 2;

/// A module's change as left [out, rank] · diag(values) [rank] · right [rank, in], values falling.
struct Change {
    std::string module;
    at::Tensor left;
    at::Tensor values;
    at::Tensor right;
    std::int64_t kept = 0;

    [[nodiscard]] std::int64_t bytes_of_rank() const { return (left.size(0) + right.size(1)) * k_bytes_of_value; }
};

const at::Tensor* find(const NamedTensors& lora, const std::string& name)
{
    const auto at = std::find_if(lora.begin(), lora.end(), [&](const auto& one) { return one.first == name; });
    return at == lora.end() ? nullptr : &at->second;
}

/// Through the two thin factors: the product itself is hundreds of times as large.
Change decomposed(std::string module, const at::Tensor& down, const at::Tensor& up)
{
    const auto [up_basis, up_rest] = at::linalg_qr(up.to(at::kFloat));
    const auto [down_basis, down_rest] = at::linalg_qr(down.to(at::kFloat).t());
    const auto [left, values, right] = at::linalg_svd(at::matmul(up_rest, down_rest.t()), false);
    return {std::move(module), at::matmul(up_basis, left), values, at::matmul(right, down_basis.t())};
}

}  // namespace

NamedTensors fit_lora(const NamedTensors& lora, std::int64_t bytes)
{
    std::vector<Change> changes;
    for (const auto& [name, down] : lora) {
        if (!name.ends_with(k_down)) continue;
        std::string module = name.substr(0, name.size() - k_down.size());
        std::string other = module;
        other += k_up;
        if (const auto* up = find(lora, other)) changes.push_back(decomposed(std::move(module), down, *up));
    }
    // What a rank says for its size, and whose it is. A module's own come in order, since its values fall.
    std::vector<std::pair<double, std::size_t>> ranks;
    for (std::size_t at = 0; at < changes.size(); ++at)
        for (std::int64_t rank = 0; rank < changes[at].values.size(0); ++rank) {
            const auto value = changes[at].values[rank].item<double>();
            ranks.emplace_back(value * value / static_cast<double>(changes[at].bytes_of_rank()), at);
        }
    std::stable_sort(ranks.begin(), ranks.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [said, at] : ranks) {
        if (changes[at].bytes_of_rank() > bytes) break;
        bytes -= changes[at].bytes_of_rank();
        ++changes[at].kept;
    }
    NamedTensors fitted;
    for (const Change& change : changes) {
        if (change.kept == 0) continue;
        const auto half = change.values.narrow(0, 0, change.kept).sqrt();
        const auto down = change.right.narrow(0, 0, change.kept) * half.unsqueeze(1);
        const auto up = change.left.narrow(1, 0, change.kept) * half;
        std::string name = change.module;
        fitted.emplace_back(name.append(k_down), down.to(at::kBFloat16).contiguous());
        name = change.module;
        fitted.emplace_back(name.append(k_up), up.to(at::kBFloat16).contiguous());
    }
    return fitted;
}

}  // namespace kinora::training
