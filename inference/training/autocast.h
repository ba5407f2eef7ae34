#pragma once

#include <ATen/autocast_mode.h>

namespace kinora::training {

/// While it lives, matrix products and convolutions compute in bfloat16 from float32 parameters, on the given device.
class Autocast {
public:
    explicit Autocast(at::DeviceType device)
        : device_(device),
          enabled_(at::autocast::is_autocast_enabled(device)),
          dtype_(at::autocast::get_autocast_dtype(device))
    {
        at::autocast::set_autocast_enabled(device_, true);
        at::autocast::set_autocast_dtype(device_, at::kBFloat16);
        at::autocast::increment_nesting();
    }
    ~Autocast()
    {
        if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
        at::autocast::set_autocast_enabled(device_, enabled_);
        at::autocast::set_autocast_dtype(device_, dtype_);
    }
    Autocast(const Autocast&) = delete;
    Autocast& operator=(const Autocast&) = delete;

private:
    at::DeviceType device_;
    bool enabled_;
    at::ScalarType dtype_;
};

}  // namespace kinora::training
