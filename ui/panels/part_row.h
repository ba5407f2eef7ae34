#pragma once

#include <QWidget>

#include "ui/models/model_shelf.h"

namespace kinora::ui {

/// A text encoder, VAE, transformer or LoRA in a file of its own: what it is and where it lies.
class PartRow : public QWidget {
    Q_OBJECT
public:
    explicit PartRow(const InstalledPart& part, QWidget* parent = nullptr);

Q_SIGNALS:
    void reveal_requested();
};

}  // namespace kinora::ui
