#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace kinora::ui {

class PromptEditor;

/// One variable of the cast-and-style page: its name after a "$", what it stands for, and how many shots use it.
class CastRow : public QWidget {
    Q_OBJECT
public:
    explicit CastRow(const QString& name, QWidget* parent = nullptr);

    [[nodiscard]] const QString& name() const { return name_; }
    /// The variable got another name; the row stays.
    void set_name(const QString& name);
    void set_uses(int shots);
    [[nodiscard]] PromptEditor* editor() const { return editor_; }
    [[nodiscard]] QLineEdit* name_field() const { return field_; }
    [[nodiscard]] QToolButton* remove_button() const { return remove_; }
    [[nodiscard]] QString problem() const;
    void focus_name();
    void focus_text();

Q_SIGNALS:
    void renamed(const QString& from, const QString& to);
    void text_edited(const QString& name, const QString& text);
    void remove_requested(const QString& name);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void commit_name();
    void check_name();

    QString name_;
    QLineEdit* field_;
    QLabel* uses_;
    QLabel* problem_;
    QToolButton* remove_;
    PromptEditor* editor_;
};

}  // namespace kinora::ui
