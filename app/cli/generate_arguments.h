#pragma once

#include <CLI/CLI.hpp>

#include "app/cli/generate_options.h"

namespace kinora::cli {

/// Options that the commands which make clips have in common. They write into `options`, which outlives the parsing.
void add_words(CLI::App& command, GenerateOptions& options);     ///< prompt, negative prompt, model
void add_sampling(CLI::App& command, GenerateOptions& options);  ///< steps, guidance, seed, sampler, LoRAs
void add_how(CLI::App& command, GenerateOptions& options);       ///< device, output and how to report

}  // namespace kinora::cli
