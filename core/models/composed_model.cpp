#include "core/models/composed_model.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <set>

#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

std::int64_t number(const DetectedPart& part, const char* key)
{
    if (!part.config.is_object()) return 0;
    const auto found = part.config.find(key);
    return found != part.config.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

/// How many folders two paths share from the root on: the more, the nearer.
std::size_t nearness(const fs::path& a, const fs::path& b)
{
    const auto [end_a, end_b] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    return static_cast<std::size_t>(std::distance(a.begin(), end_a));
}

using Fits = std::function<bool(const DetectedPart&)>;

/// The nearest usable part of a kind that fits; of equally near ones the most precise, then the first by name.
std::optional<DetectedPart> nearest(const std::vector<DetectedPart>& parts, PartKind kind, const fs::path& to,
                                    const Fits& fits)
{
    const DetectedPart* best = nullptr;
    const auto worth = [&](const DetectedPart& part) { return std::pair(nearness(part.path, to), part.bytes); };
    for (const DetectedPart& part : parts) {
        if (part.kind != kind || !part.problem.empty() || !part.config.is_object() || !fits(part)) continue;
        if (best == nullptr || worth(part) > worth(*best)) best = &part;
    }
    return best == nullptr ? std::nullopt : std::optional(*best);
}

constexpr std::array<std::string_view, 6> k_expert_words{"high_noise", "low_noise", "high-noise",
                                                         "low-noise",  "highnoise", "lownoise"};

/// A name without what tells the experts apart.
std::string without_expert(std::string name)
{
    std::string lower = name;
    std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
    for (const std::string_view word : k_expert_words) {
        const auto place = lower.find(word);
        if (place == std::string::npos) continue;
        std::size_t begin = place;
        std::size_t end = place + word.size();
        const auto joins = [&](std::size_t at) { return at < name.size() && (name[at] == '_' || name[at] == '-'); };
        if (joins(end))
            ++end;
        else if (begin > 0 && joins(begin - 1))
            --begin;
        name.erase(begin, end - begin);
        break;
    }
    return name;
}

std::string name_of(const DetectedPart& transformer)
{
    std::error_code ignored;
    const bool folder = fs::is_directory(transformer.path, ignored);
    std::string name = folder ? transformer.path.filename().string() : transformer.path.stem().string();
    // Names that every release uses say nothing; the folder's says more.
    if (!folder && (name == "diffusion_pytorch_model" || name == "model"))
        name = transformer.path.parent_path().filename().string();
    const std::string plain = without_expert(name);
    if (transformer.expert == NoiseExpert::none) return name;
    return plain.empty() || plain == "model" ? transformer.path.parent_path().filename().string() : plain;
}

std::string place(const fs::path& path)
{
    return in_quotes(path_to_utf8(path));
}

void want(ComposedModel& model, std::optional<DetectedPart>& slot, std::optional<DetectedPart> found,
          const std::string& what)
{
    slot = std::move(found);
    if (slot)
        model.notes.push_back("Needs " + what + "; found one in " + place(slot->path) + ".");
    else
        model.missing.push_back("Needs " + what + ", and none is known: add its file with \"kinora-cli models add\".");
}

void want_tokenizer(ComposedModel& model, const std::vector<DetectedPart>& parts, const std::vector<fs::path>& tokenizers)
{
    if (!model.text_encoder) return;
    if (model.text_encoder->has_tokenizer) {
        model.tokenizer = model.text_encoder->path;
        return;
    }
    const fs::path& near = model.text_encoder->path;
    // Any text encoder with as many words that brings its tokenizer has the right one.
    const auto words = number(*model.text_encoder, "vocab_size");
    const auto donor = nearest(parts, PartKind::text_encoder, near, [&](const DetectedPart& part) {
        return part.has_tokenizer && number(part, "vocab_size") == words;
    });
    const auto folder = std::max_element(tokenizers.begin(), tokenizers.end(), [&](const fs::path& a, const fs::path& b) {
        return nearness(a, near) < nearness(b, near);
    });
    const bool folder_first =
        folder != tokenizers.end() && (!donor || nearness(*folder, near) > nearness(donor->path, near));
    if (folder_first)
        model.tokenizer = *folder;
    else if (donor)
        model.tokenizer = donor->path;
    if (model.tokenizer.empty())
        model.missing.emplace_back(
            "Needs the UMT5 tokenizer (spiece.model), and none is known: add the folder it lies in, or a text encoder of "
            "ComfyUI's, which brings it.");
    else
        model.notes.push_back("Needs the UMT5 tokenizer; found one in " + place(model.tokenizer) + ".");
}

void complete(ComposedModel& model, const std::vector<DetectedPart>& parts, const std::vector<fs::path>& tokenizers)
{
    const DetectedPart& transformer = model.transformer;
    const fs::path& near = transformer.path;
    if (!transformer.problem.empty() || !transformer.config.is_object()) {
        model.missing.push_back(place(near) + " can't be used: " + transformer.problem + ".");
        return;
    }
    const auto channels = number(transformer, "out_channels");
    const std::string vae = channels == 48 ? "the Wan 2.2 VAE" : channels == 16 ? "the Wan 2.1 VAE" : "its VAE";
    want(model, model.vae,
         nearest(parts, PartKind::vae, near, [&](const DetectedPart& part) { return number(part, "z_dim") == channels; }),
         vae);
    const auto width = number(transformer, "text_dim");
    want(model, model.text_encoder,
         nearest(parts, PartKind::text_encoder, near,
                 [&](const DetectedPart& part) { return number(part, "d_model") == width; }),
         width == 4096 ? "the text encoder UMT5-XXL" : "its text encoder");
    want_tokenizer(model, parts, tokenizers);
    if (const auto image = number(transformer, "image_dim"); image > 0)
        want(model, model.image_encoder,
             nearest(parts, PartKind::image_encoder, near,
                     [&](const DetectedPart& part) { return number(part, "hidden_size") == image; }),
             "the image encoder CLIP ViT-H");
}

}  // namespace

