#pragma once

#include <QImage>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/project/document.h"
#include "core/time/rational_time.h"
#include "ui/session/background.h"
#include "ui/session/engine.h"
#include "ui/session/export_maker.h"
#include "ui/session/job_desk.h"
#include "ui/session/project_keeper.h"
#include "ui/session/prompt_desk.h"

namespace kinora::ui {

class JobCourtesy;
class MediaImporter;

/// Where the session finds and keeps things.
struct SessionPlaces {
    std::filesystem::path state;     ///< queue and what was open last
    std::filesystem::path projects;  ///< new projects go here
    std::filesystem::path sample;    ///< the sample project; empty or missing: none
};

/// Something to tell the artist, with the next step where there is one.
struct SessionMessage {
    enum class Kind { info, warning, error };
    Kind kind = Kind::info;
    QString text;
};

/// The studio's document and everything that changes it: turns gestures into undoable edits, queues jobs, takes their
/// results in. Knows no widget. Lives on the UI thread, and no function of it waits for the disk or for the engine.
class StudioSession : public QObject {
    Q_OBJECT
public:
    StudioSession(Engine engine, SessionPlaces places, QObject* parent = nullptr);
    ~StudioSession() override;

    /// Opens the given project, else the last one, else a copy of the sample, else a new one.
    void start(const std::filesystem::path& project = {});
    void open_project(const std::filesystem::path& folder);
    void new_project(const QString& name);
    void new_project(const core::NewProject& options);
    /// Newest first; some may be gone from the disk by now.
    [[nodiscard]] std::vector<std::filesystem::path> recent_projects() const { return recent_; }
    void forget_recent(const std::vector<std::filesystem::path>& folders);
    [[nodiscard]] const SessionPlaces& places() const { return places_; }

    [[nodiscard]] const core::Project& project() const { return document_.project(); }
    [[nodiscard]] const core::Document& document() const { return document_; }
    /// For what works on the project's files and changes the document without a step: Relink, Collect, clean-up.
    [[nodiscard]] core::Document& document() { return document_; }
    [[nodiscard]] ProjectKeeper& keeper() { return *keeper_; }
    [[nodiscard]] JobDesk& desk() { return *desk_; }
    [[nodiscard]] JobCourtesy& courtesy() { return *courtesy_; }
    [[nodiscard]] MediaImporter& importer() { return *importer_; }
    [[nodiscard]] PromptDesk& prompts() { return *prompts_; }
    [[nodiscard]] const Engine& engine() const { return engine_; }
    [[nodiscard]] const std::vector<ModelEntry>& models() const { return models_; }
    /// Reads the list of models again; `models_changed` tells when it is there.
    void reload_models() { load_models(); }
    [[nodiscard]] core::ModelCapabilities model_of(const core::Shot& shot) const;
    /// Null if it isn't installed.
    [[nodiscard]] const core::ModelCapabilities* find_model(const std::string& id) const;
    [[nodiscard]] std::filesystem::path folder() const;
    /// Absolute path of a file of the project; empty if there is none.
    [[nodiscard]] QString file(const std::string& relative) const;

    [[nodiscard]] const std::string& selected_shot() const { return selected_; }
    /// Null if there is no shot.
    [[nodiscard]] const core::Shot* shot() const;
    [[nodiscard]] std::size_t shot_index() const;
    void select_shot(const std::string& id);

