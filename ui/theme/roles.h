#pragma once

#include <QColor>
#include <QString>

namespace kinora::ui {

enum class ThemeKind { dark, light };

/// Every colour of the studio, by what it is for. Widgets and the style sheet read these and know no other colour.
struct Roles {
    QColor background;  ///< the window; shows as 1 px gaps between panels
    QColor panel;       ///< top bar, side panels, storyboard
    QColor raised;      ///< controls that stand on a panel, the selected row
    QColor field;       ///< ground of text that is written in
    QColor surround;    ///< around the picture in the player
    QColor line;        ///< borders and separators
    QColor hover;
    QColor dashed;  ///< border of an empty slot
    QColor text;    ///< values
    QColor dim;     ///< labels
    QColor faint;   ///< hints only: 4.5 : 1
    QColor accent;  ///< the one thing to do next, selection, playhead, trim handles, progress
    QColor accent_hover;
    QColor accent_ground;  ///< ground of a chosen chip
    QColor accent_line;    ///< border of a chosen chip
    QColor accent_text;    ///< text on `accent_ground`
    QColor on_accent;      ///< text on `accent`
    QColor video;
    QColor audio;
    QColor wave;  ///< waveform drawn on `audio`
    QColor good;
    QColor warn;
    QColor bad;
    QColor prompt_weight;
    QColor prompt_alternative;
    QColor prompt_variable;
    QColor prompt_time;
    QColor shade;       ///< over the part of a strip outside the trim
    QColor veil;        ///< over the window while a card is open on it
    QColor name_band;   ///< behind a name that lies on a picture
    QColor on_picture;  ///< text and lines drawn over pictures
    QColor track;       ///< groove of progress bars and sliders
};

/// The table of a theme.
[[nodiscard]] const Roles& roles_of(ThemeKind kind);

/// WCAG contrast ratio of two opaque colours, 1…21.
[[nodiscard]] double contrast(const QColor& first, const QColor& second);

}  // namespace kinora::ui