std::uint64_t ComposedModel::bytes() const
{
    std::uint64_t sum = transformer.bytes;
    for (const auto* part : {&transformer_2, &vae, &text_encoder, &image_encoder})
        if (*part) sum += (*part)->bytes;
    return sum;
}

bool ComposedModel::two_experts() const
{
    return transformer.expert != NoiseExpert::none || transformer_2.has_value();
}

std::vector<ComposedModel> compose_models(const std::vector<DetectedPart>& parts, const std::vector<fs::path>& tokenizers)
{
    std::vector<ComposedModel> models;
    for (const DetectedPart& part : parts) {
        if (part.kind != PartKind::transformer || part.expert == NoiseExpert::low) continue;
        ComposedModel model;
        model.name = name_of(part);
        model.transformer = part;
        if (part.expert == NoiseExpert::high) {
            want(model, model.transformer_2,
                 nearest(parts, PartKind::transformer, part.path,
                         [&](const DetectedPart& other) {
                             return other.expert == NoiseExpert::low && other.config == part.config &&
                                    name_of(other) == model.name;
                         }),
                 "the low-noise expert of its pair");
            const auto comma = model.transformer.variant.find(',');
            model.transformer.variant.resize(std::min(comma, model.transformer.variant.size()));
        }
        complete(model, parts, tokenizers);
        models.push_back(std::move(model));
    }
    // A low-noise expert without its other half is told of, too.
    for (const DetectedPart& part : parts) {
        if (part.kind != PartKind::transformer || part.expert != NoiseExpert::low) continue;
        const bool taken = std::any_of(models.begin(), models.end(), [&](const ComposedModel& model) {
            return model.transformer_2 && model.transformer_2->path == part.path;
        });
        if (taken) continue;
        ComposedModel model;
        model.name = name_of(part);
        model.transformer = part;
        model.missing.emplace_back(
            "Needs the high-noise expert of its pair, and none is known: add its file with \"kinora-cli models add\".");
        models.push_back(std::move(model));
    }
    return models;
}

}  // namespace kinora::core
