#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

namespace kinora::training {

/// Says a line to whoever runs the training.
using Say = std::function<void(const std::string&)>;

/// The loss curve as CSV: appended to by every run, a header where the file is new.
class TrainingLog {
public:
    TrainingLog(const std::filesystem::path& file, const std::string& header)
    {
        const bool fresh = !std::filesystem::exists(file);
        stream_.open(file, std::ios::app);
        if (fresh) stream_ << header << '\n';
    }

    void line(const std::string& values) { stream_ << values << '\n' << std::flush; }

private:
    std::ofstream stream_;
};

/// Seconds since it was made.
class Stopwatch {
public:
    [[nodiscard]] double seconds() const
    {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
    }

private:
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace kinora::training
