#pragma once

#include <cstdint>

/// The instructions of Python's pickles that lists of weights are made of
/// (https://docs.python.org/3/library/pickletools.html).
namespace kinora::core::pickle {

// Instructions by the characters that stand for them.
enum : std::uint8_t {
    op_mark = '(',
    op_stop = '.',
    op_pop = '0',
    op_none = 'N',
    op_true = 0x88,
    op_false = 0x89,
    op_int = 'J',
    op_int1 = 'K',
    op_int2 = 'M',
    op_long1 = 0x8a,
    op_float = 'G',
    op_unicode = 'X',
    op_short_unicode = 0x8c,
    op_bytes = 'B',
    op_short_bytes = 'C',
    op_short_string = 'U',
    op_global = 'c',
    op_stack_global = 0x93,
    op_empty_list = ']',
    op_empty_tuple = ')',
    op_empty_dict = '}',
    op_tuple = 't',
    op_tuple1 = 0x85,
    op_tuple2 = 0x86,
    op_tuple3 = 0x87,
    op_append = 'a',
    op_appends = 'e',
    op_set_item = 's',
    op_set_items = 'u',
    op_build = 'b',
    op_reduce = 'R',
    op_persistent = 'Q',
    op_put1 = 'q',
    op_put4 = 'r',
    op_get1 = 'h',
    op_get4 = 'j',
    op_memoize = 0x94,
    op_protocol = 0x80,
    op_frame = 0x95,
};

}  // namespace kinora::core::pickle
