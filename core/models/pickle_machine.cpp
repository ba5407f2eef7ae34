#include "core/models/pickle_machine.h"

#include <algorithm>
#include <array>

#include "core/base/text.h"
#include "core/models/pickle_instructions.h"

namespace kinora::core {

using namespace pickle;  // names of instructions

namespace {

/// Elements of storages by PyTorch's classes for them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 10> k_storages{{{"FloatStorage", "F32"},
                                                                                    {"HalfStorage", "F16"},
                                                                                    {"BFloat16Storage", "BF16"},
                                                                                    {"DoubleStorage", "F64"},
                                                                                    {"LongStorage", "I64"},
                                                                                    {"IntStorage", "I32"},
                                                                                    {"ShortStorage", "I16"},
                                                                                    {"CharStorage", "I8"},
                                                                                    {"ByteStorage", "U8"},
                                                                                    {"BoolStorage", "BOOL"}}};

constexpr std::array<std::string_view, 4> k_callables{"torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_parameter",
                                                      "collections.OrderedDict", "torch.Size"};

// What no list of weights needs, and a crafted pickle could grow by its instructions for free.
constexpr std::size_t k_most_references = 2U << 20U;

constexpr std::size_t k_longest_key = 256;

}  // namespace

PickleMachine::PickleMachine(std::string_view pickle) : reader_(std::as_bytes(std::span(pickle.data(), pickle.size()))) {}

std::string PickleMachine::run()
{
    while (!stopped_) {
        const auto instruction = reader_.number<std::uint8_t>();
        if (!reader_.ok()) return "its pickle is cut off";
        if (auto reason = step(instruction); !reason.empty()) return reason;
        if (!reader_.ok()) return "its pickle is cut off";
        if (underflow_) return "its pickle takes values that aren't there";
        if (references_ > k_most_references) return "its pickle holds more values than any list of weights";
    }
    return {};
}

std::string PickleMachine::step(std::uint8_t instruction)
{
    switch (instruction) {
        case op_protocol:
            reader_.skip(1);
            return {};
        case op_frame:
            reader_.skip(8);
            return {};
        case op_mark:
            marks_.push_back(stack_.size());
            ++references_;
            return {};
        case op_pop:
            (void)pop();
            return {};
        case op_stop:
            result_ = pop();
            stopped_ = true;
            return {};
        case op_global: {
            const auto module = reader_.line();
            return name_callable(module, reader_.line());
        }
        case op_stack_global: {
            const std::size_t name = pop();
            const std::size_t module = pop();
            if (underflow_) return {};
            return name_callable(std::string(values_[module].text), std::string(values_[name].text));
        }
        case op_reduce:
            return call();
        case op_persistent:
            return load_storage();
        case op_build:
            // The only state that lists of weights carry is the dictionary's own notes on its modules.
            (void)pop();
            if (underflow_ || stack_.empty()) return "its pickle takes values that aren't there";
            if (top().kind != PickleKind::dictionary) return "its pickle sets the state of something else than a dictionary";
            return {};
        default:
            return step_value(instruction);
    }
}

std::string PickleMachine::step_value(std::uint8_t instruction)
{
    switch (instruction) {
        case op_none:
            push({});
            return {};
        case op_true:
        case op_false:
            push_number(PickleKind::truth, instruction == op_true ? 1 : 0);
            return {};
        case op_int:
            push_number(PickleKind::whole, reader_.number<std::int32_t>());
            return {};
        case op_int1:
            push_number(PickleKind::whole, reader_.number<std::uint8_t>());
            return {};
        case op_int2:
            push_number(PickleKind::whole, reader_.number<std::uint16_t>());
            return {};
        case op_long1: {
            const auto bytes = reader_.text(reader_.number<std::uint8_t>());
            if (bytes.size() > 8) return "its pickle holds a number that is too large";
            std::uint64_t number = !bytes.empty() && (bytes.back() & 0x80) != 0 ? ~std::uint64_t{0} : 0;
            for (std::size_t i = bytes.size(); i-- > 0;)
                number = number << 8U | static_cast<std::uint8_t>(bytes[i]);
            push_number(PickleKind::whole, static_cast<std::int64_t>(number));
            return {};
        }
        case op_float:
            reader_.skip(8);
            push_number(PickleKind::decimal, 0);
            return {};
        case op_unicode:
        case op_bytes:
            push_text(reader_.text(reader_.number<std::uint32_t>()));
            return {};
        case op_short_unicode:
        case op_short_bytes:
        case op_short_string:
            push_text(reader_.text(reader_.number<std::uint8_t>()));
            return {};
        default:
            return step_container(instruction);
    }
}

