#pragma once

#include <QAbstractButton>
#include <QImage>

#include "ui/player/picture_tile.h"

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
    QString made_by;         ///< "Remix"; empty: made from words
    QString origin;          ///< "Remix of take 2"; empty: made from words
    int depth = 0;           ///< in the lineage: how many parents stand above it
    bool has_recipe = true;  ///< false for imported ones
    friend bool operator==(const TakeView&, const TakeView&) = default;
};

/// How a take is shown: with its words beside the picture, or as a tile of a grid.
enum class TakeForm { row, tile };

/// One take: a picture that runs through the clip under the mouse, its name, how it was made, and a star.
class TakeRow : public QAbstractButton {
    Q_OBJECT
public:
    explicit TakeRow(QWidget* parent = nullptr);
    void show_take(const TakeView& take);
    [[nodiscard]] const TakeView& take() const { return take_; }
    void set_picture(const QImage& picture);
    void set_form(TakeForm form);
    /// Height of a tile of this width.
    [[nodiscard]] static int tile_height(int width);
    void set_star_visible(bool visible);
    /// Device pixels the picture is shown high.
    [[nodiscard]] int picture_height() const;
    [[nodiscard]] QSize sizeHint() const override { return {280, 89}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {200, 89}; }

Q_SIGNALS:
    void star_toggled(bool starred);
    /// Delete was pressed.
    void remove_requested();
    /// The mouse runs over the picture at this part of the clip, 0…1; -1 when it leaves.
    void hovered_at(double part);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QRect picture_area() const;
    void paint_picture(QPainter& painter);
    void paint_row(QPainter& painter);
    void paint_tile(QPainter& painter);
    void place_star();
    TakeView take_;
    PictureTile picture_;
    QToolButton* star_;
    TakeForm form_ = TakeForm::row;
    bool starrable_ = true;
};

/// The place of the picture in a row of this kind.
inline constexpr int k_take_picture_width = 118;
inline constexpr int k_take_picture_height = 71;

}  // namespace kinora::ui
