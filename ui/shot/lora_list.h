#pragma once

#include <QWidget>
#include <vector>

#include "core/generation/request.h"

class QVBoxLayout;

namespace kinora::ui {

/// The LoRAs of a shot: each a file with a weight; added by a button or by dropping files.
class LoraList : public QWidget {
    Q_OBJECT
public:
    explicit LoraList(QWidget* parent = nullptr);
    void set_loras(const std::vector<core::LoraChoice>& loras);
    [[nodiscard]] const std::vector<core::LoraChoice>& loras() const { return loras_; }
    void add(const QString& file);

Q_SIGNALS:
    void edited();

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void rebuild();
    void choose();

    std::vector<core::LoraChoice> loras_;
    QVBoxLayout* rows_;
};

}  // namespace kinora::ui
