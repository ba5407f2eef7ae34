#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/base/result.h"
#include "inference/weights/weight_map.h"

/// The building blocks that the models share: weights as plain tensors in small structs, and the functions that apply them.
///
/// A model is built in two steps. First its *outline*: every parameter is a tensor on the meta device, which has a shape but
/// no memory. Then the parameters are filled, from a file (`load_parameters`) or at random for training
/// (`initialise_parameters`). So each model says once what its parameters are called and what shape they have.
namespace kinora::inference {

class PackedWeight;
class Int8Slot;
struct Int8Rows;

/// A low-rank or whole change that is added to what a layer of packed weights gives: (x·downᵀ)·upᵀ·factor, or
/// x·wholeᵀ·factor.
struct LinearChange {
    at::Tensor down;   ///< [rank, in]; undefined where `whole` is given
    at::Tensor up;     ///< [out, rank]
    at::Tensor whole;  ///< [out, in]
    double factor = 1.0;
};

/// y = x·weightᵀ + bias. `weight` [out, in]; `bias` [out], undefined where the layer has none.
struct Linear {
    at::Tensor weight;
    at::Tensor bias;
    /// Quantised weights stay as their file stores them and are expanded for each use; `weight` is then on the meta device.
    std::shared_ptr<const PackedWeight> packed = nullptr;
    std::vector<LinearChange> changes = {};  ///< of LoRAs, only beside packed weights
    /// `weight` keeps the type and place in which it is stored, and is converted for each use.
    bool converts_at_use = false;
    std::shared_ptr<Int8Slot> int8 = nullptr;  ///< given: multiplied in 8 bits
};

/// What becomes of large matrices that are stored in another type than they are worked in, or on another device.
enum class WeightForm {
    converted,  ///< copied once, when they are loaded
    as_stored,  ///< left in the file's pages and converted for each use, into memory that all of them share
    int8,       ///< left in the file's pages; those that many rows pass through are brought to 8 bits once and multiplied so
    int8_at_use,  ///< the same, but brought to 8 bits for each use, into memory that all of them share
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

/// Called with each parameter's name, as in the checkpoint, and the parameter itself, which may be replaced. Packed weights
/// are no tensors and are left out, unless the visitor is given a second function, which sees whole linears.
class ParameterVisitor {
public:
    using Parameter = std::function<void(const std::string& name, at::Tensor& parameter)>;
    /// Called with the layer's name ("blocks.0.attn1.to_q"); true: the layer is done with, its tensors aren't visited.
    using WholeLinear = std::function<bool(const std::string& name, Linear& layer)>;

    template <typename F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, ParameterVisitor> &&
             std::is_invocable_v<F&, const std::string&, at::Tensor&>) ParameterVisitor(F parameter)
        : parameter_(std::move(parameter))
    {
    }
    ParameterVisitor(Parameter parameter, WholeLinear linear) : parameter_(std::move(parameter)), linear_(std::move(linear))
    {
    }

    void operator()(const std::string& name, at::Tensor& parameter) const { parameter_(name, parameter); }
    [[nodiscard]] bool linear(const std::string& name, Linear& layer) const { return linear_ && linear_(name, layer); }

private:
    Parameter parameter_;
    WholeLinear linear_;
};

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

/// As `convert_parameters`, but matrices of layers for which `large(name)` holds stay as they are stored where that isn't
/// `dtype` on `device`; they are converted at use.
void convert_but_large(const ParameterWalk& for_each, at::ScalarType dtype, const at::Device& device,
                       const std::function<at::ScalarType(const std::string& name)>& type_of,
                       const std::function<bool(const std::string& name)>& large);

/// Gives back the memory that the layers of this thread share for weights converted or expanded at use.
void release_shared_weights();

/// x [..., in] → [..., out].
[[nodiscard]] at::Tensor linear(const Linear& layer, const at::Tensor& x);

/// GELU in its tanh form of `linear`, without gradients.
[[nodiscard]] at::Tensor linear_gelu(const Linear& layer, const at::Tensor& x);

/// What several layers of the same form read: brought to their form once.
class LinearInput {
public:
    LinearInput(const Linear& first, at::Tensor x);
    [[nodiscard]] at::Tensor through(const Linear& layer) const;

private:
    at::Tensor x_;
    std::shared_ptr<const Int8Rows> rows_;
};

/// Rows of a table [entries, width]: ids of any shape → [..., width], in `dtype`.
[[nodiscard]] at::Tensor embed(const Linear& table, const at::Tensor& ids, at::ScalarType dtype);

/// Layer norm over the last dimension with gain and shift.
[[nodiscard]] at::Tensor layer_norm(const LayerNorm& norm, const at::Tensor& x, double eps);

/// Layer norm over the last dimension without parameters.
[[nodiscard]] at::Tensor layer_norm(const at::Tensor& x, double eps);

/// RMS norm over the last dimension, x / √(mean(x²) + eps) · weight: computed in float32, returned in x's type.
[[nodiscard]] at::Tensor rms_norm(const RmsNorm& norm, const at::Tensor& x, double eps);

}  // namespace kinora::inference
