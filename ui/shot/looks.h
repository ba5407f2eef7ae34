#pragma once

#include <QString>
#include <QVector>

namespace kinora::ui {

/// A snippet of prompt text with a name, shown as a chip. The chip is on while its text stands in the prompt.
struct Look {
    QString group;  ///< "Light", "Weather", "Camera"
    QString name;
    QString text;
    bool offered = false;  ///< shown even when it is off; the others are in the menu
};

/// The look's name and group in the language in force; its text stays as the models know it.
[[nodiscard]] QString look_name(const Look& look);
[[nodiscard]] QString look_group(const Look& look);

/// The looks that come with the studio (resources/looks/looks.json).
[[nodiscard]] QVector<Look> bundled_looks();

/// True if the look's words stand in the prompt as whole words, in any case.
[[nodiscard]] bool has_look(const QString& prompt, const Look& look);

/// The prompt with the look's words appended: "a boat" → "a boat, slow pan right"; as it was if they stand there already.
/// A look holds for the whole clip, so that it goes before the first time range.
[[nodiscard]] QString with_look(const QString& prompt, const Look& look);

/// The prompt without the look's words and without the comma and spaces that belonged to them.
[[nodiscard]] QString without_look(const QString& prompt, const Look& look);

}  // namespace kinora::ui
