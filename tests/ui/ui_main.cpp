#define CATCH_CONFIG_RUNNER
#include <QTemporaryDir>
#include <catch2/catch.hpp>

#include "ui/meter/metered_application.h"
#include "ui/theme/theme.h"

/// Widgets need a QApplication, and none of them may touch the home of whoever runs the tests.
int main(int argc, char** argv)
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("KINORA_KEY_STORE", "off");
    const QTemporaryDir home;
    for (const char* name : {"HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"})
        qputenv(name, home.path().toLocal8Bit());
    kinora::ui::MeteredApplication application(argc, argv);
    kinora::ui::apply_theme(kinora::ui::ThemeKind::dark);
    return Catch::Session().run(argc, argv);
}
