#include "ui/widgets/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <cmath>
#include <string>

#include "core/prompt/syntax.h"

namespace kinora::ui {
namespace {

QString tr(const char* text)
{
    return QCoreApplication::translate("kinora::ui::words", text);
}

void append_words(QString& words, const std::vector<core::PromptNode>& nodes)
{
    using Kind = core::PromptNode::Kind;
    for (const auto& node : nodes) {
        if (node.kind == Kind::text)
            words += QString::fromStdString(node.text);
        else if (node.kind == Kind::variable)
            words += QLatin1Char('$') + QString::fromStdString(node.text);
        else if (node.kind == Kind::alternatives && !node.options.empty())
            append_words(words, node.options.front());
        else
            append_words(words, node.children);
    }
}

}  // namespace

QString duration_words(double seconds)
{
    const auto whole = static_cast<qint64>(std::ceil(std::max(0.0, seconds)));
    if (whole < 60) return tr("%1 s").arg(whole);
    if (whole < 3600)
        return whole % 60 == 0 ? tr("%1 min").arg(whole / 60) : tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

QString size_words(std::int64_t bytes)
{
    const double gigabytes = static_cast<double>(bytes) / 1e9;
    if (gigabytes >= 0.95) return tr("%1 GB").arg(QLocale().toString(gigabytes, 'f', 1));
    if (bytes < 950'000) return tr("%1 kB").arg((bytes + 999) / 1000);
    return tr("%1 MB").arg(static_cast<qint64>(std::lround(gigabytes * 1000)));
}

QString prompt_title(const QString& prompt, int characters)
{
    QString words;
    append_words(words, core::parse_prompt(prompt.toStdString()).nodes);
    words = words.simplified();
    if (words.size() <= characters) return words;
    const auto space = words.lastIndexOf(QLatin1Char(' '), characters);
    return words.left(space > characters / 2 ? space : characters) + QStringLiteral("…");
}

}  // namespace kinora::ui
