#pragma once

#include <sys/mount.h>

#include <filesystem>
#include <string>

namespace kinora::tests {

/// A small file system in memory that ends with the test. Not there without root.
class SmallDisk {
public:
    explicit SmallDisk(const std::filesystem::path& at, const std::string& size) : at_(at)
    {
        std::filesystem::create_directory(at_);
        mounted_ = mount("tmpfs", at_.c_str(), "tmpfs", 0, ("size=" + size).c_str()) == 0;
    }
    ~SmallDisk()
    {
        if (mounted_) umount2(at_.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk&) = delete;
    SmallDisk& operator=(const SmallDisk&) = delete;
    [[nodiscard]] bool mounted() const { return mounted_; }

private:
    std::filesystem::path at_;
    bool mounted_ = false;
};

}  // namespace kinora::tests
