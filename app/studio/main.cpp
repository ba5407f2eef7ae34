#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <memory>

#include "app/runtime_start.h"
#include "app/studio/engine.h"
#include "app/version.h"
#include "core/base/log.h"
#include "core/base/paths.h"
#include "ui/language/language.h"
#include "ui/meter/metered_application.h"
#include "ui/meter/stall_log.h"
#include "ui/preferences/preferences.h"
#include "ui/runtime/runtime_desk.h"
#include "ui/theme/theme.h"
#include "ui/window/main_window.h"

namespace {

/// The folders that the session writes to; made here, so that the rest may rely on them.
kinora::ui::SessionPlaces make_places()
{
    using namespace kinora;
    ui::SessionPlaces places;
    places.state = core::state_dir();
    places.projects = core::default_projects_dir();
    std::error_code failed;
    std::filesystem::create_directories(places.state, failed);
    std::filesystem::create_directories(places.projects, failed);
    if (const auto resources = core::resources_dir())
        if (std::filesystem::exists(*resources / "sample" / "project.json", failed)) places.sample = *resources / "sample";
    return places;
}

}  // namespace

int main(int argc, char** argv)
{
    using namespace kinora;
    app::start_on_installed_runtime(argv);
    QElapsedTimer since_start;
    since_start.start();
    const auto preferences = ui::read_preferences(core::state_dir() / "preferences.json");
    // Only heeded before the application is there; what the artist set outside wins.
    if (preferences.scale != 100 && qEnvironmentVariableIsEmpty("QT_SCALE_FACTOR"))
        qputenv("QT_SCALE_FACTOR", QByteArray::number(preferences.scale / 100.0));
    ui::MeteredApplication application(argc, argv);
    QApplication::setApplicationName(QStringLiteral("kinora"));
    QApplication::setApplicationDisplayName(QStringLiteral("Kinora"));
    QApplication::setApplicationVersion(QString::fromStdString(app::version_text({})).trimmed());
    QApplication::setDesktopFileName(QStringLiteral("io.github.kinora.Kinora"));
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A native studio for AI video. Everything runs on this computer."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("project"), QStringLiteral("The project's folder to open"),
                                 QStringLiteral("[project]"));
    const QCommandLineOption stall_log(QStringLiteral("stall-log"),
                                       QStringLiteral("Write every moment over 16 ms in which the window answered nothing."),
                                       QStringLiteral("file"));
    parser.addOption(stall_log);
    const QCommandLineOption language(QStringLiteral("language"),
                                      QStringLiteral("The language of the window: en or de (else as the preferences say)."),
                                      QStringLiteral("code"));
    parser.addOption(language);
    parser.process(application);
    std::unique_ptr<ui::StallLog> stalls;
    if (parser.isSet(stall_log)) {
        auto opened =
            ui::StallLog::open(core::path_from_utf8(parser.value(stall_log).toStdString()), application.stall_meter());
        if (!opened) {
            qCritical("%s", opened.error().message.c_str());
            return 2;
        }
        stalls = std::move(*opened);
    }
    if (const auto started = core::start_log(); !started) qWarning("%s", started.error().message.c_str());
    ui::apply_language(parser.isSet(language) ? parser.value(language) : preferences.language);
    ui::apply_theme(preferences.theme == ui::ThemeChoice::light ? ui::ThemeKind::light : ui::ThemeKind::dark);
    ui::tell_started_runtime(
        {QString::fromStdString(app::active_runtime()), QString::fromStdString(app::runtime_obstacle())});
    ui::StudioSession session(studio::make_engine(), make_places());
    ui::MainWindow window(session);
    window.show();
    if (!app::runtime_obstacle().empty()) core::log_info(app::runtime_obstacle());
    core::log_info("The window was shown after " + std::to_string(since_start.elapsed()) + " ms.");
    const auto arguments = parser.positionalArguments();
    std::filesystem::path project;
    if (!arguments.isEmpty()) project = core::path_from_utf8(QDir(arguments.first()).absolutePath().toStdString());
    session.start(project);
    return QApplication::exec();
}
