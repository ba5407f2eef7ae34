#pragma once

#include <QAbstractButton>
#include <QImage>

class QToolButton;

namespace kinora::ui {

/// What a row of the takes list shows.
struct TakeView {
    QString id;
    QString title;    ///< "Take 3"
    QString details;  ///< "seed 90210 · 20 steps"
    QString length;   ///< "2.75 s · 320×192"
    QString clip;     ///< absolute path
    int frames = 0;
    bool starred = false;
    bool chosen = false;
    friend bool operator==(const TakeView&, const TakeView&) = default;
};

/// One take: a picture that runs through the clip under the mouse, its name, how it was made, and a star.
class TakeRow : public QAbstractButton {
    Q_OBJECT
public:
    explicit TakeRow(QWidget* parent = nullptr);
    void show_take(const TakeView& take);
    [[nodiscard]] const TakeView& take() const { return take_; }
    void set_picture(const QImage& picture);
    void set_star_visible(bool visible);
    /// Device pixels the picture is shown high.
    [[nodiscard]] int picture_height() const;
    [[nodiscard]] QSize sizeHint() const override { return {280, 89}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 89}; }

Q_SIGNALS:
    void star_toggled(bool starred);
    /// The mouse runs over the picture at this part of the clip, 0…1; -1 when it leaves.
    void hovered_at(double part);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] QRect picture_area() const;
    TakeView take_;
    QImage picture_;
    QToolButton* star_;
    bool starrable_ = true;
};

/// The place of the picture in a row of this kind.
inline constexpr int k_take_picture_width = 118;
inline constexpr int k_take_picture_height = 71;

}  // namespace kinora::ui
