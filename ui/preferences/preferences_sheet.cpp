#include "ui/preferences/preferences_sheet.h"

#include <QButtonGroup>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/commands/shortcut_editor.h"
#include "ui/language/language.h"
#include "ui/preferences/preferences.h"
#include "ui/runtime/runtime_page.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {
namespace {

template <std::size_t Count>
int row_of(const int (&choices)[Count], int value)
{
    const auto found = std::find(std::begin(choices), std::end(choices), value);
    return found == std::end(choices) ? 0 : static_cast<int>(found - std::begin(choices));
}

QComboBox* make_choice(const QString& name, QWidget* parent)
{
    auto* box = new QComboBox(parent);
    box->setProperty("kind", "choice");
    box->setAccessibleName(name);
    box->setFixedWidth(160);
    return box;
}

}  // namespace

PreferencesSheet::PreferencesSheet(PreferencesKeeper& preferences, CommandBook& book, Shortcuts& shortcuts, QWidget* window)
    : Sheet(window, tr("Preferences"), {760, 640}),
      preferences_(preferences),
      started_with_scale_(preferences.now().scale),
      started_with_language_(preferences.now().language)
{
    tabs_ = new QTabBar(card());
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setFocusPolicy(Qt::TabFocus);
    tabs_->setAccessibleName(tr("Pages of the preferences"));
    tabs_->addTab(tr("General"));
    tabs_->addTab(tr("Keyboard shortcuts"));
    tabs_->addTab(tr("Graphics card"));
    pages_ = new QStackedWidget(card());
    pages_->addWidget(build_general());
    editor_ = new ShortcutEditor(book, shortcuts, pages_);
    pages_->addWidget(editor_);
    runtime_ = new RuntimePage(pages_);
    pages_->addWidget(runtime_);
    body()->addWidget(tabs_);
    auto* line = new QFrame(card());
    line->setFixedHeight(1);
    line->setObjectName(QStringLiteral("Line"));
    body()->addWidget(line);
    body()->addSpacing(8);
    body()->addWidget(pages_, 1);
    connect(tabs_, &QTabBar::currentChanged, pages_, &QStackedWidget::setCurrentIndex);
    connect(&preferences_, &PreferencesKeeper::changed, this, &PreferencesSheet::show_preferences);
    connect(editor_, &ShortcutEditor::edited, this, [this, &shortcuts] {
        auto changed = preferences_.now();
        changed.layout = shortcuts.layout();
        changed.changed_keys = shortcuts.changed_keys();
        preferences_.set(changed);
    });
    show_preferences();
}

QWidget* PreferencesSheet::build_line(const QString& label, QWidget* control, const QString& note, QWidget* parent)
{
    auto* line = new QWidget(parent);
    auto* row = new QHBoxLayout(line);
    row->setContentsMargins(0, 4, 0, 4);
    row->setSpacing(12);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(make_label(label, "plain", line));
    auto* more = make_label(note, "secondary", line);
    more->setWordWrap(true);
    words->addWidget(more);
    row->addLayout(words, 1);
    row->addWidget(control, 0, Qt::AlignVCenter);
    return line;
}

