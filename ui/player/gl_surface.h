#pragma once

#include <QOpenGLFunctions>
#include <QOpenGLWidget>
#include <array>
#include <memory>

#include "ui/player/canvas_scene.h"

class QOpenGLShaderProgram;

namespace kinora::ui {

class PictureCanvas;

/// Draws a canvas with OpenGL: pictures as textures, mixed, compared and filtered by one small program, the overlays with
/// QPainter over them. Lies over its canvas and leaves the mouse to it.
class GlSurface : public QOpenGLWidget, private QOpenGLFunctions {
    Q_OBJECT

public:
    explicit GlSurface(PictureCanvas& canvas);
    ~GlSurface() override;

Q_SIGNALS:
    /// OpenGL can't be used after all.
    void failed();

protected:
    void initializeGL() override;
    void paintGL() override;
    void showEvent(QShowEvent* event) override;

private:
    struct Texture {
        unsigned id = 0;
        qint64 key = 0;
        QSize size;
    };
    void upload(Texture& texture, const QImage& picture);
    void bind(int unit, const char* name, Texture& texture, const QImage& picture, QSize stage, bool points);
    void draw_pane(int pane, const QRectF& clip, const MixedPicture& picture, const QImage* subtracted);
    void release();

    PictureCanvas& canvas_;
    std::unique_ptr<QOpenGLShaderProgram> program_;
    std::array<Texture, 4> textures_;  // the two of a mix, B as a picture, B to be subtracted
    bool usable_ = false;
};

}  // namespace kinora::ui
