#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/base/byte_reader.h"

namespace kinora::core {

/// What a value of a pickle is. `callable` is one of the few functions that are known, `storage_type` a type of elements.
enum class PickleKind {
    none,
    truth,
    whole,
    decimal,
    text,
    list,
    tuple,
    dictionary,
    callable,
    storage_type,
    storage,
    tensor
};

/// One value. Values refer to each other by their place in the machine, so that a graph that shares values stays as small as
/// its pickle.
struct PickleValue {
    PickleKind kind = PickleKind::none;
    std::int64_t number = 0;
    std::string text;                ///< of texts, names of callables and types, key of a storage
    std::vector<std::size_t> items;  ///< of lists, tuples; keys and values by turns of dictionaries; arguments of tensors
};

/// Carries out the instructions of a pickle (protocols 2 to 5, https://docs.python.org/3/library/pickletools.html) on plain
/// data. Memory is bounded by a multiple of the pickle's length.
class PickleMachine {
public:
    explicit PickleMachine(std::string_view pickle);

    /// Returns the reason for a refusal, or an empty text; then `result()` is the value.
    [[nodiscard]] std::string run();

    [[nodiscard]] std::size_t result() const { return result_; }
    [[nodiscard]] const PickleValue& value(std::size_t index) const { return values_[index]; }

private:
    std::string step(std::uint8_t instruction);
    std::string step_value(std::uint8_t instruction);
    std::string step_container(std::uint8_t instruction);
    std::string step_memo(std::uint8_t instruction);
    std::string name_callable(std::string_view module, std::string_view name);
    std::string call();
    std::string call_ordered_dictionary(std::size_t arguments);
    std::string load_storage();
    std::string set_items(std::size_t first);
    std::string append(std::size_t first);

    void push(PickleValue value);
    void push_number(PickleKind kind, std::int64_t number);
    void push_text(std::string_view text);
    std::size_t pop();
    /// Takes everything above the last mark.
    std::vector<std::size_t> pop_to_mark();
    void push_tuple(std::size_t count);
    [[nodiscard]] PickleValue& top() { return values_[stack_.back()]; }

    ByteReader reader_;
    std::vector<PickleValue> values_;
    std::vector<std::size_t> stack_;
    std::vector<std::size_t> marks_;
    std::unordered_map<std::uint32_t, std::size_t> memo_;
    std::uint32_t next_memo_ = 0;
    std::size_t result_ = 0;
    std::size_t references_ = 0;
    bool underflow_ = false;
    bool stopped_ = false;
};

}  // namespace kinora::core
