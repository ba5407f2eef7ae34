#pragma once

#include <string>
#include <vector>

namespace kinora::core {

/// A graphics card of this machine, as far as it matters for computing.
struct GraphicsCard {
    std::string name;      ///< "NVIDIA GeForce RTX 4090", or the vendor where no driver tells more
    std::string vendor;    ///< "NVIDIA", "AMD", "Intel"
    std::string driver;    ///< the driver's version, "580.95.05"; empty: none answers
    int capability = 0;    ///< CUDA compute capability times ten: 89; 0: not told
    double memory_gb = 0;  ///< of the card, in 10⁹ bytes; 0: not told
};

/// Lines of `nvidia-smi --query-gpu=name,driver_version,compute_cap,memory.total --format=csv,noheader,nounits`. Lines that
/// make no sense are left out.
[[nodiscard]] std::vector<GraphicsCard> parse_nvidia_smi(const std::string& text);

/// The cards of this machine: NVIDIA's by its own program, others by what the PCI bus says. Reads only; takes up to a few
/// seconds where a driver sleeps.
[[nodiscard]] std::vector<GraphicsCard> find_graphics_cards();

}  // namespace kinora::core
