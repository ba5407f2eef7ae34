#pragma once

#include <QElapsedTimer>
#include <QImage>
#include <QTimer>
#include <QWidget>

#include "ui/draft/draft_desk.h"

namespace kinora::ui {

/// A small moving picture with a dashed border, as empty slots have it, and the word "Draft" below: never to be taken for a
/// take. Lies over the player: in its middle while that has nothing to show, else in a corner. The mouse goes through it.
class DraftCard : public QWidget {
    Q_OBJECT
public:
    explicit DraftCard(QWidget* parent);

    void show_draft(const Draft& draft);
    /// What is shown is of earlier words: it stands back.
    void set_outdated(bool outdated);
    /// Forgets the pictures and hides.
    void dismiss();
    [[nodiscard]] bool has_draft() const { return draft_.pictures != nullptr; }
    [[nodiscard]] bool outdated() const { return outdated_; }
    /// The picture that is shown, counted from 0.
    [[nodiscard]] int frame() const { return frame_; }
    [[nodiscard]] QImage picture() const;

    enum class Place { middle, corner };
    /// Lays the card over `area`, in the parent's coordinates.
    void place(const QRect& area, Place where);

protected:
    void paintEvent(QPaintEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void step();
    [[nodiscard]] QRect picture_box() const;

    Draft draft_;
    int frame_ = 0;
    bool outdated_ = false;
    Place place_ = Place::middle;
    QTimer timer_;
    QElapsedTimer clock_;
};

}  // namespace kinora::ui
