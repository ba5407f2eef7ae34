#pragma once

#include <QImage>
#include <QWidget>
#include <optional>
#include <utility>
#include <vector>

#include "core/project/project.h"
#include "ui/shot/settings_form.h"

class QLabel;
class QStackedWidget;
class QToolButton;
class QVBoxLayout;

namespace kinora::ui {

class CastPage;
class GenerateButton;
class LookChips;
class PromptEditor;
class ReferenceSlot;

/// The panel at the left: everything that the next take of the selected shot is made from, and Generate, which stays in view
/// while the rest scrolls. The cast-and-style page, which all shots share, takes the shot's place when it is asked for.
class ShotPanel : public QWidget {
    Q_OBJECT
public:
    explicit ShotPanel(QWidget* parent = nullptr);

    /// Shows a shot; `number` counts from 1, `previous` is true if a shot lies before it.
    void show_shot(const core::Shot& shot, int number, bool previous);
    void show_no_shot();
    void set_models(const std::vector<core::ModelCapabilities>& models);
    void set_estimate(const QString& text);
    /// Pictures of the references in the slots; null where there is none.
    void set_reference_pictures(const QImage& first, const QString& first_detail, const QImage& last,
                                const QString& last_detail);
    /// Those between first and last, by their frames.
    void set_references_between(const std::vector<std::pair<int, QImage>>& pictures);
    /// Whether a shot lies behind this one, and whether the player has a picture.
    void set_neighbours(bool next, bool picture);
    /// The prompt has the focus, with the cursor at its end.
    void focus_prompt();
    /// Shows the cast-and-style page, or the shot again.
    void show_cast(bool shown);
    [[nodiscard]] bool cast_shown() const;
    [[nodiscard]] PromptEditor* prompt() const { return prompt_; }
    [[nodiscard]] PromptEditor* negative() const { return negative_; }
    [[nodiscard]] CastPage* cast() const { return cast_; }
    [[nodiscard]] QToolButton* history_button() const { return history_; }
    [[nodiscard]] QToolButton* cast_button() const { return cast_button_; }
    /// The switch of the preview while typing; hidden as long as nobody shows it.
    [[nodiscard]] QToolButton* draft_button() const { return draft_; }
    [[nodiscard]] SettingsForm* form() const { return form_; }
    [[nodiscard]] GenerateButton* generate_button() const { return generate_; }

Q_SIGNALS:
    void prompt_edited(const QString& text);
    void negative_edited(const QString& text);
    void settings_edited(const kinora::core::ShotSettings& settings);
    void typing_paused();
    /// `frame` 0 is the first, -1 the last, others stand between.
    void reference_dropped(int frame, const QString& file);
    void reference_given(int frame, const QImage& picture);
    /// What the player shows shall be the reference.
    void player_frame_requested(int frame);
    /// The first frame of the shot behind shall be this one's last.
    void lead_to_next_requested();
    void reference_removed(int frame);
    /// The last frame of the shot before shall be this one's first.
    void chain_requested();
    void generate_requested();
    void undo_requested();
    void redo_requested();

private:
    void build_header(QVBoxLayout* column);
    void build_prompt(QVBoxLayout* column);
    void build_references(QVBoxLayout* column);
    void connect_parts();
    void show_slot_menu(ReferenceSlot* slot, int frame);
    void connect_slot(ReferenceSlot* slot, int frame);
    void show_verbs();
    [[nodiscard]] int free_frame() const;
    QWidget* scrolling(QWidget* page);
    void change_prompt(const QString& text);
    void update_length();

    core::Shot shot_;
    bool has_previous_ = false;
    bool has_next_ = false;
    bool has_picture_ = false;
    QLabel* title_;
    QLabel* length_;
    PromptEditor* prompt_;
    PromptEditor* negative_;
    QToolButton* history_;
    QToolButton* cast_button_;
    QToolButton* draft_;
    LookChips* chips_;
    QWidget* references_;
    ReferenceSlot* first_;
    ReferenceSlot* last_;
    ReferenceSlot* between_;  ///< empty: takes a picture for a frame between
    QWidget* more_references_;
    std::vector<std::pair<int, ReferenceSlot*>> others_;
    QToolButton* verbs_;
    SettingsForm* form_;
    GenerateButton* generate_;
    QWidget* body_;
    CastPage* cast_;
    QStackedWidget* pages_;
};

}  // namespace kinora::ui
