#pragma once

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "core/base/json_text.h"
#include "core/time/timecode.h"

namespace kinora::core {

/// Reads one JSON object from outside into fields: each key's type and range is checked, the first wrong one is remembered
/// by name, and the keys that nobody asked for can be had as text, to be written back. Missing keys leave their field as it
/// was. For .cpp files: it includes the whole JSON library.
class JsonReader {
public:
    /// `where` is put before key names in errors: "shots[3].". The object must outlive the reader.
    JsonReader(const nlohmann::json& object, std::string where) : object_(object), where_(std::move(where)) {}

    void text(const char* key, std::string& field, std::size_t longest = 1U << 20U)
    {
        if (const nlohmann::json* value = find(key)) {
            if (!value->is_string()) return fail(key, "is not a text");
            if (value->get_ref<const std::string&>().size() > longest) return fail(key, "is too long");
            field = value->get<std::string>();
        }
    }

    template <typename Integer>
    void whole(const char* key, Integer& field, std::int64_t least, std::int64_t most)
    {
        if (const nlohmann::json* value = find(key)) {
            if (!value->is_number_integer()) return fail(key, "is not a whole number");
            const bool huge = value->is_number_unsigned() && value->get<std::uint64_t>() > INT64_MAX;
            if (huge || value->get<std::int64_t>() < least || value->get<std::int64_t>() > most)
                return fail(key, "is out of range");
            field = static_cast<Integer>(value->get<std::int64_t>());
        }
    }

    void seed(const char* key, std::uint64_t& field)
    {
        if (const nlohmann::json* value = find(key)) {
            if (!value->is_number_unsigned()) return fail(key, "is not a whole number of at least 0");
            field = value->get<std::uint64_t>();
        }
    }

    void decimal(const char* key, float& field, double least, double most)
    {
        if (const nlohmann::json* value = find(key)) {
            if (!value->is_number()) return fail(key, "is not a number");
            const double number = value->get<double>();
            if (!(number >= least && number <= most)) return fail(key, "is out of range");
            field = static_cast<float>(number);
        }
    }

    void truth(const char* key, bool& field)
    {
        if (const nlohmann::json* value = find(key)) {
            if (!value->is_boolean()) return fail(key, "is neither true nor false");
            field = value->get<bool>();
        }
    }

    void rate(const char* key, FrameRate& field)
    {
        if (const nlohmann::json* value = find(key)) {
            const auto parsed = parse_rate(value->is_string() ? value->get<std::string>() : std::string());
            if (!parsed) return fail(key, "is not a frame rate such as \"24/1\"");
            field = *parsed;
        }
    }

    /// For optional fields: `read` is called with a value to fill only if the key is there (and not null).
    template <typename T, typename Read>
    void optional(const char* key, std::optional<T>& field, Read read)
    {
        const nlohmann::json* value = find(key);
        if (!value || value->is_null()) return;
        T filled{};
        read(filled);
        field = std::move(filled);
    }

    /// `read(JsonReader&)` for a nested object, if it is there.
    template <typename Read>
    void object(const char* key, Read read)
    {
        if (const nlohmann::json* value = find(key)) {
            if (!value->is_object()) return fail(key, "is not an object");
            nested(*value, where_ + key + ".", read);
        }
    }

    /// `read(JsonReader&)` for each object of a list.
    template <typename Read>
    void objects(const char* key, Read read)
    {
        const nlohmann::json* value = find(key);
        if (!value) return;
        if (!value->is_array()) return fail(key, "is not a list");
        for (std::size_t i = 0; i < value->size() && error_.empty(); ++i) {
            const std::string name = std::string(key) + "[" + std::to_string(i) + "]";
            if (!(*value)[i].is_object()) return fail(name.c_str(), "is not an object");
            nested((*value)[i], where_ + name + ".", read);
        }
    }

    /// The value itself, marked as asked for; null if it isn't there.
    [[nodiscard]] const nlohmann::json* find(const char* key)
    {
        asked_.push_back(key);
        const auto found = object_.find(key);
        return found == object_.end() ? nullptr : &*found;
    }

    /// Marks a key as known without reading it.
    void skip(const char* key) { asked_.emplace_back(key); }

    /// The keys nobody asked for, as a JSON object; empty text if there are none.
    [[nodiscard]] std::string unknown() const
    {
        nlohmann::json rest = nlohmann::json::object();
        for (const auto& [key, value] : object_.items()) {
            if (std::find(asked_.begin(), asked_.end(), key) == asked_.end()) rest[key] = value;
        }
        return rest.empty() ? std::string() : json_text(rest);
    }

    void fail(const char* key, const char* why)
    {
        if (error_.empty()) error_ = "\"" + where_ + key + "\" " + why;
    }
    [[nodiscard]] const std::string& error() const { return error_; }
    [[nodiscard]] const std::string& where() const { return where_; }

private:
    template <typename Read>
    void nested(const nlohmann::json& value, std::string where, Read read)
    {
        JsonReader inner(value, std::move(where));
        read(inner);
        if (error_.empty()) error_ = inner.error_;
    }

    const nlohmann::json& object_;
    std::string where_;
    std::string error_;
    std::vector<std::string> asked_;
};

/// The object that `JsonReader::unknown` gave, to be filled with the known keys.
[[nodiscard]] inline nlohmann::json from_unknown(const std::string& unknown)
{
    nlohmann::json object = nlohmann::json::object();
    if (!unknown.empty()) {
        nlohmann::json parsed = nlohmann::json::parse(unknown, nullptr, false);
        if (parsed.is_object()) object = std::move(parsed);
    }
    return object;
}

}  // namespace kinora::core