    // Edits: each is one undo step.
    void rename_project(const QString& name);
    void set_prompt(const QString& text);
    void set_negative_prompt(const QString& text);
    void end_typing();
    void set_settings(const core::ShotSettings& settings);
    void add_shot();
    /// Any edit under the name that the history shows.
    void change(const QString& name, const core::Document::Edit& edit, std::string_view merge_key = {});
    /// Project frames; nothing: everything.
    void set_export_range(std::optional<core::FrameRange> range);
    /// Kinora's clipboard text, before shot `index`, sounds from `frame` on. `inserted` tells what came of it, later if
    /// files of another project have to be copied.
    void paste(const std::string& text, std::size_t index, std::int64_t frame);
    /// Brings files into the project on another thread: pictures before shot `index`, sound onto a track at `frame`.
    void import_files(const QStringList& files, std::size_t index, std::int64_t frame, std::size_t track);
    /// A drag of in or out; `finished` ends the gesture, which is one step.
    void trim(const std::string& id, core::FrameRange range, bool finished);
    /// The shot that is being trimmed; empty between drags.
    [[nodiscard]] const std::string& trimmed_shot() const { return trimming_; }
    /// Ends the drag where it is, if one goes on.
    void end_trim();
    void select_take(const std::string& take);
    void star_take(const std::string& take, bool starred);
    void remove_take(const std::string& take);
    void use_settings_of(const std::string& take);
    /// Prompt and settings as a recipe tells them, seed locked.
    void use_recipe(const core::Recipe& recipe);
    /// Copies the picture into the project and makes it the shot's first (0) or last (-1) frame.
    void set_reference(int frame, const QString& file);
    void set_reference(int frame, const QImage& picture, const QString& name);
    /// A picture of a clip, made the shot's reference at `place`.
    void set_reference_from_clip(int place, const QString& clip, int frame);
    void remove_reference(int frame);
    /// The last frame shown of the shot before becomes this one's first.
    void chain_to_previous();
    /// The first frame shown of the shot behind becomes this one's last.
    void lead_to_next();
    void undo();
    void redo();
    /// To a step of the history: 0 is the project as it was opened.
    void go_to_step(std::size_t position);

    /// How precisely takes are made from now on, as requests name it.
    void set_precision(const std::string& precision) { precision_ = precision; }
    /// What the engine is asked for when a take of such a shot is made.
    [[nodiscard]] core::Result<core::GenerationRequest> request_for(const core::Shot& shot, std::uint64_t seed) const;
    /// Queues the selected shot's takes.
    void generate();
    [[nodiscard]] const ExportChoice& export_choice() const { return export_choice_; }
    void set_export_choice(const ExportChoice& choice);
    /// Exports with the last choice; `chosen` are the shots chosen on the storyboard. Gives the job's id; empty if there is
    /// nothing to export (a message says so).
    std::string export_now(const std::vector<std::string>& chosen = {});

Q_SIGNALS:
    void project_opened();
    void project_changed(const kinora::core::ChangeEvent& change);
    void selection_changed();
    /// A drag ended and is a step of the history now; the document itself changed before.
    void step_made();
    void models_changed();
    /// Empty text: not known.
    void estimate_changed(const QString& text);
    void message(const kinora::ui::SessionMessage& message);
    void take_added(const QString& shot, const QString& take);
    /// Shots and sounds that were pasted or imported.
    void inserted(const std::vector<std::string>& ids);

private:
    void edit(const char* name, const core::Document::Edit& edit, std::string_view merge_key = {});
    void report(const core::Error& error);
    void document_changed(const core::ChangeEvent& change);
    void project_loaded();
    void project_moved();
    void remember_project();
    void add_take(const QString& project, const QString& shot, const MadeTake& made);
    void write_state();
    void read_state();
    void load_models();
    void ask_later();
    void ask_estimate();
    void ask_tokens();
    void reference_written(const std::string& shot, int frame, const core::Result<core::FrameReference>& reference);

    Engine engine_;
    SessionPlaces places_;
    core::Document document_;
    std::string selected_;
    std::vector<ModelEntry> models_;
    std::vector<std::filesystem::path> recent_;
    ExportChoice export_choice_;
    std::string trimming_;
    QTimer ask_timer_;
    QTimer give_back_timer_;
    QTimer turn_timer_;  ///< runs out when a field isn't turned any more
    std::unique_ptr<ProjectKeeper> keeper_;
    std::unique_ptr<JobDesk> desk_;
    std::unique_ptr<JobCourtesy> courtesy_;
    std::unique_ptr<MediaImporter> importer_;
    std::unique_ptr<PromptDesk> prompts_;
    std::string precision_ = "auto";
    Background background_;
};

}  // namespace kinora::ui

Q_DECLARE_METATYPE(kinora::core::ChangeEvent)
