#pragma once

#include <QObject>
#include <QTimer>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/generation/frames.h"

namespace kinora::ui {

class StoryboardWidget;

/// Moves the previews of shots that are being made in their places on the storyboard.
class PreviewFilm : public QObject {
    Q_OBJECT
public:
    explicit PreviewFilm(StoryboardWidget& storyboard, QObject* parent = nullptr);
    void show(const std::string& shot, double fraction, const std::shared_ptr<const std::vector<core::Picture8>>& preview);
    void clear(const std::string& shot);

private:
    struct Film {
        std::shared_ptr<const std::vector<core::Picture8>> pictures;
        double fraction = 0;
        std::size_t next = 0;
    };
    void step();
    void paint(const std::string& shot, Film& film);

    StoryboardWidget& storyboard_;
    std::map<std::string, Film> films_;
    QTimer timer_;
};

}  // namespace kinora::ui
