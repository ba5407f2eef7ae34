#pragma once

#include <ATen/core/Tensor.h>
#include <ATen/ops/linalg_vector_norm.h>
#include <c10/util/Logging.h>

#include <catch2/catch.hpp>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// libtorch's logging has a CHECK of its own, which ends the program. Whichever header came last, from here on it is Catch's.
#undef CHECK
#define CHECK(...) INTERNAL_CATCH_TEST("CHECK", Catch::ResultDisposition::ContinueOnFailure, __VA_ARGS__)

namespace kinora::tests {

/// ‖actual − expected‖ / ‖expected‖ over the whole tensor, in float64. Where nothing but zeros is expected: ‖actual‖.
inline double relative_error(const at::Tensor& actual, const at::Tensor& expected)
{
    const auto wide = expected.to(at::kDouble);
    const double size = at::linalg_vector_norm(wide).item<double>();
    const double difference = at::linalg_vector_norm(actual.to(at::kDouble).sub(wide)).item<double>();
    return size > 0.0 ? difference / size : difference;
}

/// One fixture file and what a test did with its tensors: read as input, compared, or left alone.
///
///     Comparison file("wan_vae22/decode.safetensors", tensors);
///     file.expect_close("latents1.video", decode(file.input("latents1.z")), 1e-4);
///     file.finish();
class Comparison {
public:
    Comparison(std::string name, std::map<std::string, at::Tensor> tensors)
        : name_(std::move(name)), tensors_(std::move(tensors))
    {
    }

    [[nodiscard]] bool contains(const std::string& tensor) const { return tensors_.contains(tensor); }
    [[nodiscard]] const std::map<std::string, at::Tensor>& tensors() const { return tensors_; }
    [[nodiscard]] double worst_error() const { return worst_error_; }
    /// How many tensors were compared so far.
    [[nodiscard]] std::size_t compared() const { return compared_.size(); }

    /// A tensor that the test feeds to the model.
    [[nodiscard]] const at::Tensor& input(const std::string& tensor)
    {
        INFO(name_ << " has to hold " << tensor);
        REQUIRE(tensors_.contains(tensor));
        inputs_.insert(tensor);
        return tensors_.at(tensor);
    }

    /// Checks shape and values of `actual` against the fixture's tensor.
    void expect_close(const std::string& tensor, const at::Tensor& actual, double tolerance)
    {
        INFO(name_ << ": " << tensor);
        REQUIRE(tensors_.contains(tensor));
        compared_.insert(tensor);
        const auto& expected = tensors_.at(tensor);
        REQUIRE(actual.sizes() == expected.sizes());
        const double error = relative_error(actual, expected);
        if (!(error <= worst_error_)) worst_error_ = error;
        CHECK(error <= tolerance);
    }

    /// Fails if nothing was compared, and names every tensor of the file that was neither compared nor an input.
    void finish() const
    {
        std::string left;
        for (const auto& entry : tensors_) {
            if (!compared_.contains(entry.first) && !inputs_.contains(entry.first)) left += " " + entry.first;
        }
        if (!left.empty()) WARN(name_ << ": not compared:" << left);
        INFO(name_ << ": nothing was compared");
        REQUIRE_FALSE(compared_.empty());
        WARN("parity: " << name_ << ": " << compared_.size() << " tensors compared, worst relative error " << worst_error_);
    }

private:
    std::string name_;
    std::map<std::string, at::Tensor> tensors_;
    std::set<std::string> inputs_;
    std::set<std::string> compared_;
    double worst_error_ = 0.0;
};

}  // namespace kinora::tests
