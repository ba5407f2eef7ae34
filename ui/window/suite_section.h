#pragma once

#include <QWidget>
#include <set>
#include <vector>

#include "core/export/interchange_export.h"
#include "core/provenance/disclosure.h"

class QCheckBox;
class QLabel;
class QPushButton;

namespace kinora::ui {

/// What leaves the studio beside the pictures: files for editing suites, content credentials, and what all of it tells about
/// how the pictures were made. A part of the export panel.
class SuiteSection : public QWidget {
    Q_OBJECT
public:
    explicit SuiteSection(QWidget* parent = nullptr);

    /// Fills it without a signal. `storyboard`: only a whole storyboard can go to an editing suite.
    void show_choice(const std::set<media::InterchangeFormat>& formats, bool sign, bool storyboard);
    /// What the files would tell; empty: nothing.
    void show_told(const std::vector<core::DisclosedItem>& items);
    [[nodiscard]] const std::set<media::InterchangeFormat>& formats() const { return formats_; }
    [[nodiscard]] bool sign() const;

Q_SIGNALS:
    void changed();
    /// It needs another height now.
    void resized();

private:
    void build_formats();
    void build_told();

    std::set<media::InterchangeFormat> formats_;
    std::vector<std::pair<media::InterchangeFormat, QCheckBox*>> boxes_;
    QWidget* suites_ = nullptr;
    QCheckBox* sign_ = nullptr;
    QLabel* signature_ = nullptr;
    QPushButton* show_ = nullptr;
    QLabel* told_ = nullptr;
    bool filling_ = false;
};

}  // namespace kinora::ui
