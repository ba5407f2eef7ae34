#include "ui/preferences/preferences.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "core/base/file.h"

namespace kinora::ui {
namespace {

using nlohmann::json;

constexpr qsizetype k_commands_remembered = 30;

const char* text_of(ThemeChoice theme)
{
    switch (theme) {
        case ThemeChoice::light:
            return "light";
        case ThemeChoice::system:
            return "system";
        case ThemeChoice::dark:
            break;
    }
    return "dark";
}

ThemeChoice theme_of(const std::string& text)
{
    if (text == "light") return ThemeChoice::light;
    return text == "system" ? ThemeChoice::system : ThemeChoice::dark;
}

std::string text_at(const json& object, const char* key)
{
    const auto found = object.find(key);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// The number at a key if it is one of those that can be chosen.
template <std::size_t Count>
int choice_at(const json& object, const char* key, const int (&choices)[Count], int otherwise)
{
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_integer()) return otherwise;
    const auto number = found->get<std::int64_t>();
    const bool known = std::find(std::begin(choices), std::end(choices), number) != std::end(choices);
    return known ? static_cast<int>(number) : otherwise;
}

QMap<QString, ChangedKeys> keys_from(const json& object)
{
    QMap<QString, ChangedKeys> all;
    if (!object.is_object()) return all;
    for (const auto& [layout, actions] : object.items()) {
        if (!actions.is_object()) continue;
        for (const auto& [action, keys] : actions.items())
            if (keys.is_string())
                all[QString::fromStdString(layout)][QString::fromStdString(action)] =
                    keys_from_text(QString::fromStdString(keys.get<std::string>()));
    }
    return all;
}

json keys_to_json(const QMap<QString, ChangedKeys>& all)
{
    json object = json::object();
    for (auto layout = all.constBegin(); layout != all.constEnd(); ++layout) {
        if (layout->isEmpty()) continue;
        json actions = json::object();
        for (auto action = layout->constBegin(); action != layout->constEnd(); ++action)
            actions[action.key().toStdString()] = text_from_keys(*action).toStdString();
        object[layout.key().toStdString()] = std::move(actions);
    }
    return object;
}

}  // namespace

Preferences read_preferences(const std::filesystem::path& file)
{
    Preferences read;
    const auto text = core::read_file(file, 4U << 20U);
    if (!text) return read;
    const json object = json::parse(*text, nullptr, false);
    if (!object.is_object()) return read;
    read.unknown = *text;
    read.theme = theme_of(text_at(object, "theme"));
    read.language = QString::fromStdString(text_at(object, "language"));
    read.scale = choice_at(object, "scale", k_scales, read.scale);
    read.autosave_ms = choice_at(object, "autosave_ms", k_autosave_pauses, read.autosave_ms);
    read.picture_memory = choice_at(object, "picture_memory", k_picture_memories, read.picture_memory);
    const std::string precision = text_at(object, "precision");
    if (std::find(std::begin(k_precisions), std::end(k_precisions), precision) != std::end(k_precisions))
        read.precision = precision;
    if (const auto found = object.find("preview_while_typing"); found != object.end() && found->is_boolean())
        read.preview_while_typing = found->get<bool>();
    read.layout = layout_of_id(QString::fromStdString(text_at(object, "keys_of")));
    if (const auto keys = object.find("keys"); keys != object.end()) read.changed_keys = keys_from(*keys);
    if (const auto recent = object.find("recent_commands"); recent != object.end() && recent->is_array())
        for (const auto& name : *recent)
            if (name.is_string() && read.recent_commands.size() < k_commands_remembered)
                read.recent_commands.append(QString::fromStdString(name.get<std::string>()));
    return read;
}

core::Result<void> write_preferences(const Preferences& preferences, const std::filesystem::path& file)
{
    json object = json::parse(preferences.unknown, nullptr, false);
    if (!object.is_object()) object = json::object();
    object["theme"] = text_of(preferences.theme);
    object["language"] = preferences.language.toStdString();
    object["scale"] = preferences.scale;
    object["autosave_ms"] = preferences.autosave_ms;
    object["picture_memory"] = preferences.picture_memory;
    object["precision"] = preferences.precision;
    object["preview_while_typing"] = preferences.preview_while_typing;
    object["keys_of"] = layout_id(preferences.layout).toStdString();
    object["keys"] = keys_to_json(preferences.changed_keys);
    object["recent_commands"] = json::array();
    for (const QString& name : preferences.recent_commands)
        object["recent_commands"].push_back(name.toStdString());
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    return core::write_file(file, object.dump(2));
}

PreferencesKeeper::PreferencesKeeper(std::filesystem::path file, QObject* parent)
    : QObject(parent), file_(std::move(file)), now_(read_preferences(file_))
{
}

void PreferencesKeeper::set(const Preferences& preferences)
{
    now_ = preferences;
    write();
    Q_EMIT changed();
}

void PreferencesKeeper::remember_command(const QString& name)
{
    now_.recent_commands.removeAll(name);
    now_.recent_commands.prepend(name);
    if (now_.recent_commands.size() > k_commands_remembered) now_.recent_commands.resize(k_commands_remembered);
    write();
}

void PreferencesKeeper::write()
{
    const auto work = [preferences = now_, file = file_] { return write_preferences(preferences, file); };
    background_.run(this, work, [this](const core::Result<void>& written) {
        if (!written) Q_EMIT failed(QString::fromStdString(written.error().message));
    });
}

}  // namespace kinora::ui
