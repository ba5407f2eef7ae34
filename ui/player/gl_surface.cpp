#include "ui/player/gl_surface.h"

#include <QOpenGLContext>
#include <QOpenGLShaderProgram>
#include <QPainter>
#include <QTimer>
#include <algorithm>
#include <cmath>

#include "ui/player/picture_canvas.h"

namespace kinora::ui {

namespace {

const char* const k_vertex_program = R"(
attribute vec2 corner;
uniform vec4 place;  // left, top, width, height in clip coordinates
varying vec2 at;
void main() {
    at = corner;
    gl_Position = vec4(place.xy + corner * place.zw, 0.0, 1.0);
}
)";

// Enlarging takes nine linear samples for the sixteen of a cubic filter (Catmull and Rom), reducing the mipmaps.
const char* const k_fragment_program = R"(
#ifdef GL_ES
precision highp float;
#endif
varying vec2 at;
uniform sampler2D first, second, other;
uniform vec4 first_map, second_map, other_map;     // scale and offset from the stage to the picture
uniform vec3 first_size, second_size, other_size;  // width, height, 1: cubic
uniform vec4 weights;                              // first, second, white, gain of the difference (0: none)

vec3 cubic(sampler2D picture, vec2 uv, vec2 size) {
    vec2 place = uv * size;
    vec2 middle = floor(place - 0.5) + 0.5;
    vec2 f = place - middle;
    vec2 w0 = f * (-0.5 + f * (1.0 - 0.5 * f));
    vec2 w1 = 1.0 + f * f * (-2.5 + 1.5 * f);
    vec2 w2 = f * (0.5 + f * (2.0 - 1.5 * f));
    vec2 w3 = f * f * (-0.5 + 0.5 * f);
    vec2 w12 = w1 + w2;
    vec2 t0 = (middle - 1.0) / size;
    vec2 t3 = (middle + 2.0) / size;
    vec2 t12 = (middle + w2 / w12) / size;
    vec3 sum = texture2D(picture, vec2(t0.x, t0.y)).rgb * w0.x * w0.y;
    sum += texture2D(picture, vec2(t12.x, t0.y)).rgb * w12.x * w0.y;
    sum += texture2D(picture, vec2(t3.x, t0.y)).rgb * w3.x * w0.y;
    sum += texture2D(picture, vec2(t0.x, t12.y)).rgb * w0.x * w12.y;
    sum += texture2D(picture, vec2(t12.x, t12.y)).rgb * w12.x * w12.y;
    sum += texture2D(picture, vec2(t3.x, t12.y)).rgb * w3.x * w12.y;
    sum += texture2D(picture, vec2(t0.x, t3.y)).rgb * w0.x * w3.y;
    sum += texture2D(picture, vec2(t12.x, t3.y)).rgb * w12.x * w3.y;
    sum += texture2D(picture, vec2(t3.x, t3.y)).rgb * w3.x * w3.y;
    return clamp(sum, 0.0, 1.0);
}

vec3 colour(sampler2D picture, vec4 map, vec3 size) {
    vec2 uv = at * map.xy + map.zw;
    vec3 plain = texture2D(picture, uv).rgb;
    if (uv.x < 0.0 || uv.y < 0.0 || uv.x > 1.0 || uv.y > 1.0) return vec3(0.0);
    return size.z > 0.5 ? cubic(picture, uv, size.xy) : plain;
}

void main() {
    vec3 sum = vec3(weights.z);
    if (weights.x > 0.0) sum += weights.x * colour(first, first_map, first_size);
    if (weights.y > 0.0) sum += weights.y * colour(second, second_map, second_size);
    if (weights.w > 0.0) sum = abs(sum - colour(other, other_map, other_size)) * weights.w;
    gl_FragColor = vec4(clamp(sum, 0.0, 1.0), 1.0);
}
)";

constexpr int k_first = 0;
constexpr int k_second = 1;
constexpr int k_other = 2;
constexpr int k_subtracted = 3;
constexpr double k_points_zoom = 4;

}  // namespace

