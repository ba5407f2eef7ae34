#include "ui/commands/key_layouts.h"

#include <QCoreApplication>
#include <algorithm>

namespace kinora::ui {
namespace {

/// Null: as in Kinora's own layout; empty: no key.
struct Row {
    const char* action;
    const char* premiere;
    const char* resolve;
    const char* final_cut;
};

// clang-format off
const Row k_rows[] = {
    // action                        Premiere Pro              DaVinci Resolve             Final Cut Pro
    {"project.new",                  "Ctrl+Alt+N",             nullptr,                    nullptr},
    {"project.export",               "Ctrl+M",                 nullptr,                    nullptr},
    {"project.export-options",       "Ctrl+Alt+M",             nullptr,                    nullptr},
    {"shot.add",                     nullptr,                  "Ctrl+Alt+N",               nullptr},
    // storyboard: editing
    {"storyboard.split",             "Ctrl+K",                 "Ctrl+B Ctrl+\\",           "Ctrl+B"},
    {"storyboard.duplicate",         "Ctrl+Shift+/",           nullptr,                    nullptr},
    {"storyboard.delete",            "Shift+Del",              "Del Shift+Backspace",      "Backspace"},
    {"storyboard.lift",              "Del Backspace",          "Backspace",                "Shift+Backspace Del"},
    {"storyboard.trim-start",        "Q",                      "Ctrl+Shift+[ Shift+[",     "Alt+["},
    {"storyboard.trim-end",          "W",                      "Ctrl+Shift+] Shift+]",     "Alt+]"},
    {"storyboard.slip-back",         "Ctrl+Alt+Left",          ",",                        ","},
    {"storyboard.slip-forward",      "Ctrl+Alt+Right",         ".",                        "."},
    {"storyboard.move-left",         "Alt+Left",               "Ctrl+Shift+,",             nullptr},
    {"storyboard.move-right",        "Alt+Right",              "Ctrl+Shift+.",             nullptr},
    {"storyboard.gap",               nullptr,                  nullptr,                    "Alt+W"},
    {"storyboard.dissolve",          "Ctrl+D",                 "Ctrl+T",                   "Ctrl+T"},
    {"storyboard.marker",            "M",                      "M",                        "M"},
    {"storyboard.next-marker",       "Shift+M",                "Shift+Down",               "Ctrl+'"},
    {"storyboard.previous-marker",   "Ctrl+Shift+M",           "Shift+Up",                 "Ctrl+;"},
    {"storyboard.mute-sound",        "Shift+E",                "D",                        "V"},
    {"storyboard.tool-select",       "V",                      "A",                        "A"},
    {"storyboard.tool-blade",        "C",                      "B",                        "B"},
    {"storyboard.tool-slip",         "Y",                      "T",                        "T"},
    {"storyboard.snapping",          "S",                      "N",                        "N"},
    {"storyboard.zoom-in",           "= +",                    "Ctrl+= Ctrl++",            "Ctrl+= Ctrl++"},
    {"storyboard.zoom-out",          "-",                      "Ctrl+-",                   "Ctrl+-"},
    {"storyboard.zoom-fit",          "\\",                     "Shift+Z",                  "Shift+Z"},
    {"storyboard.export-clear",      "Ctrl+Shift+X",           "Alt+X",                    "Alt+X"},
    {"storyboard.previous-edit",     "Up",                     "Up",                       "Up ;"},
    {"storyboard.next-edit",         "Down",                   "Down",                     "Down '"},
    // player
    {"player.to-in",                 "Shift+I Home",           "Shift+I Home",             "Shift+I Home"},
    {"player.to-out",                "Shift+O End",            "Shift+O End",              "Shift+O End"},
    {"player.clear-marks",           "Ctrl+Shift+X",           "Alt+X",                    "Alt+X"},
    {"player.next-edit",             "Down",                   "Down",                     "Down '"},
    {"player.previous-edit",         "Up",                     "Up",                       "Up ;"},
    {"player.loop",                  "Ctrl+L",                 "Ctrl+/",                   "Ctrl+L"},
    {"player.full-screen",           "Ctrl+`",                 "P Ctrl+F",                 "Ctrl+Shift+F"},
    {"player.second-screen",         nullptr,                  "Shift+P",                  nullptr},
    {"player.save-frame",            "Ctrl+Shift+E",           "Ctrl+Alt+G",               nullptr},
    {"player.play-storyboard",       "Ctrl+Shift+Space",       nullptr,                    nullptr},
    {"player.zoom-fit",              nullptr,                  "Ctrl+0 Z",                 "Ctrl+0 Shift+Z"},
};
// clang-format on

const char* cell(const Row& row, KeyLayout layout)
{
    switch (layout) {
        case KeyLayout::premiere:
            return row.premiere;
        case KeyLayout::resolve:
            return row.resolve;
        case KeyLayout::final_cut:
            return row.final_cut;
        case KeyLayout::kinora:
            break;
    }
    return nullptr;
}

}  // namespace

QString layout_id(KeyLayout layout)
{
    switch (layout) {
        case KeyLayout::premiere:
            return QStringLiteral("premiere");
        case KeyLayout::resolve:
            return QStringLiteral("resolve");
        case KeyLayout::final_cut:
            return QStringLiteral("final-cut");
        case KeyLayout::kinora:
            break;
    }
    return QStringLiteral("kinora");
}

KeyLayout layout_of_id(const QString& id)
{
    const auto found = std::find_if(std::begin(k_key_layouts), std::end(k_key_layouts),
                                    [&](KeyLayout layout) { return layout_id(layout) == id; });
    return found == std::end(k_key_layouts) ? KeyLayout::kinora : *found;
}

QString layout_title(KeyLayout layout)
{
    // Names of programs are the same in every language.
    switch (layout) {
        case KeyLayout::premiere:
            return QStringLiteral("Premiere Pro");
        case KeyLayout::resolve:
            return QStringLiteral("DaVinci Resolve");
        case KeyLayout::final_cut:
            return QStringLiteral("Final Cut Pro");
        case KeyLayout::kinora:
            break;
    }
    return QStringLiteral("Kinora");
}

std::optional<QList<QKeySequence>> layout_keys(KeyLayout layout, const QString& action)
{
    for (const Row& row : k_rows)
        if (action == QLatin1String(row.action) && cell(row, layout) != nullptr)
            return keys_from_text(QString::fromLatin1(cell(row, layout)));
    return std::nullopt;
}

QStringList layout_actions(KeyLayout layout)
{
    QStringList names;
    for (const Row& row : k_rows)
        if (cell(row, layout) != nullptr) names.append(QString::fromLatin1(row.action));
    return names;
}

QList<QKeySequence> keys_from_text(const QString& text)
{
    QList<QKeySequence> keys;
    for (const QString& key : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QKeySequence sequence(key, QKeySequence::PortableText);
        if (!sequence.isEmpty() && sequence[0].key() != Qt::Key_unknown) keys.append(sequence);
    }
    return keys;
}

QString text_from_keys(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys)
        texts.append(key.toString(QKeySequence::PortableText));
    return texts.join(QLatin1Char(' '));
}

QString keys_for_people(const QList<QKeySequence>& keys)
{
    QStringList texts;
    for (const QKeySequence& key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    return texts.join(QStringLiteral("   "));
}

}  // namespace kinora::ui
