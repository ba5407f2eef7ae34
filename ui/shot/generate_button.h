#pragma once

#include <QPushButton>

namespace kinora::ui {

/// The one orange button: a word, and beside it what it will cost ("about 1 min 20 s · 7.4 GB").
class GenerateButton : public QPushButton {
    Q_OBJECT
public:
    explicit GenerateButton(QWidget* parent = nullptr);
    void set_estimate(const QString& estimate);
    [[nodiscard]] const QString& estimate() const { return estimate_; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString estimate_;
};

}  // namespace kinora::ui