std::string PickleMachine::step_container(std::uint8_t instruction)
{
    switch (instruction) {
        case op_empty_list:
            push({.kind = PickleKind::list, .number = 0, .text = {}, .items = {}});
            return {};
        case op_empty_dict:
            push({.kind = PickleKind::dictionary, .number = 0, .text = {}, .items = {}});
            return {};
        case op_empty_tuple:
            push_tuple(0);
            return {};
        case op_tuple1:
        case op_tuple2:
        case op_tuple3:
            push_tuple(instruction - op_tuple1 + 1U);
            return {};
        case op_tuple: {
            PickleValue tuple{.kind = PickleKind::tuple, .number = 0, .text = {}, .items = pop_to_mark()};
            push(std::move(tuple));
            return {};
        }
        case op_append:
            return append(stack_.empty() ? 0 : stack_.size() - 1);
        case op_set_item:
            return set_items(stack_.size() < 2 ? 0 : stack_.size() - 2);
        case op_appends:
        case op_set_items: {
            if (marks_.empty()) return "its pickle takes values that aren't there";
            const std::size_t first = marks_.back();
            marks_.pop_back();
            return instruction == op_appends ? append(first) : set_items(first);
        }
        default:
            return step_memo(instruction);
    }
}

std::string PickleMachine::step_memo(std::uint8_t instruction)
{
    const auto put = [&](std::uint32_t place) {
        underflow_ = underflow_ || stack_.empty();
        if (!underflow_) memo_[place] = stack_.back();
        ++references_;
        next_memo_ = std::max(next_memo_, place + 1);
        return std::string();
    };
    const auto get = [&](std::uint32_t place) -> std::string {
        const auto found = memo_.find(place);
        if (found == memo_.end()) return "its pickle takes values that aren't there";
        stack_.push_back(found->second);
        ++references_;
        return {};
    };
    switch (instruction) {
        case op_put1:
            return put(reader_.number<std::uint8_t>());
        case op_put4:
            return put(reader_.number<std::uint32_t>());
        case op_memoize:
            return put(next_memo_);
        case op_get1:
            return get(reader_.number<std::uint8_t>());
        case op_get4:
            return get(reader_.number<std::uint32_t>());
        default:
            return "its pickle holds the instruction " + std::to_string(instruction) +
                   ", which no list of weights needs; save the weights as safetensors";
    }
}

std::string PickleMachine::name_callable(std::string_view module, std::string_view name)
{
    const std::string full = std::string(module) + "." + std::string(name);
    if (module == "torch") {
        const auto* storage =
            std::find_if(k_storages.begin(), k_storages.end(), [&](const auto& known) { return known.first == name; });
        if (storage != k_storages.end()) {
            push({.kind = PickleKind::storage_type, .number = 0, .text = std::string(storage->second), .items = {}});
            return {};
        }
    }
    if (std::find(k_callables.begin(), k_callables.end(), full) == k_callables.end()) {
        return "it asks for " + in_quotes(full) +
               ", which is no tensor, and nothing in such a file is ever executed; save the weights as safetensors";
    }
    push({.kind = PickleKind::callable, .number = 0, .text = full, .items = {}});
    return {};
}

std::string PickleMachine::call()
{
    const std::size_t arguments = pop();
    const std::size_t function = pop();
    if (underflow_) return {};
    if (values_[function].kind != PickleKind::callable || values_[arguments].kind != PickleKind::tuple)
        return "its pickle calls something that is no function";
    const std::string name = values_[function].text;
    // A tensor's first four arguments say all; copying more would let a few bytes of pickle fill the memory.
    const auto& given = values_[arguments].items;
    const std::vector<std::size_t> items(
        given.begin(), given.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(given.size(), 4)));
    if (name == "collections.OrderedDict") return call_ordered_dictionary(arguments);
    if (name == "torch._utils._rebuild_tensor_v2") {
        if (items.size() < 4 || values_[items[0]].kind != PickleKind::storage) return "it describes a tensor wrongly";
        push({.kind = PickleKind::tensor, .number = 0, .text = {}, .items = items});
        return {};
    }
    if (name == "torch._utils._rebuild_parameter" && !items.empty() && values_[items[0]].kind == PickleKind::tensor) {
        stack_.push_back(items[0]);
        return {};
    }
    if (name == "torch.Size" && items.size() == 1) {
        stack_.push_back(items[0]);
        return {};
    }
    return "its pickle calls " + in_quotes(name) + " wrongly";
}

