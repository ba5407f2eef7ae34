#include "ui/verbs/verb_text.h"

#include <QCoreApplication>

namespace kinora::ui {
namespace {

struct VerbText {
    Q_DECLARE_TR_FUNCTIONS(VerbText)
};

}  // namespace

QString verb_title(core::Verb verb)
{
    switch (verb) {
        case core::Verb::variations:
            return VerbText::tr("Variation");
        case core::Verb::remix:
            return VerbText::tr("Remix");
        case core::Verb::recut:
            return VerbText::tr("Re-cut");
        case core::Verb::extend_before:
            return VerbText::tr("Extended in front");
        case core::Verb::extend_after:
            return VerbText::tr("Extended");
        case core::Verb::loop:
            return VerbText::tr("Loop");
        case core::Verb::blend:
            return VerbText::tr("Blend");
        case core::Verb::chain:
            return VerbText::tr("Chained");
        case core::Verb::upscale:
            return VerbText::tr("Upscaled");
        case core::Verb::interpolate:
            return VerbText::tr("Interpolated");
    }
    return {};
}

QString made_by(const std::string& verb)
{
    for (const auto known :
         {core::Verb::variations, core::Verb::remix, core::Verb::recut, core::Verb::extend_before, core::Verb::extend_after,
          core::Verb::loop, core::Verb::blend, core::Verb::chain, core::Verb::upscale, core::Verb::interpolate})
        if (core::verb_name(known) == verb) return verb_title(known);
    return QString::fromStdString(verb);
}

}  // namespace kinora::ui
