#pragma once

#include <QKeySequence>
#include <QList>
#include <QString>
#include <QStringList>
#include <optional>

namespace kinora::ui {

/// Whose keys an artist's hands know.
enum class KeyLayout { kinora, premiere, resolve, final_cut };

inline constexpr KeyLayout k_key_layouts[] = {KeyLayout::kinora, KeyLayout::premiere, KeyLayout::resolve,
                                              KeyLayout::final_cut};

/// "premiere", as it is written to the preferences; and back, Kinora's own for what isn't known.
[[nodiscard]] QString layout_id(KeyLayout layout);
[[nodiscard]] KeyLayout layout_of_id(const QString& id);
/// "Premiere Pro", for people.
[[nodiscard]] QString layout_title(KeyLayout layout);

/// The keys that a layout gives an action; nothing: those of Kinora's own layout, which stand where the actions are made.
/// From the programs' published defaults, Command being Ctrl here.
[[nodiscard]] std::optional<QList<QKeySequence>> layout_keys(KeyLayout layout, const QString& action);

/// Names of all actions that a layout speaks of.
[[nodiscard]] QStringList layout_actions(KeyLayout layout);

/// Portable text of several keys, separated by spaces, and back.
[[nodiscard]] QList<QKeySequence> keys_from_text(const QString& text);
[[nodiscard]] QString text_from_keys(const QList<QKeySequence>& keys);
/// "Ctrl+K  S", for people.
[[nodiscard]] QString keys_for_people(const QList<QKeySequence>& keys);

}  // namespace kinora::ui
