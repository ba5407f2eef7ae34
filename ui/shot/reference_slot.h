#pragma once

#include <QAbstractButton>
#include <QPixmap>
#include <QString>

class QMimeData;

namespace kinora::ui {

/// A place for a picture that the clip must show: dashed while empty; a picture can be dropped or pasted, or chosen from the
/// menu that a click opens.
class ReferenceSlot : public QAbstractButton {
    Q_OBJECT
public:
    /// `invitation` stands in the empty slot, `caption` on the picture.
    ReferenceSlot(const QString& invitation, const QString& caption, QWidget* parent = nullptr);

    /// A null picture empties the slot. `detail` is a second line ("last of shot 1").
    void set_picture(const QImage& picture, const QString& detail);
    /// Takes what the clipboard holds: a picture, or a file of one. False if it holds neither.
    bool paste();
    [[nodiscard]] bool filled() const { return !picture_.isNull(); }
    [[nodiscard]] QSize sizeHint() const override { return {140, 62}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {80, 62}; }

Q_SIGNALS:
    void file_dropped(const QString& file);
    /// A picture without a file: dropped from another program, or pasted.
    void picture_given(const QImage& picture);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    bool take(const QMimeData& mime);
    QString invitation_;
    QString caption_;
    QString detail_;
    QImage picture_;
    bool dragging_ = false;
};

}  // namespace kinora::ui
