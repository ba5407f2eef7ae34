#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <string>

#include "core/base/result.h"
#include "inference/weights/weight_map.h"

/// The building blocks that the models share: weights as plain tensors in small structs, and the functions that apply them.
///
/// A model is built in two steps. First its *outline*: every parameter is a tensor on the meta device, which has a shape but
/// no memory. Then the parameters are filled, from a file (`load_parameters`) or at random for training
/// (`initialise_parameters`). So each model says once what its parameters are called and what shape they have.
namespace kinora::inference {

/// y = x·weightᵀ + bias. `weight` [out, in]; `bias` [out], undefined where the layer has none.
struct Linear {
    at::Tensor weight;
    at::Tensor bias;
};

/// A 2-D or 3-D convolution. `weight` [out, in, (frames,) height, width]; `bias` [out].
struct Convolution {
    at::Tensor weight;
    at::Tensor bias;
};

/// Layer norm over the last dimension with gain and shift, both [width].
struct LayerNorm {
    at::Tensor weight;
    at::Tensor bias;
};

/// RMS norm over the last dimension. `weight` [width].
struct RmsNorm {
    at::Tensor weight;
};

enum class Bias { with, without };

/// A parameter of the given shape without memory, to be filled later.
[[nodiscard]] at::Tensor outline(at::IntArrayRef shape);
[[nodiscard]] Linear outline_linear(std::int64_t in, std::int64_t out, Bias bias = Bias::with);
[[nodiscard]] Convolution outline_convolution(std::int64_t in, std::int64_t out, at::IntArrayRef kernel);
[[nodiscard]] LayerNorm outline_layer_norm(std::int64_t width);
[[nodiscard]] RmsNorm outline_rms_norm(std::int64_t width);

/// Called with each parameter's name, as in the checkpoint, and the parameter itself, which may be replaced.
using ParameterVisitor = std::function<void(const std::string& name, at::Tensor& parameter)>;

/// Visits `name.weight` and, where there is one, `name.bias`.
void visit(Linear& layer, const std::string& name, const ParameterVisitor& visitor);
void visit(Convolution& layer, const std::string& name, const ParameterVisitor& visitor);
void visit(LayerNorm& layer, const std::string& name, const ParameterVisitor& visitor);
void visit(RmsNorm& layer, const std::string& name, const ParameterVisitor& visitor);

/// Goes through all parameters of a model: `for_each(visitor)` calls the visitor for each of them.
using ParameterWalk = std::function<void(const ParameterVisitor&)>;

/// Replaces every parameter by the tensor of its name. The shapes have to be those of the outline.
/// Errors name the first tensor that is missing or has another shape.
[[nodiscard]] core::Result<void> load_parameters(const ParameterWalk& for_each, WeightMap& weights);

/// Fills the outline with PyTorch's default initialisation, in float32 on the CPU: weights of linears and convolutions and
/// their biases uniform within ±1/√fan_in (for weights that is He's uniform with a = √5), gains one. The same seed gives the
/// same weights. One-dimensional parameters called `*.weight`, and all called `*.gamma`, count as gains.
void initialise_parameters(const ParameterWalk& for_each, std::uint64_t seed);

/// Converts every parameter; convolutions' weights become channels-last, which they are fastest in.
void convert_parameters(const ParameterWalk& for_each, at::ScalarType dtype, const at::Device& device);

/// x [..., in] → [..., out].
[[nodiscard]] at::Tensor linear(const Linear& layer, const at::Tensor& x);

/// Layer norm over the last dimension with gain and shift.
[[nodiscard]] at::Tensor layer_norm(const LayerNorm& norm, const at::Tensor& x, double eps);

/// Layer norm over the last dimension without parameters.
[[nodiscard]] at::Tensor layer_norm(const at::Tensor& x, double eps);

/// RMS norm over the last dimension, x / √(mean(x²) + eps) · weight: computed in float32, returned in x's type.
[[nodiscard]] at::Tensor rms_norm(const RmsNorm& norm, const at::Tensor& x, double eps);

}  // namespace kinora::inference
