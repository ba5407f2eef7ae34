#include "ui/language/language.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <algorithm>
#include <memory>
#include <string_view>

// A static library's resources are not initialised by themselves; the macro must stand outside every namespace.
static void init_translation_resources()
{
    Q_INIT_RESOURCE(translations);
}

namespace kinora::ui {
namespace {

QString current = QStringLiteral("en");

}  // namespace

bool StudioTranslator::load_language(const QString& code)
{
    init_translation_resources();
    return load(QStringLiteral("kinora_%1").arg(code), QStringLiteral(":/kinora/translations"));
}

QString StudioTranslator::translate(const char* context, const char* source, const char* disambiguation, int count) const
{
    const QString found = QTranslator::translate(context, source, disambiguation, count);
    const std::string_view whole(context ? context : "");
    const std::size_t colons = whole.rfind("::");
    if (!found.isNull() || colons == std::string_view::npos) return found;
    const QString shorter = QTranslator::translate(whole.data() + colons + 2, source, disambiguation, count);
    // Texts outside of classes are filed by their namespace.
    return shorter.isNull() ? QTranslator::translate("kinora::ui", source, disambiguation, count) : shorter;
}

const QVector<Language>& languages()
{
    static const QVector<Language> list{{QStringLiteral("en"), QStringLiteral("English")},
                                        {QStringLiteral("de"), QStringLiteral("Deutsch")}};
    return list;
}

QString language_for(const QString& choice)
{
    const QString wanted = (choice.isEmpty() ? QLocale::system().name() : choice).left(2).toLower();
    const auto found = std::find_if(languages().begin(), languages().end(),
                                    [&](const Language& language) { return language.code == wanted; });
    return found == languages().end() ? QStringLiteral("en") : wanted;
}

QString apply_language(const QString& choice)
{
    static std::unique_ptr<StudioTranslator> own;
    static std::unique_ptr<QTranslator> qt;
    own = std::make_unique<StudioTranslator>();
    qt = std::make_unique<QTranslator>();
    current = language_for(choice);
    const QLocale system = QLocale::system();
    QLocale::setDefault(system.name().startsWith(current) ? system : QLocale(current));
    if (qt->load(QStringLiteral("qtbase_%1").arg(current), QLibraryInfo::path(QLibraryInfo::TranslationsPath)))
        QCoreApplication::installTranslator(qt.get());
    if (own->load_language(current)) QCoreApplication::installTranslator(own.get());
    return current;
}

const QString& current_language()
{
    return current;
}

}  // namespace kinora::ui
