#include "ui/shot/looks.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <algorithm>

#include "core/prompt/syntax.h"
#include "ui/shot/prompt_units.h"

namespace kinora::ui {
namespace {

/// The names in resources/looks/looks.json, for the translators; a test compares the two.
[[maybe_unused]] constexpr const char* k_names[] = {
    QT_TRANSLATE_NOOP("Looks", "Light"),         QT_TRANSLATE_NOOP("Looks", "Golden hour"),
    QT_TRANSLATE_NOOP("Looks", "Morning"),       QT_TRANSLATE_NOOP("Looks", "Bright day"),
    QT_TRANSLATE_NOOP("Looks", "Dusk"),          QT_TRANSLATE_NOOP("Looks", "Night"),
    QT_TRANSLATE_NOOP("Looks", "Weather"),       QT_TRANSLATE_NOOP("Looks", "Clouds"),
    QT_TRANSLATE_NOOP("Looks", "Rain"),          QT_TRANSLATE_NOOP("Looks", "Snowfall"),
    QT_TRANSLATE_NOOP("Looks", "Camera"),        QT_TRANSLATE_NOOP("Looks", "Slow pan right"),
    QT_TRANSLATE_NOOP("Looks", "Slow pan left"), QT_TRANSLATE_NOOP("Looks", "Push in"),
    QT_TRANSLATE_NOOP("Looks", "Pull back"),     QT_TRANSLATE_NOOP("Looks", "Tilt up"),
    QT_TRANSLATE_NOOP("Looks", "Still camera"),
};

QRegularExpression words_of(const Look& look, const QString& before, const QString& after)
{
    return QRegularExpression(
        before + QStringLiteral("(?<![\\w])") + QRegularExpression::escape(look.text) + QStringLiteral("(?![\\w])") + after,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
}

}  // namespace

QString look_name(const Look& look)
{
    return QCoreApplication::translate("Looks", look.name.toUtf8().constData());
}

QString look_group(const Look& look)
{
    return QCoreApplication::translate("Looks", look.group.toUtf8().constData());
}

QVector<Look> bundled_looks()
{
    QFile file(QStringLiteral(":/kinora/looks/looks.json"));
    if (!file.open(QIODevice::ReadOnly)) return {};
    QVector<Look> looks;
    const auto groups = QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("groups")).toArray();
    for (const auto& group : groups) {
        const QString name = group.toObject().value(QLatin1String("name")).toString();
        const auto entries = group.toObject().value(QLatin1String("looks")).toArray();
        for (const auto& entry : entries) {
            const auto object = entry.toObject();
            looks.append({name, object.value(QLatin1String("name")).toString(),
                          object.value(QLatin1String("text")).toString(), object.value(QLatin1String("offered")).toBool()});
        }
    }
    return looks;
}

bool has_look(const QString& prompt, const Look& look)
{
    return words_of(look, {}, {}).match(prompt).hasMatch();
}

QString with_look(const QString& prompt, const Look& look)
{
    if (has_look(prompt, look)) return prompt;
    const PromptUnits units(prompt);
    const auto nodes = core::parse_prompt(units.bytes()).nodes;
    const auto mark = std::find_if(nodes.begin(), nodes.end(),
                                   [](const core::PromptNode& node) { return node.kind == core::PromptNode::Kind::time; });
    const int end = mark == nodes.end() ? static_cast<int>(prompt.size()) : units.unit(mark->range.begin);
    QString text = prompt.left(end);
    while (!text.isEmpty() && (text.back().isSpace() || text.back() == QLatin1Char(',')))
        text.chop(1);
    if (!text.isEmpty()) text += text.back() == QLatin1Char('.') ? QStringLiteral(" ") : QStringLiteral(", ");
    text += look.text;
    return mark == nodes.end() ? text : text + QLatin1Char(' ') + prompt.mid(end);
}

QString without_look(const QString& prompt, const Look& look)
{
    QString text = prompt;
    const auto behind = words_of(look, QStringLiteral("\\s*,\\s*"), {});
    if (behind.match(text).hasMatch()) return text.replace(behind, QString());
    const auto leading = words_of(look, QStringLiteral("^\\s*"), QStringLiteral("\\s*,?\\s*"));
    if (leading.match(text).hasMatch()) return text.replace(leading, QString());
    return text.replace(words_of(look, QStringLiteral("\\s*"), {}), QString());
}

}  // namespace kinora::ui
