#include "app/studio/engine.h"

#include <QCoreApplication>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <thread>

#include "core/base/log.h"
#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/models/catalogue.h"
#include "inference/enhance/enhance_engine.h"
#include "inference/pipeline/latents_file.h"
#include "inference/pipeline/wan_generator.h"
#include "inference/runtime/device.h"
#include "inference/runtime/memory.h"
#include "inference/text/prompt_encoder.h"
#include "ui/session/desktop.h"

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

/// The folder of a model: one of the catalogue, or the path of a folder, as recipes may name it.
core::Result<std::filesystem::path> find_model_folder(const std::string& id)
{
    const auto path = core::path_from_utf8(id);
    if (path.is_absolute() && core::looks_like_model_folder(path)) return path;
    auto entry = core::Catalogue().find(id);
    if (!entry) return entry.error();
    return entry->folder;
}

core::Result<ui::JobEngine> make_job_engine()
{
    const auto generator = std::make_shared<inference::WanGenerator>(find_model_folder);
    return ui::JobEngine{generator, generator, read_latents, generator, std::make_shared<inference::EnhanceEngine>()};
}

core::Result<std::shared_ptr<core::Generator>> make_drafter()
{
    return std::shared_ptr<core::Generator>(
        std::make_shared<inference::WanGenerator>(find_model_folder, inference::Traces::none));
}

/// Tells what a clip takes beside what the process holds already: the pictures that the studio keeps, and a model that is
/// loaded, would make each clip look dearer than the one before.
class ClipPlanner : public core::Planner {
public:
    core::Result<core::Estimate> estimate(const core::GenerationRequest& request) override
    {
        const auto device = inference::choose_device(request.device);
        const std::int64_t held = device ? inference::memory_in_use(*device) : 0;
        auto estimate = generator_.estimate(request);
        if (estimate) estimate->peak_bytes = std::max<std::int64_t>(0, estimate->peak_bytes - held);
        return estimate;
    }

private:
    inference::WanGenerator generator_{find_model_folder};
};

/// The first paragraph of a card that isn't a heading, for the models panel.
std::string first_paragraph(const std::string& text)
{
    std::istringstream lines(text);
    std::string paragraph;
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() && !paragraph.empty()) break;
        if (!line.empty() && line.front() != '#') paragraph += (paragraph.empty() ? "" : " ") + line;
    }
    std::erase(paragraph, '`');  // it is shown as plain words
    return paragraph;
}

core::Result<std::vector<ui::ModelEntry>> list_models()
{
    const auto entries = core::Catalogue().list();
    if (!entries) return entries.error();
    inference::WanGenerator reader(find_model_folder);
    std::vector<ui::ModelEntry> models;
    for (const auto& entry : *entries) {
        const auto capabilities = reader.capabilities(entry.id);
        if (!capabilities) {
            core::log_warning(capabilities.error().message);
            continue;
        }
        const auto card = core::read_model_card(entry.folder);
        models.push_back({*capabilities, core::path_to_utf8(entry.folder), card.license, first_paragraph(card.text)});
    }
    return models;
}

/// Cards that work side by side where there are several. The driver's list is looked at before CUDA is asked, whose start
/// would hold up the window.
std::vector<std::string> side_by_side()
{
    std::error_code none;
    const std::filesystem::directory_iterator listed("/proc/driver/nvidia/gpus", none);
    const auto count = std::distance(begin(listed), end(listed));
    if (none || count < 2) return {};
    auto cards = inference::cards();
    return cards.size() > 1 ? std::move(cards) : std::vector<std::string>();
}

/// Kinora's own networks come with its resources.
core::Result<void> has_network(core::Verb verb)
{
    const auto resources = core::resources_dir();
    if (!resources) return resources.error();
    const auto file = *resources / "models" / "enhance" /
                      (verb == core::Verb::upscale ? "upscale-x2.safetensors" : "interpolate.safetensors");
    std::error_code ignored;
    if (std::filesystem::is_regular_file(file, ignored)) return {};
    return core::make_error(core::ErrorKind::not_found,
                            core::in_quotes(core::path_to_utf8(file)) + " is missing: install Kinora with its resources.");
}

}  // namespace

ui::Engine make_engine()
{
    ui::Engine engine;
    engine.make_job_engine = make_job_engine;
    engine.make_drafter = make_drafter;
    engine.devices = side_by_side();
    engine.list_models = list_models;
    engine.planner = std::make_shared<ClipPlanner>();
    engine.tokens = std::make_shared<inference::PromptTokenCounter>(find_model_folder);
    engine.enhances = has_network;
    engine.desktop = ui::make_desktop();
    const auto cores = std::max(1U, std::thread::hardware_concurrency());
    engine.device = QCoreApplication::translate("Engine", "CPU · %1 threads").arg(cores);
    return engine;
}

}  // namespace kinora::studio
