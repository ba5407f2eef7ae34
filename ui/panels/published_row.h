#pragma once

#include <QWidget>
#include <string>

#include "ui/models/model_shelf.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace kinora::ui {

/// A published model: what it is, and the way to get it in two steps. The first asks the hub for the size and shows what the
/// authors say; the second fetches.
class PublishedRow : public QWidget {
    Q_OBJECT
public:
    explicit PublishedRow(const PublishedEntry& entry, QWidget* parent = nullptr);
    [[nodiscard]] const std::string& model_id() const { return id_; }
    void show_entry(const PublishedEntry& entry);
    /// The one thing to do next, and the other.
    [[nodiscard]] QPushButton* action() const { return action_; }
    [[nodiscard]] QPushButton* other() const { return other_; }

Q_SIGNALS:
    void offer_requested();
    void fetch_requested();
    void decline_requested();
    void stop_requested();

private:
    void act();
    void act_otherwise();
    std::string id_;
    PublishedEntry::State state_ = PublishedEntry::State::idle;
    QLabel* details_;
    QLabel* status_;
    QProgressBar* progress_;
    QPushButton* action_;
    QPushButton* other_;
};

/// "3.2 GB of 11.4 GB · 45 MB/s · 3 min left", or what else is under way.
[[nodiscard]] QString download_words(const PublishedEntry& entry);

}  // namespace kinora::ui
