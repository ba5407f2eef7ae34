#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.h"
#include "app/cli/models_actions.h"

namespace kinora::cli {

namespace {

constexpr const char* k_footer = R"(Examples:
  kinora-cli models list
  kinora-cli models inspect starter                      parts, sizes, licence, hashes and what its author says
  kinora-cli models inspect wan2.1_t2v_14B_Q4_K_M.gguf   what a file is, its metadata and tensors
  kinora-cli models add ~/models/Wan2.2-TI2V-5B-Diffusers
  kinora-cli models add ~/ComfyUI/models                 the whole tree, in place
  kinora-cli models add ~/ComfyUI/extra_model_paths.yaml
  kinora-cli models add ~/.cache/huggingface/hub
Adding copies nothing: files stay where they are. A transformer that lies in a file of its own is put together with the VAE,
text encoder and image encoder that fit it, wherever these were added from.)";

void add_action(CLI::App& command, Run& run, const char* name, const char* what, const char* argument,
                int (*action)(const ModelsOptions&))
{
    auto options = std::make_shared<ModelsOptions>();
    CLI::App* sub = command.add_subcommand(name, what);
    if (argument != nullptr) sub->add_option("model", options->model, argument)->required();
    if (action == inspect_model) {
        sub->add_flag("--tensors", options->tensors, "Print the tensors of all parts, too");
        sub->add_flag("--no-hashes", options->no_hashes, "Don't read the files through for their checksums");
    }
    sub->add_flag("--json", options->json, "Print one JSON object");
    sub->callback([options, action, &run] { run = [options, action](const std::stop_token&) { return action(*options); }; });
}

}  // namespace

void add_models_command(CLI::App& app, Run& run)
{
    CLI::App* command = app.add_subcommand("models", "List, inspect, add and get models");
    command->footer(k_footer);
    command->require_subcommand(1);
    add_action(*command, run, "list", "Models on this machine", nullptr, list_models);
    add_action(*command, run, "inspect", "Look into a model", "Name, folder or file", inspect_model);
    add_pull_command(*command, run);
    add_action(*command, run, "add", "Make models known by name, where they lie",
               "Model folder, file, ComfyUI tree, extra_model_paths.yaml or Hugging Face cache", add_model);
    add_action(*command, run, "remove", "Take an added model out of the list; its files stay", "Name of a model",
               remove_model);
}

}  // namespace kinora::cli
