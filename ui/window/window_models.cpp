#include <algorithm>

#include "ui/models/model_desk.h"
#include "ui/panels/models_panel.h"
#include "ui/widgets/message_bar.h"
#include "ui/window/main_window.h"

// The models panel, its desk and the session.

namespace kinora::ui {

void MainWindow::connect_models()
{
    connect(models_, &ModelsPanel::use_requested, this, &MainWindow::use_model);
    connect(models_, &ModelsPanel::reveal_requested, this, &MainWindow::reveal);
    connect(model_desk_, &ModelDesk::models_changed, &session_, &StudioSession::reload_models);
    connect(model_desk_, &ModelDesk::message, this, [this](const QString& text, bool bad) {
        Notice notice;
        notice.tone = bad ? Tone::bad : Tone::good;
        notice.text = text;
        message_->show_notice(std::move(notice));
    });
    const auto show_current = [this] {
        const auto* shot = session_.shot();
        models_->set_current_model(shot ? shot->settings.model_id : std::string());
    };
    connect(&session_, &StudioSession::project_opened, this, show_current);
    connect(&session_, &StudioSession::selection_changed, this, show_current);
    connect(&session_, &StudioSession::project_changed, this, show_current);
    model_desk_->refresh();
}

void MainWindow::show_models()
{
    model_desk_->refresh();
}

void MainWindow::use_model(const std::string& id)
{
    const auto* shot = session_.shot();
    if (!shot) return;
    const auto& models = session_.models();
    const bool known = std::any_of(models.begin(), models.end(),
                                   [&](const ModelEntry& model) { return model.capabilities.model_id == id; });
    if (!known) {
        return show_session_message(
            {SessionMessage::Kind::warning, tr("Kinora can't make clips with “%1” yet.").arg(QString::fromStdString(id))});
    }
    auto settings = shot->settings;
    settings.model_id = id;
    // Sizes and steps are the other model's; what isn't said is the new one's default.
    settings.width = settings.height = settings.frames = settings.steps = std::nullopt;
    settings.rate = std::nullopt;
    settings.guidance = settings.shift = std::nullopt;
    settings.sampler = std::nullopt;
    session_.set_settings(settings);
}

}  // namespace kinora::ui
