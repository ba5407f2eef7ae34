#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace kinora::tests {

template <typename T>
std::string little_endian(T value)
{
    std::string bytes(sizeof(T), '\0');
    std::memcpy(bytes.data(), &value, sizeof(T));
    return bytes;
}

/// A ZIP archive of files stored as they are (or, to be refused, claiming another method).
inline std::string stored_zip(const std::vector<std::pair<std::string, std::string>>& files, std::uint16_t method = 0)
{
    std::string archive;
    std::string directory;
    for (const auto& [name, content] : files) {
        const auto size = little_endian(static_cast<std::uint32_t>(content.size()));
        const auto common = little_endian(std::uint16_t{20}) + little_endian(std::uint16_t{0}) + little_endian(method) +
                            std::string(8, '\0') + size + size + little_endian(static_cast<std::uint16_t>(name.size())) +
                            little_endian(std::uint16_t{0});
        directory += little_endian(std::uint32_t{0x02014b50}) + little_endian(std::uint16_t{20}) + common +
                     std::string(10, '\0') + little_endian(static_cast<std::uint32_t>(archive.size())) + name;
        archive += little_endian(std::uint32_t{0x04034b50}) + common + name + content;
    }
    const auto count = little_endian(static_cast<std::uint16_t>(files.size()));
    return archive + directory + little_endian(std::uint32_t{0x06054b50}) + std::string(4, '\0') + count + count +
           little_endian(static_cast<std::uint32_t>(directory.size())) +
           little_endian(static_cast<std::uint32_t>(archive.size())) + std::string(2, '\0');
}

inline std::string pickled_text(const std::string& text)
{
    return std::string("X").append(little_endian(static_cast<std::uint32_t>(text.size()))).append(text);
}

inline std::string pickled_tuple(const std::vector<std::int32_t>& numbers)
{
    std::string tuple = "(";
    for (const auto number : numbers)
        tuple.append("J").append(little_endian(number));
    return tuple + "t";
}

/// One entry of a pickled dictionary: a name and a tensor in the storage of that key.
inline std::string pickled_entry(const std::string& name, const std::string& storage_class, const std::string& key,
                                 std::int32_t offset, const std::vector<std::int32_t>& shape,
                                 const std::vector<std::int32_t>& strides)
{
    return pickled_text(name) + "ctorch._utils\n_rebuild_tensor_v2\n((" + pickled_text("storage") + "ctorch\n" +
           storage_class + "\n" + pickled_text(key) + pickled_text("cpu") + "K\x08tQJ" + little_endian(offset) +
           pickled_tuple(shape) + pickled_tuple(strides) + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

/// What PyTorch 1.6 and later write for a dictionary with one tensor in storage "0".
inline std::string tensor_pickle_of(const std::string& name, const std::string& storage_class, std::int32_t offset,
                                    const std::vector<std::int32_t>& shape, const std::vector<std::int32_t>& strides)
{
    return "\x80\x02}q" + std::string(1, '\0') + "(" + pickled_entry(name, storage_class, "0", offset, shape, strides) +
           "u.";
}

}  // namespace kinora::tests
