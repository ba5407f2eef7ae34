#include "ui/panels/models_panel.h"

#include <QDragEnterEvent>
#include <QDropEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "core/base/paths.h"
#include "ui/models/model_desk.h"
#include "ui/panels/installed_row.h"
#include "ui/panels/part_row.h"
#include "ui/panels/published_row.h"
#include "ui/panels/row_list.h"
#include "ui/theme/stylesheet.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

template <typename Row>
Row* row_of(const std::vector<Row*>& rows, const std::string& id)
{
    const auto found = std::find_if(rows.begin(), rows.end(), [&](const Row* row) { return row->model_id() == id; });
    return found == rows.end() ? nullptr : *found;
}

template <typename Row>
void clear(std::vector<Row*>& rows, QVBoxLayout* column)
{
    for (Row* row : rows) {
        column->removeWidget(row);
        row->hide();
        row->deleteLater();
    }
    rows.clear();
}

}  // namespace

ModelsPanel::ModelsPanel(ModelDesk& desk, QWidget* parent) : QWidget(parent), desk_(desk)
{
    setAcceptDrops(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 6, 10, 2);
    head->setSpacing(k_link_spacing);
    add_file_ = new QPushButton(tr("Add file…"), this);
    add_folder_ = new QPushButton(tr("Add folder…"), this);
    add_file_->setToolTip(tr("A model or LoRA in one file; it stays where it is"));
    add_folder_->setToolTip(tr("A model's folder, or a whole tree of models; it stays where it is"));
    for (auto* button : {add_file_, add_folder_}) {
        button->setProperty("kind", "link");
        head->addWidget(button);
    }
    head->addStretch(1);
    column->addLayout(head);
    auto* empty = new EmptyState(QStringLiteral("cards"), tr("No model found"),
                                 tr("Drop a model's file or folder here, or get one from the list below."));
    list_ = new RowList(empty, this);
    list_->setAccessibleName(tr("Models"));
    column->addWidget(list_, 1);
    installed_ = new QVBoxLayout;
    installed_->setSpacing(0);
    const auto title = [&](const QString& text) {
        auto* label = make_label(text, "section", list_->body());
        label->setContentsMargins(16, 16, 10, 4);
        return label;
    };
    parts_title_ = title(tr("Parts and LoRAs in their own files"));
    parts_ = new QVBoxLayout;
    parts_->setSpacing(0);
    auto* section = title(tr("Models you can get"));
    published_ = new QVBoxLayout;
    published_->setSpacing(0);
    list_->rows()->addLayout(installed_);
    list_->rows()->addWidget(parts_title_);
    list_->rows()->addLayout(parts_);
    list_->rows()->addWidget(section);
    list_->rows()->addLayout(published_);
    connect(add_file_, &QPushButton::clicked, this, [this] { choose(Wanted::file); });
    connect(add_folder_, &QPushButton::clicked, this, [this] { choose(Wanted::folder); });
    connect(&desk_, &ModelDesk::installed_changed, this, &ModelsPanel::show_installed);
    connect(&desk_, &ModelDesk::installed_changed, this, &ModelsPanel::show_parts);
    connect(&desk_, &ModelDesk::published_changed, this, &ModelsPanel::show_published);
    connect(&desk_, &ModelDesk::published_moved, this, &ModelsPanel::move_published);
    connect(&desk_, &ModelDesk::checked, this, [this](const std::string& id, double fraction) {
        if (auto* row = installed_row(id)) row->set_checking(fraction);
    });
    show_installed();
    show_parts();
    show_published();
}

InstalledRow* ModelsPanel::installed_row(const std::string& id) const
{
    return row_of(installed_rows_, id);
}

PublishedRow* ModelsPanel::published_row(const std::string& id) const
{
    return row_of(published_rows_, id);
}

void ModelsPanel::set_current_model(const std::string& id)
{
    current_ = id;
    for (auto* row : installed_rows_)
        row->set_in_use(row->model_id() == id);
}

void ModelsPanel::show_installed()
{
    clear(installed_rows_, installed_);
    for (const auto& model : desk_.installed()) {
        auto* row = new InstalledRow(model, list_->body());
        installed_->addWidget(row);
        installed_rows_.push_back(row);
        const std::string id = model.id;
        connect(row, &InstalledRow::use_requested, this, [this, id] { Q_EMIT use_requested(id); });
        connect(row, &InstalledRow::check_requested, &desk_, [this, id] { desk_.check(id); });
        connect(row, &InstalledRow::stop_requested, &desk_, [this, id] { desk_.stop_checking(id); });
        connect(row, &InstalledRow::remove_requested, &desk_, [this, id] { desk_.remove(id); });
        connect(row, &InstalledRow::reveal_requested, this, [this, folder = model.folder] {
            Q_EMIT reveal_requested(QString::fromStdString(core::path_to_utf8(folder)));
        });
    }
    list_->set_empty(desk_.installed().empty());
    set_current_model(current_);
}

void ModelsPanel::show_parts()
{
    clear(part_rows_, parts_);
    for (const auto& part : desk_.parts()) {
        auto* row = new PartRow(part, list_->body());
        parts_->addWidget(row);
        part_rows_.push_back(row);
        connect(row, &PartRow::reveal_requested, this,
                [this, file = part.path] { Q_EMIT reveal_requested(QString::fromStdString(core::path_to_utf8(file))); });
    }
    parts_title_->setVisible(!part_rows_.empty());
}

void ModelsPanel::show_published()
{
    clear(published_rows_, published_);
    for (const auto& entry : desk_.published()) {
        auto* row = new PublishedRow(entry, list_->body());
        published_->addWidget(row);
        published_rows_.push_back(row);
        const std::string id = entry.model.id;
        connect(row, &PublishedRow::offer_requested, &desk_, [this, id] { desk_.offer(id); });
        connect(row, &PublishedRow::fetch_requested, &desk_, [this, id] { desk_.fetch(id); });
        connect(row, &PublishedRow::decline_requested, &desk_, [this, id] { desk_.decline(id); });
        connect(row, &PublishedRow::stop_requested, &desk_, [this, id] { desk_.stop(id); });
    }
}

void ModelsPanel::move_published(const std::string& id)
{
    const auto* entry = desk_.published(id);
    auto* row = published_row(id);
    if (entry && row) row->show_entry(*entry);
}

void ModelsPanel::choose(Wanted wanted)
{
    auto* dialog = new FileChooser(this, wanted == Wanted::file ? tr("Add a model's file") : tr("Add a model's folder"));
    if (wanted == Wanted::file) {
        dialog->setFileMode(FileChooser::ExistingFile);
        dialog->setNameFilters({tr("Models (*.safetensors *.gguf *.pth *.pt *.yaml *.yml)"), tr("All files (*)")});
    } else {
        dialog->setFileMode(FileChooser::Directory);
        dialog->setOption(FileChooser::ShowDirsOnly);
    }
    connect(dialog, &FileChooser::fileSelected, &desk_, &ModelDesk::add);
    dialog->open();
}

void ModelsPanel::dragEnterEvent(QDragEnterEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl& url) { return url.isLocalFile(); }))
        event->acceptProposedAction();
}

void ModelsPanel::dropEvent(QDropEvent* event)
{
    for (const QUrl& url : event->mimeData()->urls())
        if (url.isLocalFile()) desk_.add(url.toLocalFile());
    event->acceptProposedAction();
}

}  // namespace kinora::ui
