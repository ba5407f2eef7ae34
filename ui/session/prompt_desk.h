#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/generation/generator.h"
#include "core/project/prompt_history.h"
#include "core/prompt/expand.h"
#include "core/prompt/wildcards.h"
#include "ui/session/background.h"

namespace kinora::ui {

/// Tokens of a prompt as the model counts them. Of timed segments it is the one with most tokens, because each is given to
/// the model by itself, behind the words that hold for the whole clip.
struct TokenReport {
    int used = 0;
    int limit = 0;                     ///< 0: not known
    std::vector<core::TextRange> cut;  ///< bytes of the typed text that no frame of the clip is made from
};

/// What the prompt editor needs from the disk and the engine, never on the UI thread: the artist's wildcards (and their
/// changes), the project's prompt history, token counts. Lives on the UI thread.
class PromptDesk : public QObject {
    Q_OBJECT
public:
    /// `tokens` may be null.
    explicit PromptDesk(std::shared_ptr<core::TokenCounter> tokens, QObject* parent = nullptr);
    ~PromptDesk() override;

    /// Another project was opened; a read-only one's history isn't written.
    void set_project(const std::filesystem::path& folder, bool writable);

    [[nodiscard]] const core::Wildcards& wildcards() const { return wildcards_; }
    /// Reads the wildcard folders again. They are watched as far as they exist; `wildcards_changed` tells of changes.
    void reload_wildcards();
    /// Makes the project's wildcard folder with a first file that teaches, if there is none; `wildcard_folder_ready` tells.
    void make_wildcard_folder();

    [[nodiscard]] const core::PromptHistory& history() const { return history_; }
    /// Puts a prompt into the history, unless it is blank.
    void remember(const QString& prompt, const QString& negative);

    /// Counts the tokens of a typed prompt; `tokens_counted` tells, for the last one asked about only.
    void count_tokens(const std::string& model_id, const std::string& prompt, core::PromptContext context);

Q_SIGNALS:
    void wildcards_changed();
    void wildcard_folder_ready(const QString& folder);
    void history_changed();
    void tokens_counted(const kinora::ui::TokenReport& report);

private:
    void watch_folders();
    void write_history();
    /// Puts what was used before the file had been read in front of what is in the file.
    void take_in(core::PromptHistory whole);

    std::shared_ptr<core::TokenCounter> tokens_;
    std::filesystem::path folder_;
    bool writable_ = false;
    bool read_ = false;  ///< the history is here; before, nothing is written over it
    core::Wildcards wildcards_;
    core::PromptHistory history_;
    QFileSystemWatcher watcher_;
    QTimer reload_;
    int asked_ = 0;  ///< counts questions, so that late answers are dropped
    Background counting_;
    Background disk_;
};

/// Counts one prompt; for `PromptDesk` and tests. The prompt may be wrong: it is then counted as typed.
[[nodiscard]] core::Result<TokenReport> count_prompt_tokens(core::TokenCounter& counter, const std::string& model_id,
                                                            const std::string& prompt, const core::PromptContext& context);

}  // namespace kinora::ui

Q_DECLARE_METATYPE(kinora::ui::TokenReport)
