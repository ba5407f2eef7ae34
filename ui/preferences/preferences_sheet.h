#pragma once

#include "ui/widgets/sheet.h"

class QButtonGroup;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTabBar;

namespace kinora::ui {

class CommandBook;
class PreferencesKeeper;
class RuntimePage;
class ShortcutEditor;
class Shortcuts;

/// What belongs to the person: look, saving, keys, what computes. Every choice holds at once and is kept.
class PreferencesSheet : public Sheet {
    Q_OBJECT
public:
    enum class Page { general, keys, computing };
    PreferencesSheet(PreferencesKeeper& preferences, CommandBook& book, Shortcuts& shortcuts, QWidget* window);
    void open_at(Page page);
    [[nodiscard]] ShortcutEditor* shortcut_editor() const { return editor_; }
    [[nodiscard]] RuntimePage* runtime_page() const { return runtime_; }
    [[nodiscard]] QButtonGroup* themes() const { return themes_; }
    [[nodiscard]] QComboBox* language() const { return language_; }
    [[nodiscard]] QComboBox* scale() const { return scale_; }
    [[nodiscard]] QComboBox* autosave() const { return autosave_; }
    [[nodiscard]] QComboBox* picture_memory() const { return memory_; }

private:
    QWidget* build_general();
    QWidget* build_line(const QString& label, QWidget* control, const QString& note, QWidget* parent);
    void show_preferences();

    PreferencesKeeper& preferences_;
    QTabBar* tabs_;
    QStackedWidget* pages_;
    QButtonGroup* themes_;
    QComboBox* language_;
    QComboBox* scale_;
    QComboBox* autosave_;
    QComboBox* memory_;
    QComboBox* precision_ = nullptr;
    QLabel* restart_;
    ShortcutEditor* editor_;
    RuntimePage* runtime_;
    int started_with_scale_;
    QString started_with_language_;
};

}  // namespace kinora::ui
