#pragma once

#include <QWidget>
#include <vector>

#include "ui/panels/take_row.h"

namespace kinora::ui {

/// The places of the takes: one below the other, or side by side in a grid. Their owner makes them with this as the parent.
class TakeStack : public QWidget {
    Q_OBJECT
public:
    explicit TakeStack(QWidget* parent = nullptr);
    /// Those that are shown, in order.
    void set_rows(std::vector<TakeRow*> rows);
    void set_form(TakeForm form);
    [[nodiscard]] TakeForm form() const { return form_; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void place();
    std::vector<TakeRow*> rows_;
    TakeForm form_ = TakeForm::row;
};

}  // namespace kinora::ui
