#include "ui/project/file_list.h"

#include <QAbstractListModel>
#include <QPainter>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace kinora::ui {
namespace {

enum Role { k_detail = Qt::UserRole, k_trailing, k_mark };

struct Sign {
    const char* icon;
    QColor colour;
};

Sign sign_of(FileRow::Mark mark)
{
    switch (mark) {
        case FileRow::Mark::missing:
            return {"search", roles().warn};
        case FileRow::Mark::good:
            return {"check", roles().good};
        case FileRow::Mark::bad:
            return {"warning", roles().bad};
        case FileRow::Mark::none:
            break;
    }
    return {"", roles().text};
}

class FileRowPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const Roles& r = roles();
        const bool chosen = option.state.testFlag(QStyle::State_Selected);
        const auto mark = static_cast<FileRow::Mark>(index.data(k_mark).toInt());
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        const QRectF area = QRectF(option.rect).adjusted(4, 1, -4, -1);
        if (chosen || option.state.testFlag(QStyle::State_MouseOver)) {
            painter->setPen(Qt::NoPen);
            painter->setBrush(chosen ? r.accent_ground : r.hover);
            painter->drawRoundedRect(area, 6, 6);
        }
        double left = area.left() + 12;
        if (mark != FileRow::Mark::none) {
            const Sign sign = sign_of(mark);
            paint_icon(*painter, QRectF(left - 2, area.center().y() - 9, 18, 18), QLatin1String(sign.icon), sign.colour);
            left += 26;
        }
        painter->setFont(ui::font(TextRole::secondary));
        const QString trailing = index.data(k_trailing).toString();
        const int trailing_width = trailing.isEmpty() ? 0 : painter->fontMetrics().horizontalAdvance(trailing) + 16;
        painter->setPen(chosen ? r.accent_text : r.dim);
        painter->drawText(area.adjusted(0, 0, -12, 0), Qt::AlignVCenter | Qt::AlignRight, trailing);
        const double width = area.right() - 12 - trailing_width - left;
        const auto line = [&](const QRectF& place, TextRole role, const QColor& colour, const QString& text,
                              Qt::TextElideMode how) {
            painter->setFont(ui::font(role));
            painter->setPen(colour);
            painter->drawText(place, Qt::AlignVCenter | Qt::TextSingleLine,
                              painter->fontMetrics().elidedText(text, how, static_cast<int>(width)));
        };
        const QString detail = index.data(k_detail).toString();
        const QColor text = chosen ? r.accent_text : r.text;
        if (detail.isEmpty()) {
            line({left, area.top(), width, area.height()}, TextRole::body, text, index.data().toString(), Qt::ElideRight);
        } else {
            line({left, area.top() + 4, width, 18}, TextRole::body, text, index.data().toString(), Qt::ElideMiddle);
            line({left, area.top() + 22, width, 16}, TextRole::small, chosen ? r.accent_text : r.dim, detail,
                 Qt::ElideMiddle);
        }
        painter->restore();
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        return {200, index.data(k_detail).toString().isEmpty() ? 30 : 44};
    }
};

}  // namespace

class FileList::Model : public QAbstractListModel {
public:
    Model(const std::vector<FileRow>& rows, QObject* parent) : QAbstractListModel(parent), rows_(rows) {}
    void begin() { beginResetModel(); }
    void end() { endResetModel(); }
    int rowCount(const QModelIndex& parent) const override { return parent.isValid() ? 0 : static_cast<int>(rows_.size()); }
    QVariant data(const QModelIndex& index, int role) const override
    {
        const FileRow& row = rows_[static_cast<std::size_t>(index.row())];
        switch (role) {
            case Qt::DisplayRole:
                return row.title;
            case Qt::ToolTipRole:
                return row.detail;
            case Qt::AccessibleTextRole:
                return QStringList{row.title, row.detail, row.trailing}.join(QStringLiteral(", "));
            case k_detail:
                return row.detail;
            case k_trailing:
                return row.trailing;
            case k_mark:
                return static_cast<int>(row.mark);
            default:
                return {};
        }
    }

private:
    const std::vector<FileRow>& rows_;
};

FileList::FileList(const QString& name, QWidget* parent) : QListView(parent), model_(new Model(rows_, this))
{
    setModel(model_);
    setItemDelegate(new FileRowPainter(this));
    setMouseTracking(true);
    setAccessibleName(name);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    connect(selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& now) { Q_EMIT row_chosen(now.row()); });
    connect(this, &QListView::activated, this, [this](const QModelIndex& row) { Q_EMIT row_activated(row.row()); });
}

void FileList::show_rows(std::vector<FileRow> rows)
{
    if (rows == rows_) return;
    const int row = chosen();
    model_->begin();
    rows_ = std::move(rows);
    model_->end();
    if (row >= 0 && !rows_.empty()) setCurrentIndex(model_->index(std::min(row, static_cast<int>(rows_.size()) - 1), 0));
}

}  // namespace kinora::ui
