#pragma once

#include <QFrame>
#include <QString>
#include <functional>

class QLabel;
class QProgressBar;
class QPushButton;
class QToolButton;

namespace kinora::ui {

enum class Tone { info, working, good, warn, bad };

/// One thing that the studio has to say, and the next step. Never a dialog.
struct Notice {
    Tone tone = Tone::info;
    QString text;    ///< one sentence
    QString action;  ///< the button's text; empty: none
    std::function<void()> on_action;
    double fraction = -1;  ///< 0…1 shows progress
};

/// The bar that shows a notice under the player: a sign, the sentence, progress, a button, and a cross to close it.
class MessageBar : public QFrame {
    Q_OBJECT
public:
    explicit MessageBar(QWidget* parent = nullptr);
    void show_notice(Notice notice);
    /// Only while a notice of that tone is shown: changes text and fraction without moving anything.
    void update_progress(const QString& text, double fraction);
    void dismiss();
    [[nodiscard]] const Notice& notice() const { return notice_; }
    [[nodiscard]] QPushButton* action_button() const { return action_; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void refresh_sign();
    Notice notice_;
    QLabel* sign_;
    QLabel* text_;
    QProgressBar* progress_;
    QPushButton* action_;
    QToolButton* close_;
};

}  // namespace kinora::ui
