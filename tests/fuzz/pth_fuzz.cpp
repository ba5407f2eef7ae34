#include <span>
#include <vector>

#include "core/models/tensor_pickle.h"
#include "core/models/torch_archive.h"
#include "tests/fuzz/fuzz_target.h"

namespace kinora::fuzz {

void run_one(std::string_view bytes)
{
    // The bytes as a whole archive, and as the pickle alone, which damage to the archive would hide.
    std::vector<core::PickledTensor> pickled;
    (void)core::parse_tensor_pickle(bytes, pickled);
    const auto archive = std::as_bytes(std::span(bytes.data(), bytes.size()));
    const auto tensors = core::parse_torch_archive(archive, "fuzzed.pth");
    if (!tensors) {
        expect(tensors.error().message.find("fuzzed.pth") != std::string::npos, "an error that names the file");
        return;
    }
    for (const auto& tensor : *tensors) {
        expect(tensor.begin <= tensor.end && tensor.end <= bytes.size(), "tensors inside the file");
        expect(tensor.shape.size() == tensor.strides.size(), "a stride for every side");
        std::uint64_t reach = 1;
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            expect(tensor.shape[i] >= 0 && tensor.strides[i] >= 0, "sides and strides that are not negative");
            if (tensor.shape[i] == 0) reach = 0;
        }
        for (std::size_t i = 0; reach > 0 && i < tensor.shape.size(); ++i)
            reach += static_cast<std::uint64_t>(tensor.shape[i] - 1) * static_cast<std::uint64_t>(tensor.strides[i]);
        expect(reach * core::torch_element_size(tensor.type) == tensor.end - tensor.begin,
               "as many bytes as the strides reach");
    }
}

}  // namespace kinora::fuzz
