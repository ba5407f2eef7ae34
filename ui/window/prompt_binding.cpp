#include "ui/window/prompt_binding.h"

#include <QDateTime>
#include <QDesktopServices>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QToolButton>
#include <QUrl>

#include "core/generation/guidance.h"
#include "core/project/cast_edits.h"
#include "core/project/shot_prompt.h"
#include "core/project/take_edits.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/prompt_list_popover.h"
#include "ui/shot/shot_panel.h"

namespace kinora::ui {
namespace {

constexpr std::size_t k_most_variants = 50;
constexpr std::size_t k_shortest_word = 4;

}  // namespace

PromptBinding::PromptBinding(StudioSession& session, ShotPanel& panel, QObject* parent)
    : QObject(parent),
      session_(session),
      panel_(panel),
      history_(new PromptListPopover(tr("Prompts used before"), PromptListPopover::Search::field, &panel)),
      variants_(new PromptListPopover(tr("Variants"), PromptListPopover::Search::none, &panel))
{
    sources_.looks = bundled_looks();
    connect_session();
    connect_cast();
    connect(panel_.history_button(), &QToolButton::clicked, this, &PromptBinding::open_history);
    connect(history_, &PromptListPopover::search_changed, this, &PromptBinding::fill_history);
    connect(history_, &PromptListPopover::chosen, this, &PromptBinding::use_from_history);
    connect(variants_, &PromptListPopover::chosen, this, &PromptBinding::use_variant);
    for (PromptEditor* editor : {panel_.prompt(), panel_.negative()}) {
        connect(editor, &PromptEditor::history_requested, this, &PromptBinding::open_history);
        connect(editor, &PromptEditor::define_requested, this,
                [this](const QString& name) { define(name, CastField::text); });
    }
    connect(panel_.prompt(), &PromptEditor::variants_requested, this, &PromptBinding::open_variants);
    if (session_.keeper().store()) refresh(true);
}

void PromptBinding::connect_session()
{
    auto& prompts = session_.prompts();
    connect(&prompts, &PromptDesk::tokens_counted, panel_.prompt(), &PromptEditor::set_tokens);
    connect(&prompts, &PromptDesk::wildcards_changed, this, [this] { refresh(true); });
    connect(&prompts, &PromptDesk::history_changed, this, &PromptBinding::refresh_sources);
    connect(&prompts, &PromptDesk::wildcard_folder_ready, this,
            [](const QString& folder) { QDesktopServices::openUrl(QUrl::fromLocalFile(folder)); });
    connect(&session_, &StudioSession::project_opened, this, [this] { refresh(true); });
    connect(&session_, &StudioSession::models_changed, this, [this] { refresh(true); });
    connect(&session_, &StudioSession::selection_changed, this, [this] {
        refresh(true);
        refresh_sources();
    });
    connect(&session_, &StudioSession::project_changed, this, [this] { refresh(false); });
}

void PromptBinding::connect_cast()
{
    auto* cast = panel_.cast();
    connect(panel_.cast_button(), &QToolButton::clicked, this, &PromptBinding::refresh_cast);
    connect(cast, &CastPage::add_requested, this, [this] {
        define(QString::fromStdString(core::free_variable_name(session_.project(), "hero")), CastField::name);
    });
    connect(cast, &CastPage::variable_edited, this, &PromptBinding::edit_variable);
    connect(cast, &CastPage::renamed, this, &PromptBinding::rename);
    connect(cast, &CastPage::remove_requested, this, [this](const QString& name) {
        session_.change(tr("Remove variable"), [name = name.toStdString()](core::Project& project) {
            return core::remove_variable(project, name);
        });
    });
    connect(cast, &CastPage::common_edited, this, [this](const QString& text) {
        session_.change(
            tr("Change the project-wide prompt"),
            [text = text.toStdString()](core::Project& project) { return core::set_common_prompt(project, text); },
            "common prompt");
    });
    connect(cast, &CastPage::common_negative_edited, this, [this](const QString& text) {
        session_.change(
            tr("Change the project-wide negative prompt"),
            [text = text.toStdString()](core::Project& project) { return core::set_common_negative_prompt(project, text); },
            "common negative prompt");
    });
    connect(cast, &CastPage::wildcard_folder_requested, &session_.prompts(), &PromptDesk::make_wildcard_folder);
}

void PromptBinding::refresh(bool everything)
{
    const auto* shot = session_.shot();
    const core::Project& project = session_.project();
    const bool settings_changed = everything || shown_project_ != project.settings;
    if (settings_changed || panel_.cast_shown()) refresh_cast();
    if (!shot) return;
    if (!settings_changed && shown_settings_ == shot->settings) return;
    shown_settings_ = shot->settings;
    shown_project_ = project.settings;
    const auto model = session_.model_of(*shot);
    const auto& wildcards = session_.prompts().wildcards();
    const auto context = core::prompt_context(project, *shot, model, wildcards, shot->settings.seed);
    panel_.prompt()->set_context(context);
    panel_.negative()->set_context(core::negative_prompt_context(project, *shot, model, wildcards, shot->settings.seed));
    panel_.cast()->set_context(context, sources_);
    panel_.cast()->show_wildcards(wildcards);
    refresh_remark();
}

void PromptBinding::refresh_remark()
{
    const auto* shot = session_.shot();
    const auto model = session_.model_of(*shot);
    const float usual = core::usual_guidance(model, shot->settings.guidance_mode.value_or("cfg"));
    const bool unguided = shot->settings.guidance.value_or(usual) <= 1.0F;
    panel_.negative()->set_remark(unguided ? tr("With a guidance of 1 the model doesn't see this.") : QString());
}

void PromptBinding::refresh_sources()
{
    core::PromptHistory known = session_.prompts().history();
    for (const auto& shot : session_.project().shots)
        if (shot->id != session_.selected_shot()) known.add({shot->prompt, {}, 0});
    sources_.words.clear();
    for (const std::string& word : known.words(k_shortest_word))
        sources_.words.append(QString::fromStdString(word));
    panel_.prompt()->set_suggestion_sources(sources_);
    panel_.negative()->set_suggestion_sources(sources_);
}

void PromptBinding::refresh_cast()
{
    const core::Project& project = session_.project();
    CastView view;
    view.variables = project.settings.variables;
    view.common_prompt = project.settings.common_prompt;
    view.common_negative_prompt = project.settings.common_negative_prompt;
    for (const auto& [name, text] : view.variables)
        view.uses[name] = static_cast<int>(core::shots_using(project, name));
    panel_.cast()->show_cast(view);
}

void PromptBinding::open_history()
{
    history_->search_field()->clear();
    fill_history({});
    history_->open_below(panel_.prompt(), panel_.prompt()->width() + 80);
}

void PromptBinding::fill_history(const QString& words)
{
    const auto& history = session_.prompts().history();
    QVector<PromptListPopover::Entry> entries;
    for (const std::size_t index : history.search(words.toStdString())) {
        const core::UsedPrompt& used = history.prompts()[index];
        const QString when = QLocale().toString(QDateTime::fromSecsSinceEpoch(used.used), QLocale::ShortFormat);
        entries.append({QString::fromStdString(used.text), when, static_cast<int>(index)});
    }
    history_->set_entries(entries, words.isEmpty() ? tr("Prompts that you generate from are kept here.")
                                                   : tr("No earlier prompt has these words."));
}

void PromptBinding::use_from_history(int index)
{
    const auto& prompts = session_.prompts().history().prompts();
    const auto* shot = session_.shot();
    if (!shot || index < 0 || static_cast<std::size_t>(index) >= prompts.size()) return;
    const core::UsedPrompt chosen = prompts[static_cast<std::size_t>(index)];
    // What stood there isn't lost.
    session_.prompts().remember(QString::fromStdString(shot->prompt), QString::fromStdString(shot->negative_prompt));
    session_.change(tr("Use an earlier prompt"), [chosen, id = shot->id](core::Project& project) {
        if (auto done = core::set_prompt(project, id, chosen.text); !done) return done;
        return core::set_negative_prompt(project, id, chosen.negative);
    });
    panel_.focus_prompt();
}

void PromptBinding::open_variants()
{
    const std::string text = panel_.prompt()->text().toStdString();
    const auto& context = panel_.prompt()->context();
    listed_ = core::list_variants(text, context, k_most_variants);
    QVector<PromptListPopover::Entry> entries;
    for (std::size_t i = 0; i < listed_.size(); ++i)
        entries.append({QString::fromStdString(listed_[i]), {}, static_cast<int>(i)});
    const auto count = core::count_variants(text, context);
    const auto more = count - static_cast<std::int64_t>(listed_.size());
    variants_->set_heading(more > 0 ? tr("%1: the first %2").arg(panel_.prompt()->variants_text()).arg(listed_.size())
                                    : panel_.prompt()->variants_text());
    variants_->set_entries(entries, {});
    variants_->open_below(panel_.prompt()->variants_button(), panel_.prompt()->width() + 80);
}

void PromptBinding::use_variant(int index)
{
    const auto* shot = session_.shot();
    if (!shot || index < 0 || static_cast<std::size_t>(index) >= listed_.size()) return;
    session_.prompts().remember(QString::fromStdString(shot->prompt), QString::fromStdString(shot->negative_prompt));
    session_.change(tr("Use a variant"), [text = listed_[static_cast<std::size_t>(index)], id = shot->id](
                                             core::Project& project) { return core::set_prompt(project, id, text); });
    panel_.focus_prompt();
}

void PromptBinding::define(const QString& name, CastField field)
{
    session_.change(tr("Add variable"),
                    [name = name.toStdString()](core::Project& project) { return core::set_variable(project, name, {}); });
    panel_.show_cast(true);
    panel_.cast()->focus_variable(name, field);
}

void PromptBinding::edit_variable(const QString& name, const QString& text)
{
    const std::string key = name.toStdString();
    session_.change(
        tr("Change variable"),
        [key, text = text.toStdString()](core::Project& project) { return core::set_variable(project, key, text); },
        "variable:" + key);
}

void PromptBinding::rename(const QString& from, const QString& to)
{
    session_.change(tr("Rename variable"), [from = from.toStdString(), to = to.toStdString()](core::Project& project) {
        return core::rename_variable(project, from, to);
    });
}

}  // namespace kinora::ui
