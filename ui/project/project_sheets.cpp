#include "ui/project/project_sheets.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include "core/base/paths.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

struct Size {
    int width;
    int height;
};

// What film, television and telephones show.
constexpr Size k_sizes[] = {{1920, 1080}, {1280, 720}, {3840, 2160}, {1080, 1920}, {1080, 1080}, {2048, 858}, {1440, 1080}};

/// The true rates of delivery.
const core::FrameRate k_rates[] = {{24000, 1001}, {24}, {25}, {30000, 1001}, {30}, {50}, {60000, 1001}, {60}};

QLineEdit* add_field(QVBoxLayout* body, const QString& label, QWidget* parent)
{
    body->addWidget(make_label(label, "section", parent));
    auto* field = new QLineEdit(parent);
    field->setAccessibleName(label);
    body->addWidget(field);
    return field;
}

QComboBox* add_choice(QVBoxLayout* body, const QString& label, QWidget* parent)
{
    body->addWidget(make_label(label, "section", parent));
    auto* box = new QComboBox(parent);
    box->setProperty("kind", "choice");
    box->setAccessibleName(label);
    body->addWidget(box);
    return box;
}

QPushButton* add_button(QVBoxLayout* body, const QString& text, QLabel* told, QWidget* parent)
{
    auto* button = new QPushButton(text, parent);
    button->setProperty("kind", "primary");
    auto* row = new QHBoxLayout;
    row->setSpacing(12);
    row->addWidget(told, 1);
    row->addWidget(button);
    body->addStretch(1);
    body->addLayout(row);
    return button;
}

QString text_of(const std::filesystem::path& path)
{
    return QString::fromStdString(core::path_to_utf8(path));
}

}  // namespace

NewProjectSheet::NewProjectSheet(QWidget* window) : Sheet(window, tr("New project"), {480, 272})
{
    name_ = add_field(body(), tr("Name"), card());
    body()->addSpacing(4);
    auto* columns = new QHBoxLayout;
    columns->setSpacing(12);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    size_ = add_choice(left, tr("Size"), card());
    rate_ = add_choice(right, tr("Frames per second"), card());
    columns->addLayout(left);
    columns->addLayout(right);
    body()->addLayout(columns);
    for (const Size& size : k_sizes)
        size_->addItem(tr("%1 × %2").arg(size.width).arg(size.height));
    for (const core::FrameRate& rate : k_rates)
        rate_->addItem(QLocale().toString(rate.as_double(), 'g', 5));
    rate_->setCurrentIndex(1);
    place_ = make_label({}, "small", card());
    place_->setWordWrap(true);
    make_ = add_button(body(), tr("Create"), place_, card());
    set_first(name_);
    connect(name_, &QLineEdit::textChanged, this, &NewProjectSheet::show_state);
    connect(name_, &QLineEdit::returnPressed, make_, &QPushButton::click);
    connect(make_, &QPushButton::clicked, this, [this] {
        core::NewProject options;
        options.name = name_->text().simplified().toStdString();
        options.width = k_sizes[size_->currentIndex()].width;
        options.height = k_sizes[size_->currentIndex()].height;
        options.rate = k_rates[rate_->currentIndex()];
        dismiss();
        Q_EMIT make_requested(options);
    });
}

void NewProjectSheet::open_in(const std::filesystem::path& parent)
{
    parent_ = parent;
    name_->setText(tr("Untitled"));
    name_->selectAll();
    show_state();
    open();
}

void NewProjectSheet::show_state()
{
    make_->setEnabled(!name_->text().trimmed().isEmpty());
    place_->setText(tr("It goes into a folder of its own below %1.").arg(text_of(parent_)));
}

SaveAsSheet::SaveAsSheet(QWidget* window) : Sheet(window, tr("Save as"), {520, 288})
{
    name_ = add_field(body(), tr("Name"), card());
    body()->addSpacing(4);
    place_ = add_field(body(), tr("In the folder"), card());
    browse_ = new QPushButton(tr("Choose…"), card());
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    body()->removeWidget(place_);
    row->addWidget(place_, 1);
    row->addWidget(browse_);
    body()->addLayout(row);
    told_ = make_label({}, "small", card());
    told_->setWordWrap(true);
    save_ = add_button(body(), tr("Save"), told_, card());
    set_first(name_);
    connect(name_, &QLineEdit::textChanged, this, &SaveAsSheet::show_state);
    connect(place_, &QLineEdit::textChanged, this, &SaveAsSheet::show_state);
    connect(name_, &QLineEdit::returnPressed, save_, &QPushButton::click);
    connect(place_, &QLineEdit::returnPressed, save_, &QPushButton::click);
    connect(browse_, &QPushButton::clicked, this, &SaveAsSheet::choose_place);
    connect(save_, &QPushButton::clicked, this, &SaveAsSheet::save);
}

void SaveAsSheet::open_with(const QString& name, const std::filesystem::path& parent)
{
    name_->setText(name);
    name_->selectAll();
    place_->setText(text_of(parent));
    show_state();
    open();
}

void SaveAsSheet::show_state()
{
    const QString place = place_->text().trimmed();
    save_->setEnabled(!name_->text().trimmed().isEmpty() && place.startsWith(QLatin1Char('/')));
    told_->setText(
        tr("Takes, media and the whole history come along; what the queue runs goes on for the project as it is now."));
}

void SaveAsSheet::save()
{
    const QString name = name_->text().simplified();
    const auto parent = core::path_from_utf8(place_->text().trimmed().toStdString());
    dismiss();
    Q_EMIT save_requested(parent, name);
}

void SaveAsSheet::choose_place()
{
    auto* dialog = new FileChooser(this, tr("Save the copy in"), place_->text());
    dialog->setFileMode(FileChooser::Directory);
    dialog->setOption(FileChooser::ShowDirsOnly);
    connect(dialog, &FileChooser::fileSelected, place_, &QLineEdit::setText);
    dialog->open();
}

}  // namespace kinora::ui
