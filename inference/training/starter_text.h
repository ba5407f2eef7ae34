#pragma once

#include <ATen/core/Tensor.h>

#include "inference/text/umt5.h"
#include "inference/text/umt5_config.h"

namespace kinora::training {

/// UMT5 encoder of 3 layers, width 256.
[[nodiscard]] inference::Umt5Config starter_text_config();

/// As `encoder.encode` for captions `ids` [batch, length] whose padding is zero and at the end, without the work for most of
/// the padding: captions of similar length are encoded together, as long as the longest of them.
[[nodiscard]] at::Tensor encode_captions(const inference::Umt5Encoder& encoder, const at::Tensor& ids);

}  // namespace kinora::training
