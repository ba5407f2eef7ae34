#include "core/export/provenance_finishers.h"

#include <algorithm>

#include "core/base/paths.h"
#include "core/base/text.h"
#include "core/provenance/c2pa.h"
#include "core/provenance/disclosure.h"
#include "core/provenance/xmp_files.h"

namespace kinora::media {
namespace {

namespace fs = std::filesystem;

void note(const ProvenanceNotes& notes, const std::string& sentence)
{
    if (notes && std::find(notes->begin(), notes->end(), sentence) == notes->end()) notes->push_back(sentence);
}

/// Pictures and weights that the shots' takes were made from, each once.
std::vector<core::C2paIngredient> ingredients_of(const std::vector<const core::Shot*>& shots,
                                                 const SoundMixer::Locate& locate)
{
    std::vector<core::C2paIngredient> ingredients;
    const auto add = [&](core::C2paIngredient ingredient) {
        const bool known = std::any_of(ingredients.begin(), ingredients.end(),
                                       [&](const core::C2paIngredient& other) { return other.title == ingredient.title; });
        if (!known) ingredients.push_back(std::move(ingredient));
    };
    const auto found = [&](const std::string& file) {
        std::error_code unknown;
        fs::path path = locate && !file.empty() ? locate(file) : fs::path();
        return fs::is_regular_file(path, unknown) ? path : fs::path();
    };
    for (const core::Shot* shot : shots) {
        const core::Take* take = core::selected_take(*shot);
        if (take == nullptr || !take->recipe) continue;
        const core::Recipe told = core::disclosed_recipe(*take->recipe);
        add({told.model_id, {}, "c2pa.types.model", false});
        for (const core::LoraChoice& lora : told.loras)
            add({core::path_to_utf8(lora.file), {}, "c2pa.types.model", false});
        for (std::size_t i = 0; i < told.references.size(); ++i)
            add({told.references[i].source, found(take->recipe->references[i].source), {}, false});
        for (const std::string& parent : take->parents)
            if (const core::Take* known = core::find_take(*shot, parent))
                add({"take " + std::to_string(known->number), found(known->clip), {}, false});
    }
    return ingredients;
}

/// The pictures of a sequence in their order, or the file itself.
std::vector<fs::path> files_of(const FinishedPartial& finished)
{
    if (!finished.folder) return {finished.partial};
    std::vector<fs::path> files;
    std::error_code unknown;
    for (const auto& entry : fs::directory_iterator(finished.partial, unknown))
        if (entry.is_regular_file(unknown) && entry.path().extension() != ".json") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

core::Result<void> write_xmp(const FinishedPartial& finished, const std::string& packet)
{
    for (const fs::path& file : files_of(finished)) {
        const auto written = core::embed_xmp(file, packet);
        if (!written && written.error().kind != core::ErrorKind::unsupported) return written;
    }
    return {};
}

/// Loads library and key at the first file that is signed.
class Signer {
public:
    Signer(ProvenanceOptions options, ProvenanceNotes notes) : options_(std::move(options)), notes_(std::move(notes)) {}

    core::Result<void> sign(const FinishedPartial& finished, core::C2paContent content)
    {
        const std::vector<fs::path> files = files_of(finished);
        if (files.empty() || core::c2pa_format(files.front()).empty()) {
            note(notes_, core::in_quotes(core::path_to_utf8(finished.target.filename())) +
                             " has no content credentials: C2PA has no place in this kind of file.");
            return {};
        }
        const auto library = core::C2paLibrary::load(options_.library);
        if (!library) {
            note(notes_, library.error().message);
            return {};
        }
        const auto key = options_.key.empty()
                             ? core::user_signing_key(core::signing_folder(), core::desktop_key_store().get())
                             : core::read_signing_key(options_.key, options_.certificates);
        if (!key) return key.error();
        for (const fs::path& file : files) {
            const fs::path name = finished.folder ? finished.target / file.filename() : finished.target;
            content.title = core::path_to_utf8(name.filename());
            if (auto done = core::sign_c2pa(**library, *key, content, file, name); !done) return done;
        }
        return {};
    }

private:
    ProvenanceOptions options_;
    ProvenanceNotes notes_;
};

}  // namespace

std::vector<core::Recipe> recipes_of(const std::vector<const core::Shot*>& shots)
{
    std::vector<core::Recipe> recipes;
    for (const core::Shot* shot : shots)
        if (const core::Take* take = core::selected_take(*shot); take != nullptr && take->recipe)
            recipes.push_back(*take->recipe);
    return recipes;
}

core::SourceType source_type_of(const std::vector<const core::Shot*>& shots)
{
    const auto brought = [](const core::Shot* shot) {
        const core::Take* take = core::selected_take(*shot);
        return take != nullptr && !take->recipe;
    };
    return std::any_of(shots.begin(), shots.end(), brought) ? core::SourceType::composite : core::SourceType::generated;
}

std::function<std::vector<Finisher>(const ExportedItem&)> provenance_finishers(ProvenanceOptions options,
                                                                               ProvenanceNotes notes)
{
    const auto signer = std::make_shared<Signer>(options, notes);
    return [signer, options, notes](const ExportedItem& item) {
        std::vector<Finisher> finishers;
        const std::vector<core::Recipe> recipes = recipes_of(item.shots);
        if (recipes.empty()) return finishers;
        core::C2paContent content;
        content.source_type = source_type_of(item.shots);
        if (item.plan.recipe) {
            for (const core::Recipe& recipe : recipes)
                content.recipes.push_back(core::disclosed_recipe(recipe));
            content.ingredients = ingredients_of(item.shots, options.locate);
            const std::string packet = core::make_xmp({content.recipes, content.source_type, item.project.name});
            finishers.push_back([packet](const FinishedPartial& finished) { return write_xmp(finished, packet); });
        }
        if (options.sign)
            finishers.push_back(
                [signer, content](const FinishedPartial& finished) { return signer->sign(finished, content); });
        return finishers;
    };
}

}  // namespace kinora::media
