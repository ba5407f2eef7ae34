#pragma once

#include <QWidget>
#include <string>
#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace kinora::ui {

class InstalledRow;
class ModelDesk;
class PartRow;
class PublishedRow;
class RowList;

/// The models, parts of models and LoRAs on this machine, and the models that can be had: what they are, under which
/// licence, trained on what. Files and folders dropped on it are added where they lie.
class ModelsPanel : public QWidget {
    Q_OBJECT
public:
    /// The desk outlives the panel.
    explicit ModelsPanel(ModelDesk& desk, QWidget* parent = nullptr);
    /// The model that the selected shot is made with.
    void set_current_model(const std::string& id);

    [[nodiscard]] InstalledRow* installed_row(const std::string& id) const;
    [[nodiscard]] const std::vector<PartRow*>& part_rows() const { return part_rows_; }
    [[nodiscard]] PublishedRow* published_row(const std::string& id) const;
    [[nodiscard]] QPushButton* add_file_button() const { return add_file_; }
    [[nodiscard]] QPushButton* add_folder_button() const { return add_folder_; }

Q_SIGNALS:
    void use_requested(const std::string& id);
    void reveal_requested(const QString& folder);

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    enum class Wanted { file, folder };
    void choose(Wanted wanted);
    void show_installed();
    void show_parts();
    void show_published();
    void move_published(const std::string& id);

    ModelDesk& desk_;
    RowList* list_;
    QVBoxLayout* installed_;
    QLabel* parts_title_;
    QVBoxLayout* parts_;
    QVBoxLayout* published_;
    QPushButton* add_file_;
    QPushButton* add_folder_;
    std::vector<InstalledRow*> installed_rows_;
    std::vector<PartRow*> part_rows_;
    std::vector<PublishedRow*> published_rows_;
    std::string current_;
};

}  // namespace kinora::ui
