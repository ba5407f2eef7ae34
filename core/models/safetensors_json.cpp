#include "core/models/safetensors_json.h"

#include <exception>
#include <nlohmann/json.hpp>

namespace kinora::core {
namespace {

constexpr int k_max_depth = 128;
constexpr std::size_t k_max_rank = 64;

/// Receives the events of the parser. Where it stands is kept in `place_`; `skip_depth_` counts the brackets of an unknown
/// field that is being skipped.
class HeaderReader final : public nlohmann::json_sax<nlohmann::json> {
public:
    explicit HeaderReader(RawSafetensorsHeader& header) : header_(header) {}

    [[nodiscard]] const std::string& reason() const { return reason_; }

    bool null() override
    {
        if (skipped_value()) return true;
        if (place_ == Place::top_value && in_metadata_) {
            place_ = Place::top;
            return true;
        }
        return refuse_value("null");
    }
    bool boolean(bool) override { return skipped_value() || refuse_value("a boolean"); }
    bool number_integer(std::int64_t) override { return skipped_value() || refuse_value("a negative number"); }
    bool number_float(double, const std::string&) override
    {
        return skipped_value() || refuse_value("a fraction or too large a number");
    }
    bool binary(nlohmann::json::binary_t&) override { return refuse("it holds binary JSON"); }

    bool number_unsigned(std::uint64_t value) override
    {
        if (skipped_value()) return true;
        if (place_ == Place::shape) {
            if (entry().shape.size() >= k_max_rank) return refuse("tensor \"" + entry().name + "\" has too many dimensions");
            entry().shape.push_back(value);
            return true;
        }
        if (place_ == Place::offsets) {
            if (offsets_ == 2) return refuse("tensor \"" + entry().name + "\" has more than two offsets");
            (offsets_ == 0 ? entry().begin : entry().end) = value;
            ++offsets_;
            return true;
        }
        return refuse_value("a number");
    }

    bool string(std::string& value) override
    {
        if (skipped_value()) return true;
        if (place_ == Place::metadata) {
            header_.metadata[key_] = std::move(value);
            return true;
        }
        if (place_ == Place::entry_value && key_ == "dtype") {
            entry().dtype = std::move(value);
            place_ = Place::entry;
            return true;
        }
        return refuse_value("a string");
    }

    bool start_object(std::size_t) override
    {
        if (skip_depth_ > 0 || skip_next_) return enter_skipped();
        switch (place_) {
            case Place::start:
                place_ = Place::top;
                return true;
            case Place::top_value:
                place_ = in_metadata_ ? Place::metadata : Place::entry;
                return true;
            default:
                return refuse_value("an object");
        }
    }

    bool key(std::string& value) override
    {
        if (skip_depth_ > 0) return true;
        if (place_ == Place::top) return start_entry(value);
        key_ = std::move(value);
        if (place_ == Place::entry) return start_field();
        return true;
    }

    bool end_object() override
    {
        if (skip_depth_ > 0) return leave_skipped();
        if (place_ == Place::metadata) {
            place_ = Place::top;
        } else if (place_ == Place::entry) {
            if (!has_dtype_) return refuse("tensor \"" + entry().name + "\" has no type");
            if (!has_shape_) return refuse("tensor \"" + entry().name + "\" has no shape");
            if (!has_offsets_) return refuse("tensor \"" + entry().name + "\" has no offsets");
            place_ = Place::top;
        }
        return true;
    }

    bool start_array(std::size_t) override
    {
        if (skip_depth_ > 0 || skip_next_) return enter_skipped();
        if (place_ == Place::entry_value && key_ == "shape") {
            place_ = Place::shape;
            return true;
        }
        if (place_ == Place::entry_value && key_ == "data_offsets") {
            place_ = Place::offsets;
            return true;
        }
        return refuse_value("a list");
    }

    bool end_array() override
    {
        if (skip_depth_ > 0) return leave_skipped();
        if (place_ == Place::offsets && offsets_ != 2)
            return refuse("tensor \"" + entry().name + "\" has less than two offsets");
        place_ = Place::entry;
        return true;
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::json::exception&) override
    {
        return refuse("its header is not valid JSON at byte " + std::to_string(position));
    }

private:
    enum class Place { start, top, top_value, metadata, entry, entry_value, shape, offsets };

    RawSafetensorsEntry& entry() { return header_.entries.back(); }

    bool refuse(std::string reason)
    {
        reason_ = std::move(reason);
        return false;
    }

    bool refuse_value(std::string_view what)
    {
        if (place_ == Place::start) return refuse("its header is " + std::string(what) + " instead of an object");
        if (place_ == Place::metadata || in_metadata_) return refuse("its metadata holds " + std::string(what));
        const std::string where = header_.entries.empty() ? "an entry" : "the entry of tensor \"" + entry().name + "\"";
        return refuse(where + " holds " + std::string(what) + " where something else must stand");
    }

    bool start_entry(std::string& name)
    {
        in_metadata_ = name == "__metadata__";
        if (in_metadata_) {
            if (metadata_seen_) return refuse("it has metadata twice");
            metadata_seen_ = true;
        } else {
            header_.entries.emplace_back().name = std::move(name);
        }
        has_dtype_ = has_shape_ = has_offsets_ = false;
        offsets_ = 0;
        place_ = Place::top_value;
        return true;
    }

    bool start_field()
    {
        bool* seen = key_ == "dtype"          ? &has_dtype_
                     : key_ == "shape"        ? &has_shape_
                     : key_ == "data_offsets" ? &has_offsets_
                                              : nullptr;
        if (seen == nullptr) {
            skip_next_ = true;
            return true;
        }
        if (*seen) return refuse("tensor \"" + entry().name + "\" has the field \"" + key_ + "\" twice");
        *seen = true;
        place_ = Place::entry_value;
        return true;
    }

    /// True if a plain value belongs to an unknown field and is passed over.
    bool skipped_value()
    {
        if (skip_depth_ > 0) return true;
        if (!skip_next_) return false;
        skip_next_ = false;
        return true;
    }

    bool enter_skipped()
    {
        skip_next_ = false;
        if (++skip_depth_ > k_max_depth) return refuse("its header is nested too deeply");
        return true;
    }

    bool leave_skipped()
    {
        --skip_depth_;
        return true;
    }

    RawSafetensorsHeader& header_;
    std::string reason_;
    std::string key_;
    Place place_ = Place::start;
    bool in_metadata_ = false;
    bool metadata_seen_ = false;
    bool has_dtype_ = false;
    bool has_shape_ = false;
    bool has_offsets_ = false;
    bool skip_next_ = false;
    int offsets_ = 0;
    int skip_depth_ = 0;
};

}  // namespace

std::string parse_safetensors_json(std::string_view text, RawSafetensorsHeader& header)
{
    if (text.empty() || text.front() != '{') return "its header doesn't begin with \"{\"";
    // The JSON library takes a zero byte for the end of its input, which would hide what follows.
    if (text.find('\0') != std::string_view::npos) return "its header holds a zero byte";
    HeaderReader reader(header);
    try {
        if (nlohmann::json::sax_parse(text.begin(), text.end(), &reader)) return {};
    } catch (const std::exception&) {
        return "its header is not valid JSON";
    }
    return reader.reason().empty() ? "its header is not valid JSON" : reader.reason();
}

}  // namespace kinora::core
