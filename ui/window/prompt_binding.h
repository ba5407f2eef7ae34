#pragma once

#include <QObject>
#include <QString>

#include "ui/session/studio_session.h"
#include "ui/shot/cast_page.h"

namespace kinora::ui {

class PromptListPopover;
class ShotPanel;

/// Joins the prompt editors and the cast-and-style page of the shot panel to the session: what they are looked at with,
/// history, variants, variables. Knows no other part of the window.
class PromptBinding : public QObject {
    Q_OBJECT
public:
    PromptBinding(StudioSession& session, ShotPanel& panel, QObject* parent);

    [[nodiscard]] PromptListPopover* history_popover() const { return history_; }
    [[nodiscard]] PromptListPopover* variants_popover() const { return variants_; }

private:
    void connect_session();
    void connect_cast();
    void refresh(bool everything);
    void refresh_sources();
    void refresh_cast();
    void refresh_remark();
    void open_history();
    void fill_history(const QString& words);
    void use_from_history(int index);
    void open_variants();
    void use_variant(int index);
    void define(const QString& name, CastField field);
    void edit_variable(const QString& name, const QString& text);
    void rename(const QString& from, const QString& to);

    StudioSession& session_;
    ShotPanel& panel_;
    PromptListPopover* history_;
    PromptListPopover* variants_;
    std::vector<std::string> listed_;  ///< variants as they are shown
    core::ShotSettings shown_settings_;
    core::ProjectSettings shown_project_;
    SuggestionSources sources_;
};

}  // namespace kinora::ui
