#include "ui/theme/theme.h"

#include <QApplication>
#include <QFontDatabase>
#include <QPalette>
#include <QStyleFactory>

#include "ui/theme/control_style.h"
#include "ui/theme/stylesheet.h"

// A static library's resources are not initialised by themselves; the macro must stand outside every namespace.
static void init_studio_resources()
{
    Q_INIT_RESOURCE(studio);
}

namespace kinora::ui {
namespace {

ThemeKind current = ThemeKind::dark;

QString load_fonts()
{
    QString family;
    for (const char* weight : {"Regular", "Medium", "SemiBold"}) {
        const int id = QFontDatabase::addApplicationFont(
            QStringLiteral(":/kinora/fonts/KinoraInter-%1.otf").arg(QLatin1String(weight)));
        const auto families = QFontDatabase::applicationFontFamilies(id);
        if (family.isEmpty() && !families.isEmpty()) family = families.first();
    }
    return family.isEmpty() ? QApplication::font().family() : family;
}

const QString& family()
{
    static const QString name = load_fonts();
    return name;
}

QPalette palette_from(const Roles& r)
{
    QPalette palette;
    palette.setColor(QPalette::Window, r.panel);
    palette.setColor(QPalette::WindowText, r.text);
    palette.setColor(QPalette::Base, r.field);
    palette.setColor(QPalette::AlternateBase, r.raised);
    palette.setColor(QPalette::Text, r.text);
    palette.setColor(QPalette::Button, r.raised);
    palette.setColor(QPalette::ButtonText, r.text);
    palette.setColor(QPalette::BrightText, r.bad);
    palette.setColor(QPalette::Highlight, r.accent);
    palette.setColor(QPalette::HighlightedText, r.on_accent);
    palette.setColor(QPalette::ToolTipBase, r.raised);
    palette.setColor(QPalette::ToolTipText, r.text);
    palette.setColor(QPalette::PlaceholderText, r.faint);
    palette.setColor(QPalette::Link, r.accent);
    palette.setColor(QPalette::Mid, r.line);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, r.faint);
    return palette;
}

}  // namespace

void apply_theme(ThemeKind kind)
{
    init_studio_resources();
    current = kind;
    QApplication::setStyle(new ControlStyle(QStyleFactory::create(QStringLiteral("Fusion"))));
    QApplication::setFont(font(TextRole::body));
    QApplication::setPalette(palette_from(roles()));
    qApp->setStyleSheet(stylesheet(roles()));
}

ThemeKind current_theme()
{
    return current;
}

const Roles& roles()
{
    return roles_of(current);
}

QFont font(TextRole role)
{
    QFont result(family());
    result.setStyleHint(QFont::SansSerif);
    result.setHintingPreference(QFont::PreferNoHinting);  // stems snapped to whole pixels look a weight too bold
    const auto set = [&result](int pixels, QFont::Weight weight) {
        result.setPixelSize(pixels);
        result.setWeight(weight);
    };
    switch (role) {
        case TextRole::body:
            set(13, QFont::Normal);
            break;
        case TextRole::strong:
            set(13, QFont::DemiBold);
            break;
        case TextRole::prompt:
            set(14, QFont::Normal);
            break;
        case TextRole::secondary:
            set(12, QFont::Normal);
            break;
        case TextRole::section:
            set(11, QFont::DemiBold);
            result.setLetterSpacing(QFont::AbsoluteSpacing, 0.44);
            break;
        case TextRole::small:
            set(11, QFont::Normal);
            break;
        case TextRole::ruler:
            set(10, QFont::Normal);
            break;
        case TextRole::action:
            set(14, QFont::DemiBold);
            break;
    }
    return result;
}

}  // namespace kinora::ui
