#pragma once

#include <QScrollArea>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace kinora::ui {

class TakeRow;

/// A column of takes that may be thousands long: only those in view are widgets, and they are filled anew as it scrolls.
class TakeRoll : public QScrollArea {
    Q_OBJECT
public:
    using Make = std::function<TakeRow*(QWidget* parent)>;
    using Fill = std::function<void(TakeRow& row, std::size_t item)>;

    /// `empty` is shown while there is nothing; `make` makes a row, `fill` shows an item in it.
    TakeRoll(QWidget* empty, Make make, Fill fill, QWidget* parent = nullptr);
    /// There are so many items now; those in view are filled again.
    void set_count(std::size_t count);
    /// The item that a row shows; nothing if it is out of use.
    [[nodiscard]] std::optional<std::size_t> item_of(const TakeRow* row) const;
    /// Rows in use.
    [[nodiscard]] std::vector<TakeRow*> rows() const;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void lay_out(bool refill);

    Make make_;
    Fill fill_;
    QWidget* body_;
    QWidget* empty_;
    std::vector<TakeRow*> rows_;
    std::size_t count_ = 0;
    std::size_t first_ = 0;  ///< item of the first row
    std::size_t used_ = 0;   ///< rows in use
};

}  // namespace kinora::ui