GlSurface::GlSurface(PictureCanvas& canvas) : QOpenGLWidget(&canvas), canvas_(canvas)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setUpdateBehavior(QOpenGLWidget::NoPartialUpdate);
}

GlSurface::~GlSurface()
{
    if (!usable_) return;
    makeCurrent();
    release();
    doneCurrent();
}

void GlSurface::release()
{
    for (Texture& texture : textures_) {
        if (texture.id != 0) glDeleteTextures(1, &texture.id);
        texture = {};
    }
    program_.reset();
    usable_ = false;
}

void GlSurface::showEvent(QShowEvent* event)
{
    QOpenGLWidget::showEvent(event);
    // Without a context nothing is ever painted: no error is reported, so it is looked for.
    QTimer::singleShot(0, this, [this] {
        if (isVisible() && window()->isVisible() && !isValid()) Q_EMIT failed();
    });
}

void GlSurface::initializeGL()
{
    // The context is made anew when the widget moves to another window.
    connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, [this] {
        makeCurrent();
        release();
        doneCurrent();
    });
    initializeOpenGLFunctions();
    program_ = std::make_unique<QOpenGLShaderProgram>();
    const bool built = program_->addShaderFromSourceCode(QOpenGLShader::Vertex, k_vertex_program) &&
                       program_->addShaderFromSourceCode(QOpenGLShader::Fragment, k_fragment_program) && program_->link();
    usable_ = built;
    if (!built) Q_EMIT failed();
}

void GlSurface::upload(Texture& texture, const QImage& picture)
{
    if (texture.id == 0) glGenTextures(1, &texture.id);
    glBindTexture(GL_TEXTURE_2D, texture.id);
    if (texture.key == picture.cacheKey()) return;
    const QImage rgb = picture.format() == QImage::Format_RGB888 ? picture : picture.convertToFormat(QImage::Format_RGB888);
    // QImage's rows may be padded to four bytes, those over a decoded picture aren't.
    const bool packed = rgb.bytesPerLine() == rgb.width() * 3;
    const QImage rows = packed || rgb.bytesPerLine() == (rgb.width() * 3 + 3) / 4 * 4 ? rgb : rgb.copy();
    glPixelStorei(GL_UNPACK_ALIGNMENT, packed ? 1 : 4);
    if (texture.size == rows.size()) {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, 0, rows.width(), rows.height(), GL_RGB, GL_UNSIGNED_BYTE, rows.constBits());
    } else {
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGB, rows.width(), rows.height(), 0, GL_RGB, GL_UNSIGNED_BYTE, rows.constBits());
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    }
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    texture.size = rows.size();
    texture.key = picture.cacheKey();
    glGenerateMipmap(GL_TEXTURE_2D);
}

void GlSurface::bind(int unit, const char* name, Texture& texture, const QImage& picture, QSize stage, bool points)
{
    glActiveTexture(GL_TEXTURE0 + static_cast<GLenum>(unit));
    upload(texture, picture);
    const double zoom = canvas_.view().shown_zoom() * stage.width() / picture.width();
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER,
                    zoom < 1 ? GL_LINEAR_MIPMAP_LINEAR
                    : points ? GL_NEAREST
                             : GL_LINEAR);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, points ? GL_NEAREST : GL_LINEAR);
    // The picture lies centred in the stage: whole, or over all of it.
    const double fit_x = double(stage.width()) / picture.width();
    const double fit_y = double(stage.height()) / picture.height();
    const bool beside = picture.cacheKey() == canvas_.scene().other.cacheKey();
    const Fit fit = beside ? canvas_.scene().other_fit() : canvas_.scene().fit();
    const double scale = fit == Fit::cover ? std::max(fit_x, fit_y) : std::min(fit_x, fit_y);
    const double across = stage.width() / (picture.width() * scale);
    const double down = stage.height() / (picture.height() * scale);
    const QByteArray text(name);
    program_->setUniformValue(text.constData(), unit);
    program_->setUniformValue((text + "_map").constData(),
                              QVector4D(float(across), float(down), float((1 - across) / 2), float((1 - down) / 2)));
    const bool cubic = zoom > 1.001 && !points;
    program_->setUniformValue((text + "_size").constData(), QVector3D(picture.width(), picture.height(), cubic ? 1 : 0));
}

