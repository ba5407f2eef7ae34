#pragma once

#include <QPointer>
#include <QWidget>

class QFrame;
class QLabel;
class QToolButton;
class QVBoxLayout;

namespace kinora::ui {

/// A card in the middle of the window, over a veil: for what needs room and a decision, without a window of its own. Esc,
/// the cross or a click beside the card closes it; the focus comes in when it opens and goes back where it was. Nothing
/// stops meanwhile: the queue, playback and saving go on.
class Sheet : public QWidget {
    Q_OBJECT
public:
    /// Lies over the whole of `window`. `size` is what the card likes to have; it shrinks with the window.
    Sheet(QWidget* window, const QString& title, QSize size);

    void open();
    void dismiss();
    [[nodiscard]] QFrame* card() const { return card_; }

Q_SIGNALS:
    void opened();
    void closed();

protected:
    /// Where the content goes, below the title.
    [[nodiscard]] QVBoxLayout* body() const { return body_; }
    /// Gets the focus when the sheet opens.
    void set_first(QWidget* widget) { first_ = widget; }
    void set_title(const QString& title);

    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void place();
    QSize wanted_;
    QFrame* card_;
    QLabel* title_;
    QVBoxLayout* body_;
    QToolButton* close_;
    QPointer<QWidget> first_;
    QPointer<QWidget> before_;  ///< had the focus
};

}  // namespace kinora::ui
