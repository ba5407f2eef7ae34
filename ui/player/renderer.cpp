#include "ui/player/renderer.h"

#include <QGuiApplication>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLFunctions>

namespace kinora::ui {

namespace {

QString ask_opengl()
{
    if (QGuiApplication::platformName() == QLatin1String("offscreen")) return {};  // widgets can't be drawn with it there
    QOffscreenSurface surface;
    surface.create();
    QOpenGLContext context;
    if (!surface.isValid() || !context.create() || !context.makeCurrent(&surface)) return {};
    const auto* name = context.functions()->glGetString(GL_RENDERER);
    const QString text = name ? QString::fromUtf8(reinterpret_cast<const char*>(name)) : QString();
    context.doneCurrent();
    return text;
}

}  // namespace

bool is_software_renderer(const QString& name)
{
    for (const char* part : {"llvmpipe", "softpipe", "swrast", "software", "swiftshader", "gdi generic"}) {
        if (name.contains(QLatin1String(part), Qt::CaseInsensitive)) return true;
    }
    return false;
}

Renderer choose_renderer(const QString& wish, const QString& name)
{
    if (wish == QLatin1String("raster") || name.isEmpty()) return Renderer::raster;
    if (wish == QLatin1String("opengl")) return Renderer::opengl;
    return is_software_renderer(name) ? Renderer::raster : Renderer::opengl;
}

QString opengl_name()
{
    static const QString name = ask_opengl();
    return name;
}

Renderer chosen_renderer()
{
    static const Renderer renderer = [] {
        const QString wish = qEnvironmentVariable("KINORA_RENDERER").toLower();
        if (wish == QLatin1String("raster")) return Renderer::raster;  // without touching a driver that may be broken
        return choose_renderer(wish, opengl_name());
    }();
    return renderer;
}

}  // namespace kinora::ui
