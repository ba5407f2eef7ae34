#pragma once

#include <QWidget>
#include <vector>

#include "ui/session/engine.h"

namespace kinora::ui {

class RowList;

/// The models on this machine: what they can make, under which licence, trained on what.
class ModelsPanel : public QWidget {
    Q_OBJECT
public:
    explicit ModelsPanel(QWidget* parent = nullptr);
    void show_models(const std::vector<ModelEntry>& models);

private:
    QWidget* make_row(const ModelEntry& model);
    RowList* list_;
};

}  // namespace kinora::ui
