#pragma once

#include <QMap>
#include <QObject>
#include <QStringList>
#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "ui/commands/shortcuts.h"
#include "ui/session/background.h"

namespace kinora::ui {

enum class ThemeChoice { dark, light, system };

/// What belongs to the person, not to a project.
struct Preferences {
    ThemeChoice theme = ThemeChoice::dark;
    QString language;                  ///< "de"; empty: the system's, from the next start on
    int scale = 100;                   ///< percent of everything on screen, from the next start on
    int autosave_ms = 500;             ///< pause after a change before it is saved; a change never waits longer than 2 s
    int picture_memory = 2048;         ///< megabytes that decoded pictures may take: the player's and the filmstrips'
    std::string precision = "auto";    ///< of what is made from now on, as in requests
    bool preview_while_typing = true;  ///< prompts show themselves moving, with models that can
    KeyLayout layout = KeyLayout::kinora;
    QMap<QString, ChangedKeys> changed_keys;  ///< by the layout's id
    QStringList recent_commands;              ///< names of actions, the last one first
    std::string unknown = "{}";               ///< the file as it was: what a newer Kinora wrote is kept
};

/// What can be chosen.
inline constexpr int k_scales[] = {75, 90, 100, 110, 125, 150, 175, 200, 250, 300};
inline constexpr int k_autosave_pauses[] = {250, 500, 1000, 2000};
inline constexpr int k_picture_memories[] = {256, 512, 1024, 2048, 4096, 8192, 16384};

inline constexpr const char* k_precisions[] = {"auto", "float32", "bfloat16", "int8"};

/// Reads the file; what is missing, damaged or out of range has its default. Small, and read once before the window is
/// there.
[[nodiscard]] Preferences read_preferences(const std::filesystem::path& file);
[[nodiscard]] core::Result<void> write_preferences(const Preferences& preferences, const std::filesystem::path& file);

/// The preferences of the running studio. Every change is written on a thread of its own.
class PreferencesKeeper : public QObject {
    Q_OBJECT
public:
    explicit PreferencesKeeper(std::filesystem::path file, QObject* parent = nullptr);
    [[nodiscard]] const Preferences& now() const { return now_; }
    void set(const Preferences& preferences);
    /// A command was run: it goes to the front.
    void remember_command(const QString& name);
    /// Waits until the file is written. For the end of the program and for tests.
    void flush() { background_.wait(); }

Q_SIGNALS:
    void changed();
    void failed(const QString& reason);

private:
    void write();
    std::filesystem::path file_;
    Preferences now_;
    Background background_;
};

}  // namespace kinora::ui
