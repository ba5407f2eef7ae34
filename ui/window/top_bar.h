#pragma once

#include <QWidget>

#include "ui/session/project_keeper.h"

class QLabel;
class QLineEdit;
class QMenu;
class QToolButton;

namespace kinora::ui {

/// The bar at the top: menu, the project's name and whether it is saved, device, queue, Export.
class TopBar : public QWidget {
    Q_OBJECT
public:
    explicit TopBar(QWidget* parent = nullptr);
    void set_menu(QMenu* menu);
    /// As a click on its button does.
    void open_menu();
    [[nodiscard]] QToolButton* menu_button() const { return menu_button_; }
    void set_project_name(const QString& name);
    void set_save_state(SaveState state, const QString& reason);
    void set_device(const QString& text);
    /// Empty text hides the pill.
    void set_queue(const QString& text);
    void set_export_hint(const QString& text);
    [[nodiscard]] QToolButton* export_button() const { return export_; }
    [[nodiscard]] QToolButton* export_arrow() const { return arrow_; }
    [[nodiscard]] QString save_text() const;

Q_SIGNALS:
    void renamed(const QString& name);
    void export_requested();
    void export_options_requested();
    void queue_clicked();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fit_name();
    QToolButton* menu_button_;
    QMenu* menu_ = nullptr;
    QLineEdit* name_;
    QLabel* saved_;
    QLabel* device_;
    QLabel* queue_;
    QToolButton* export_;
    QToolButton* arrow_;
};

}  // namespace kinora::ui
