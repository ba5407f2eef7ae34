#include "ui/models/model_shelf.h"

#include <QStringList>
#include <algorithm>
#include <tuple>

#include "core/base/paths.h"
#include "core/models/download/pull_record.h"
#include "core/models/model_summary.h"
#include "ui/widgets/words.h"

namespace kinora::ui {
namespace {

QString facts_of(const core::ModelSummary& model)
{
    QStringList facts;
    for (const std::string& fact : {model.variant.empty() ? model.family : model.variant, model.precision})
        if (!fact.empty()) facts << QString::fromStdString(fact);
    if (model.bytes > 0) facts << size_words(static_cast<std::int64_t>(model.bytes));
    return facts.join(QStringLiteral(" · "));
}

QString facts_of(const core::DetectedPart& part)
{
    QStringList facts;
    for (const std::string& fact : {part.variant, part.precision, part.format})
        if (!fact.empty()) facts << QString::fromStdString(fact);
    facts << size_words(static_cast<std::int64_t>(part.bytes));
    return facts.join(QStringLiteral(" · "));
}

QString lines_of(const std::vector<std::string>& sentences)
{
    QStringList lines;
    for (const auto& sentence : sentences)
        lines << QString::fromStdString(sentence);
    return lines.join(QLatin1Char('\n'));
}

/// Where the checksums of a model's files were written down, if it was pulled.
std::filesystem::path pulled_folder(const core::CatalogueEntry& entry)
{
    for (const auto& folder : {entry.folder, entry.source}) {
        if (folder.empty()) continue;
        const auto record = core::PullRecord::read(folder);
        if (record && !record->files.empty()) return folder;
    }
    return {};
}

/// The published model whose folder an entry is; null if it is none.
const core::PublishedModel* published_as(const core::CatalogueEntry& entry,
                                         const core::Result<std::vector<core::PublishedModel>>& published,
                                         const ModelShelf& shelf)
{
    if (!published) return nullptr;
    for (const auto& known : *published)
        if (known.is_folder() && core::pull_folder(known, shelf.root) == entry.folder) return &known;
    return nullptr;
}

}  // namespace

ModelShelf ModelShelf::standard()
{
    ModelShelf shelf;
    shelf.folders = core::CatalogueFolders::standard();
    shelf.root = core::default_pull_root();
    if (const auto resources = core::resources_dir()) shelf.published = *resources / "models" / "catalogue.json";
    shelf.hub = core::Hub::from_environment();
    return shelf;
}

core::Result<std::vector<InstalledModel>> list_installed(const ModelShelf& shelf)
{
    const auto entries = core::Catalogue(shelf.folders).list();
    if (!entries) return entries.error();
    const auto published = core::read_published_models(shelf.published);
    std::vector<InstalledModel> models;
    for (const auto& entry : *entries) {
        const core::ModelSummary summary = core::summarise_model(entry);
        InstalledModel model;
        model.id = entry.id;
        model.name = QString::fromStdString(summary.name.empty() ? entry.id : summary.name);
        model.facts = facts_of(summary);
        model.problem = lines_of(summary.missing);
        model.notes = lines_of(summary.notes);
        model.licence = QString::fromStdString(summary.licence);
        model.training = QString::fromStdString(summary.training_data);
        model.folder = entry.composed ? entry.source : entry.folder;
        model.pulled = pulled_folder(entry);
        model.removable = entry.origin == core::ModelOrigin::added;
        if (const auto* known = published_as(entry, published, shelf)) {
            // One that is still on its way stands among those that can be had.
            if (core::pull_state(*known, shelf.root) != core::PullState::whole) continue;
            // What was pulled is known better than from its files.
            model.name = QString::fromStdString(known->title);
            model.training = QString::fromStdString(known->training_data);
            if (model.licence.isEmpty()) model.licence = QString::fromStdString(known->licence);
        }
        models.push_back(std::move(model));
    }
    return models;
}

core::Result<std::vector<InstalledPart>> list_parts(const ModelShelf& shelf)
{
    const auto found = core::Catalogue(shelf.folders).parts();
    if (!found) return found.error();
    std::vector<InstalledPart> parts;
    for (const core::DetectedPart& part : *found) {
        // A transformer stands among the models, with what completes it.
        if (part.kind == core::PartKind::transformer) continue;
        InstalledPart shown;
        shown.name = QString::fromStdString(core::path_to_utf8(part.path.stem()));
        shown.facts = facts_of(part);
        shown.problem = QString::fromStdString(part.problem);
        shown.licence = QString::fromStdString(part.licence);
        shown.training = QString::fromStdString(part.training_data);
        shown.path = part.path;
        shown.lora = part.kind == core::PartKind::lora;
        parts.push_back(std::move(shown));
    }
    std::stable_sort(parts.begin(), parts.end(), [](const InstalledPart& left, const InstalledPart& right) {
        return std::make_tuple(!left.lora, left.name) < std::make_tuple(!right.lora, right.name);
    });
    return parts;
}

}  // namespace kinora::ui
