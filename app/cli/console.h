#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "core/base/error.h"

namespace kinora::cli {

/// How a command answers: sentences for people, or one JSON object on the standard output for programs.
enum class Answer { text, json };

/// The sentence for people on the standard error; with `Answer::json` also `{"error": {"kind": …, "message": …}}` on the
/// standard output. Returns the exit code.
int fail(const core::Error& error, Answer answer = Answer::text);

/// "invalid_argument", "not_found" …, as in JSON.
[[nodiscard]] std::string kind_name(core::ErrorKind kind);

/// A line on the standard error: notes and results for people.
void say(const std::string& line);

/// The one JSON object of a command, on the standard output.
void print_json(const nlohmann::json& object);

}  // namespace kinora::cli
