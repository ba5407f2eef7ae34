#pragma once

#include <cstddef>
#include <cstdint>

namespace kinora::training {

/// A small random generator (SplitMix64, Steele et al. 2014) whose numbers are the same with every compiler and library.
/// The distributions of the standard library are not, so scenes and captions are drawn with this one.
class PortableRandom {
public:
    explicit PortableRandom(std::uint64_t seed) : state_(seed) {}

    /// The next 64 random bits.
    std::uint64_t next()
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }

    /// Uniform in [0, 1).
    float uniform() { return static_cast<float>(next() >> 40) * 0x1p-24F; }

    /// Uniform in [low, high).
    float uniform(float low, float high) { return low + (high - low) * uniform(); }

    /// Uniform in 0 … count − 1; `count` is at least 1.
    std::size_t index(std::size_t count) { return static_cast<std::size_t>((next() >> 11) % count); }

    /// True with the given probability.
    bool chance(float probability) { return uniform() < probability; }

    /// One element of an array or vector that is not empty.
    template <typename Container>
    const auto& pick(const Container& container)
    {
        return container[index(container.size())];
    }

    /// −1 or 1.
    float sign() { return chance(0.5F) ? 1.0F : -1.0F; }

private:
    std::uint64_t state_;
};

}  // namespace kinora::training
