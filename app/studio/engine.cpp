#include "app/studio/engine.h"

#include <nlohmann/json.hpp>
#include <thread>

#include "app/studio/model_folders.h"
#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/text/prompt_encoder.h"

namespace kinora::studio {
namespace {

core::Result<core::LatentClip> read_latents(const std::filesystem::path& file)
{
    auto saved = inference::load_latents(file);
    if (!saved) return saved.error();
    if (!saved->complete())
        return core::make_error(core::ErrorKind::invalid_argument,
                                "The take's latents are those of a run that was stopped.");
    return std::move(saved->latents);
}

core::Result<ui::JobEngine> make_job_engine()
{
    const auto generator = std::make_shared<inference::WanGenerator>(find_model_folder);
    return ui::JobEngine{generator, generator, read_latents};
}

/// The licence and a word on the training data, from the model's own `kinora.json` where it has one.
void add_notes(ui::ModelEntry& entry, const std::filesystem::path& folder)
{
    const auto text = core::read_file(folder / "kinora.json", 1 << 20);
    if (!text) return;
    const auto json = nlohmann::json::parse(*text, nullptr, false);
    const auto word = [&json](const char* key) {
        const auto found = json.is_object() ? json.find(key) : json.end();
        return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
    };
    entry.licence = word("licence");
    entry.about = word("about");
}

core::Result<std::vector<ui::ModelEntry>> list_models()
{
    inference::WanGenerator reader(find_model_folder);
    std::vector<ui::ModelEntry> models;
    for (const auto& model : model_folders()) {
        const auto capabilities = reader.capabilities(model.id);
        if (!capabilities) {
            core::log_warning(capabilities.error().message);
            continue;
        }
        ui::ModelEntry entry{*capabilities, core::path_to_utf8(model.folder), {}, {}};
        add_notes(entry, model.folder);
        models.push_back(std::move(entry));
    }
    return models;
}

}  // namespace

ui::Engine make_engine()
{
    ui::Engine engine;
    engine.make_job_engine = make_job_engine;
    engine.list_models = list_models;
    engine.planner = std::make_shared<inference::WanGenerator>(find_model_folder);
    engine.tokens = std::make_shared<inference::PromptTokenCounter>(find_model_folder);
    const auto cores = std::max(1U, std::thread::hardware_concurrency());
    engine.device = QStringLiteral("CPU · %1 threads").arg(cores);
    return engine;
}

}  // namespace kinora::studio
