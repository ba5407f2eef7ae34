#include "ui/shot/looks.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace kinora::ui {
namespace {

QRegularExpression words_of(const Look& look, const QString& before, const QString& after)
{
    return QRegularExpression(
        before + QStringLiteral("(?<![\\w])") + QRegularExpression::escape(look.text) + QStringLiteral("(?![\\w])") + after,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
}

}  // namespace

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
    QString text = prompt;
    while (!text.isEmpty() && (text.back().isSpace() || text.back() == QLatin1Char(',')))
        text.chop(1);
    return text.isEmpty() ? look.text : text + QStringLiteral(", ") + look.text;
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
