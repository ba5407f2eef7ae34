#pragma once

#include <QWidget>
#include <string>
#include <vector>

class QLabel;

namespace kinora::ui {

class RuntimeDesk;
class RuntimeRow;

/// The preferences' page about what computes: which cards and drivers are there, what Kinora works on now, which build
/// fits and why, and the builds with the way to get them.
class RuntimePage : public QWidget {
    Q_OBJECT
public:
    explicit RuntimePage(QWidget* parent = nullptr);
    [[nodiscard]] RuntimeDesk& desk() { return *desk_; }
    [[nodiscard]] RuntimeRow* row(const std::string& id) const;
    [[nodiscard]] QLabel* cards() const { return cards_; }
    [[nodiscard]] QLabel* now() const { return now_; }
    [[nodiscard]] QLabel* advice() const { return advice_; }
    [[nodiscard]] QLabel* error() const { return error_; }

protected:
    /// Looks at the machine whenever it comes into view.
    void showEvent(QShowEvent* event) override;

private:
    void show_state();
    RuntimeDesk* desk_;
    QLabel* cards_;
    QLabel* now_;
    QLabel* advice_;
    QLabel* error_;
    std::vector<RuntimeRow*> rows_;
};

}  // namespace kinora::ui