QWidget* PreferencesSheet::build_general()
{
    auto* page = new QWidget(card());
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* choices = new QWidget(page);
    auto* row = new QHBoxLayout(choices);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    themes_ = new QButtonGroup(this);
    const std::pair<ThemeChoice, QString> themes[] = {
        {ThemeChoice::dark, tr("Dark")}, {ThemeChoice::light, tr("Light")}, {ThemeChoice::system, tr("As the system")}};
    for (const auto& [theme, name] : themes) {
        auto* button = new QPushButton(name, choices);
        button->setProperty("kind", "chip");
        button->setCheckable(true);
        themes_->addButton(button, static_cast<int>(theme));
        row->addWidget(button);
    }
    column->addWidget(build_line(tr("Theme"), choices, tr("Neutral greys in both: colour is judged beside them."), page));
    language_ = make_choice(tr("Language"), page);
    language_->addItem(tr("As the system"), QString());
    for (const Language& language : languages())
        language_->addItem(language.name, language.code);
    column->addWidget(
        build_line(tr("Language"), language_, tr("Of everything but the prompts: models know English best."), page));
    scale_ = make_choice(tr("Scale"), page);
    for (const int percent : k_scales)
        scale_->addItem(tr("%1 %").arg(percent));
    column->addWidget(build_line(tr("Scale"), scale_, tr("The size of everything, on top of the screen's own."), page));
    restart_ = make_label(tr("This holds from the next start on."), "warn", page);
    column->addWidget(restart_);
    autosave_ = make_choice(tr("Saved after"), page);
    for (const int pause : k_autosave_pauses)
        autosave_->addItem(tr("%1 s of quiet").arg(QLocale().toString(pause / 1000.0, 'g', 3)));
    column->addWidget(build_line(tr("Saved after"), autosave_,
                                 tr("Every change is on disk within two seconds, whatever you do meanwhile."), page));
    memory_ = make_choice(tr("Memory for pictures"), page);
    for (const int megabytes : k_picture_memories)
        memory_->addItem(megabytes < 1024 ? tr("%1 MB").arg(megabytes) : tr("%1 GB").arg(megabytes / 1024));
    column->addWidget(
        build_line(tr("Memory for pictures"), memory_,
                   tr("Pictures that were decoded once play and scrub without a wait as long as they fit in here."), page));
    precision_ = make_choice(tr("Precision"), page);
    precision_->setObjectName(QStringLiteral("preferences.precision"));
    const QString names[] = {tr("Automatic"), QStringLiteral("float32"), QStringLiteral("bfloat16"), tr("8 bits")};
    for (std::size_t index = 0; index < std::size(k_precisions); ++index)
        precision_->addItem(names[index], QString::fromLatin1(k_precisions[index]));
    column->addWidget(
        build_line(tr("Precision"), precision_, tr("Of new takes. 8 bits are faster and a little less exact."), page));
    column->addStretch(1);
    connect(precision_, &QComboBox::activated, this, [this](int chosen) {
        auto changed = preferences_.now();
        changed.precision = precision_->itemData(chosen).toString().toStdString();
        preferences_.set(changed);
    });
    connect(memory_, &QComboBox::activated, this, [this](int chosen) {
        auto changed = preferences_.now();
        changed.picture_memory = k_picture_memories[chosen];
        preferences_.set(changed);
    });
    connect(themes_, &QButtonGroup::idClicked, this, [this](int id) {
        auto changed = preferences_.now();
        changed.theme = static_cast<ThemeChoice>(id);
        preferences_.set(changed);
    });
    connect(language_, &QComboBox::activated, this, [this](int chosen) {
        auto changed = preferences_.now();
        changed.language = language_->itemData(chosen).toString();
        preferences_.set(changed);
    });
    connect(scale_, &QComboBox::activated, this, [this](int chosen) {
        auto changed = preferences_.now();
        changed.scale = k_scales[chosen];
        preferences_.set(changed);
    });
    connect(autosave_, &QComboBox::activated, this, [this](int chosen) {
        auto changed = preferences_.now();
        changed.autosave_ms = k_autosave_pauses[chosen];
        preferences_.set(changed);
    });
    return page;
}

void PreferencesSheet::show_preferences()
{
    const Preferences& now = preferences_.now();
    themes_->button(static_cast<int>(now.theme))->setChecked(true);
    scale_->setCurrentIndex(row_of(k_scales, now.scale));
    autosave_->setCurrentIndex(row_of(k_autosave_pauses, now.autosave_ms));
    precision_->setCurrentIndex(std::max(0, precision_->findData(QString::fromStdString(now.precision))));
    memory_->setCurrentIndex(row_of(k_picture_memories, now.picture_memory));
    language_->setCurrentIndex(std::max(0, language_->findData(now.language)));
    restart_->setVisible(now.scale != started_with_scale_ || now.language != started_with_language_);
}

void PreferencesSheet::open_at(Page page)
{
    tabs_->setCurrentIndex(static_cast<int>(page));
    set_first(page == Page::keys        ? static_cast<QWidget*>(editor_->search())
              : page == Page::computing ? static_cast<QWidget*>(tabs_)
                                        : themes_->checkedButton());
    open();
}

}  // namespace kinora::ui
