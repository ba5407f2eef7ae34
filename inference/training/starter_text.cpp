#include "inference/training/starter_text.h"

#include <ATen/ops/argsort.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/constant_pad_nd.h>

#include <algorithm>
#include <array>
#include <vector>

#include "inference/training/starter_shape.h"

namespace kinora::training {

inference::Umt5Config starter_text_config()
{
    inference::Umt5Config config;
    config.vocab_size = k_vocabulary;
    config.d_model = 256;
    config.d_kv = 64;
    config.d_ff = 512;
    config.num_heads = 4;
    config.num_layers = 3;
    return config;
}

at::Tensor encode_captions(const inference::Umt5Encoder& encoder, const at::Tensor& ids)
{
    constexpr std::int64_t k_together = 8;
    const auto mask = ids.ne(0);
    const auto lengths = mask.sum(1).to(at::kCPU);
    const auto order = at::argsort(lengths);
    const auto device_order = order.to(ids.device());
    const auto sorted_lengths = lengths.index_select(0, order);
    const auto sorted_ids = ids.index_select(0, device_order);
    const auto sorted_mask = mask.index_select(0, device_order);
    std::vector<at::Tensor> groups;
    for (std::int64_t first = 0; first < ids.size(0); first += k_together) {
        const auto count = std::min(k_together, ids.size(0) - first);
        const auto longest = std::max<std::int64_t>(1, sorted_lengths[first + count - 1].item<std::int64_t>());
        const auto part = [&](const at::Tensor& all) { return all.narrow(0, first, count).narrow(1, 0, longest); };
        const std::array<std::int64_t, 4> padding{0, 0, 0, ids.size(1) - longest};
        groups.push_back(at::constant_pad_nd(encoder.encode(part(sorted_ids), part(sorted_mask)), padding));
    }
    return at::cat(groups).index_select(0, at::argsort(device_order));
}

}  // namespace kinora::training
