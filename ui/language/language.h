#pragma once

#include <QString>
#include <QTranslator>
#include <QVector>

namespace kinora::ui {

/// A language of the studio.
struct Language {
    QString code;  ///< "de"
    QString name;  ///< in itself: "Deutsch"
};

/// Kinora's texts in one language. The collector of texts (lupdate) files them by class names without namespaces, programs
/// ask with namespaces: both are found.
class StudioTranslator : public QTranslator {
    Q_OBJECT
public:
    /// False if there is none for that code; English has plural forms only.
    bool load_language(const QString& code);
    [[nodiscard]] QString translate(const char* context, const char* source, const char* disambiguation,
                                    int count) const override;
};

/// The languages there are, English first.
[[nodiscard]] const QVector<Language>& languages();

/// The language of a choice: a code, or empty for the system's. English where there is none of that name.
[[nodiscard]] QString language_for(const QString& choice);

/// Loads the texts of a language for what is shown from now on: Kinora's and, where they are installed, Qt's own; also for
/// numbers and dates. To be called before the first window is made. Gives the language that is in force.
QString apply_language(const QString& choice);

/// The language in force: "en" until `apply_language` was called.
[[nodiscard]] const QString& current_language();

}  // namespace kinora::ui