std::string PickleMachine::call_ordered_dictionary(std::size_t arguments)
{
    PickleValue dictionary{.kind = PickleKind::dictionary, .number = 0, .text = {}, .items = {}};
    if (!values_[arguments].items.empty()) {
        const PickleValue& pairs = values_[values_[arguments].items.front()];
        if (pairs.kind != PickleKind::list) return "its pickle fills a dictionary wrongly";
        for (const std::size_t pair : pairs.items) {
            if (values_[pair].items.size() != 2) return "its pickle fills a dictionary wrongly";
            dictionary.items.insert(dictionary.items.end(), values_[pair].items.begin(), values_[pair].items.end());
        }
        references_ += dictionary.items.size();
    }
    push(std::move(dictionary));
    return {};
}

std::string PickleMachine::load_storage()
{
    const std::size_t id = pop();
    if (underflow_) return {};
    const auto& items = values_[id].items;
    const bool known = values_[id].kind == PickleKind::tuple && items.size() == 5 && values_[items[0]].text == "storage" &&
                       values_[items[1]].kind == PickleKind::storage_type && values_[items[2]].kind == PickleKind::text &&
                       values_[items[2]].text.size() <= k_longest_key && values_[items[4]].kind == PickleKind::whole;
    if (!known) return "it stores elements of a kind that Kinora doesn't know";
    push({.kind = PickleKind::storage,
          .number = values_[items[4]].number,
          .text = values_[items[2]].text,
          .items = {items[1]}});
    return {};
}

std::string PickleMachine::append(std::size_t first)
{
    if (first == 0 || first > stack_.size() || values_[stack_[first - 1]].kind != PickleKind::list)
        return "its pickle appends to something that is no list";
    auto& items = values_[stack_[first - 1]].items;
    items.insert(items.end(), stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
    stack_.resize(first);
    return {};
}

std::string PickleMachine::set_items(std::size_t first)
{
    if (first == 0 || first > stack_.size() || (stack_.size() - first) % 2 != 0 ||
        values_[stack_[first - 1]].kind != PickleKind::dictionary)
        return "its pickle fills something that is no dictionary";
    auto& items = values_[stack_[first - 1]].items;
    items.insert(items.end(), stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
    stack_.resize(first);
    return {};
}

void PickleMachine::push(PickleValue value)
{
    values_.push_back(std::move(value));
    stack_.push_back(values_.size() - 1);
    ++references_;
}

void PickleMachine::push_number(PickleKind kind, std::int64_t number)
{
    push({.kind = kind, .number = number, .text = {}, .items = {}});
}

void PickleMachine::push_text(std::string_view text)
{
    push({.kind = PickleKind::text, .number = 0, .text = std::string(text), .items = {}});
}

std::size_t PickleMachine::pop()
{
    const std::size_t floor = marks_.empty() ? 0 : marks_.back();
    if (stack_.size() <= floor) {
        underflow_ = true;
        return 0;
    }
    const std::size_t index = stack_.back();
    stack_.pop_back();
    return index;
}

std::vector<std::size_t> PickleMachine::pop_to_mark()
{
    // An item appended across a mark leaves the mark above the stack.
    if (marks_.empty() || marks_.back() > stack_.size()) {
        underflow_ = true;
        return {};
    }
    const std::size_t first = marks_.back();
    marks_.pop_back();
    std::vector<std::size_t> items(stack_.begin() + static_cast<std::ptrdiff_t>(first), stack_.end());
    stack_.resize(first);
    return items;
}

void PickleMachine::push_tuple(std::size_t count)
{
    std::vector<std::size_t> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    if (underflow_) return;
    push({.kind = PickleKind::tuple, .number = 0, .text = {}, .items = std::move(items)});
}

}  // namespace kinora::core
