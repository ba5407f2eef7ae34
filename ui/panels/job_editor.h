#pragma once

#include <QFrame>

#include "core/generation/generator.h"
#include "core/generation/request.h"

class QLineEdit;
class QPlainTextEdit;
class QSpinBox;

namespace kinora::ui {

/// What of a job can be changed before it starts: prompt, seed and steps, in a small sheet over the queue.
class JobEditor : public QFrame {
    Q_OBJECT
public:
    explicit JobEditor(QWidget* parent = nullptr);
    void edit(const core::GenerationRequest& request, const core::ModelCapabilities& model);
    void open_at(const QWidget* row);

Q_SIGNALS:
    /// The prompt is as it was typed; its expansion is the receiver's.
    void saved(const kinora::core::GenerationRequest& request);

private:
    void save();
    core::GenerationRequest request_;
    QPlainTextEdit* prompt_;
    QLineEdit* seed_;
    QSpinBox* steps_;
};

}  // namespace kinora::ui