void GlSurface::draw_pane(int pane, const QRectF& clip, const MixedPicture& picture, const QImage* subtracted)
{
    const QRectF area = canvas_.view().area(pane);
    const QSize stage = canvas_.scene().natural_size();
    if (area.isEmpty() || clip.isEmpty() || stage.isEmpty()) return;
    const double ratio = canvas_.view().device_ratio();
    glScissor(int(std::lround(clip.left() * ratio)), int(std::lround((height() - clip.bottom()) * ratio)),
              int(std::lround(clip.width() * ratio)), int(std::lround(clip.height() * ratio)));
    const bool points = canvas_.view().zoom() > 0 && canvas_.view().shown_zoom() >= k_points_zoom;
    const bool is_other = picture.first.cacheKey() == canvas_.scene().other.cacheKey();
    if (!picture.first.isNull()) bind(0, "first", textures_[is_other ? k_other : k_first], picture.first, stage, points);
    if (!picture.second.isNull()) bind(1, "second", textures_[k_second], picture.second, stage, points);
    if (subtracted) bind(2, "other", textures_[k_subtracted], *subtracted, stage, points);
    program_->setUniformValue("weights", QVector4D(picture.first.isNull() ? 0 : picture.first_weight,
                                                   picture.second.isNull() ? 0 : picture.second_weight, picture.white,
                                                   subtracted ? float(k_difference_gain) : 0.0F));
    program_->setUniformValue("place", QVector4D(float(area.left() / width() * 2 - 1), float(1 - area.top() / height() * 2),
                                                 float(area.width() / width() * 2), float(-area.height() / height() * 2)));
    static const GLfloat corners[] = {0, 0, 1, 0, 0, 1, 1, 1};
    program_->enableAttributeArray("corner");
    program_->setAttributeArray("corner", corners, 2);
    glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
    program_->disableAttributeArray("corner");
}

void GlSurface::paintGL()
{
    const QColor ground = ground_of(canvas_.overlay());
    glDisable(GL_SCISSOR_TEST);
    glClearColor(ground.redF(), ground.greenF(), ground.blueF(), 1);
    glClear(GL_COLOR_BUFFER_BIT);
    const CanvasScene& scene = canvas_.scene();
    const CanvasView& view = canvas_.view();
    const bool any = !scene.picture.is_null();
    if (usable_ && any && canvas_.message().isEmpty()) {
        glDisable(GL_BLEND);
        glDisable(GL_DEPTH_TEST);
        glEnable(GL_SCISSOR_TEST);
        program_->bind();
        const MixedPicture other{scene.other, {}};
        const QRectF seen = view.seen(0);
        switch (scene.shown_compare()) {
            case CompareMode::off:
                draw_pane(0, seen, scene.picture, nullptr);
                break;
            case CompareMode::wipe: {
                const double x = divider_x(view, canvas_.overlay().divider);
                draw_pane(0, QRectF(seen.left(), seen.top(), x - seen.left(), seen.height()), scene.picture, nullptr);
                draw_pane(0, QRectF(x, seen.top(), seen.right() - x, seen.height()), other, nullptr);
                break;
            }
            case CompareMode::side_by_side:
                draw_pane(0, seen, scene.picture, nullptr);
                draw_pane(1, view.seen(1), other, nullptr);
                break;
            case CompareMode::difference:
                draw_pane(0, seen, scene.picture, &scene.other);
                break;
        }
        program_->release();
        canvas_.painted_ = scene.picture;
        glActiveTexture(GL_TEXTURE0);
        glDisable(GL_SCISSOR_TEST);
    }
    QPainter painter(this);
    paint_overlay(painter, canvas_.overlay(), view, scene.shown_compare(), any);
}

}  // namespace kinora::ui
