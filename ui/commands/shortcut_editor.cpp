#include "ui/commands/shortcut_editor.h"

#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/commands/command_book.h"
#include "ui/commands/shortcut_model.h"
#include "ui/commands/shortcut_row.h"
#include "ui/commands/shortcuts.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

QKeySequence pressed_keys(int key, Qt::KeyboardModifiers modifiers)
{
    switch (key) {
        case Qt::Key_Control:
        case Qt::Key_Shift:
        case Qt::Key_Alt:
        case Qt::Key_AltGr:
        case Qt::Key_Meta:
        case Qt::Key_CapsLock:
        case Qt::Key_unknown:
        case 0:
            return {};
        default:
            break;
    }
    modifiers &= Qt::ControlModifier | Qt::ShiftModifier | Qt::AltModifier | Qt::MetaModifier;
    if (key == Qt::Key_Backtab) key = Qt::Key_Tab;
    return QKeySequence(QKeyCombination(modifiers, static_cast<Qt::Key>(key)));
}

ShortcutEditor::ShortcutEditor(CommandBook& book, Shortcuts& shortcuts, QWidget* parent)
    : QWidget(parent), book_(book), shortcuts_(shortcuts), model_(new ShortcutModel(book, shortcuts, this))
{
    build();
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        const QString before = chosen();
        model_->find(text);
        choose(before);
    });
    connect(layouts_, &QComboBox::activated, this, [this](int row) {
        stop_recording();
        shortcuts_.set_layout(k_key_layouts[row]);
        Q_EMIT edited();
    });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        stop_recording();
        show_chosen();
    });
    connect(model_, &QAbstractItemModel::modelReset, this, &ShortcutEditor::show_chosen);
    connect(&shortcuts_, &Shortcuts::changed, this, &ShortcutEditor::show_chosen);
    connect(list_, &QListView::activated, this, [this] { record(Recorded::in_place); });
    connect(list_, &QListView::doubleClicked, this, [this] { record(Recorded::in_place); });
    connect(change_, &QPushButton::clicked, this, [this] {
        recording_ ? stop_recording() : record(Recorded::in_place);
        show_chosen();
    });
    connect(add_, &QPushButton::clicked, this, [this] { record(Recorded::added); });
    connect(clear_, &QPushButton::clicked, this, [this] {
        shortcuts_.set_keys(chosen(), {});
        Q_EMIT edited();
    });
    connect(reset_, &QPushButton::clicked, this, [this] {
        shortcuts_.reset(chosen());
        Q_EMIT edited();
    });
    connect(take_, &QPushButton::clicked, this, [this] {
        const QKeySequence key = wanted_;
        shortcuts_.take_from_others(chosen(), key);
        assign(key);
    });
    connect(reset_all_, &QPushButton::clicked, this, [this] {
        stop_recording();
        shortcuts_.reset_all();
        Q_EMIT edited();
    });
    show_chosen();
}

void ShortcutEditor::build()
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto* head = new QHBoxLayout;
    head->setSpacing(8);
    search_ = new QLineEdit(this);
    search_->setPlaceholderText(tr("Search actions or keys"));
    search_->setAccessibleName(tr("Search actions or keys"));
    search_->setClearButtonEnabled(true);
    layouts_ = new QComboBox(this);
    layouts_->setProperty("kind", "choice");
    layouts_->setAccessibleName(tr("Keys as in"));
    for (const KeyLayout layout : k_key_layouts)
        layouts_->addItem(layout_title(layout));
    layouts_->setMinimumWidth(150);
    reset_all_ = new QPushButton(tr("Reset all"), this);
    reset_all_->setToolTip(tr("All keys as this layout has them"));
    head->addWidget(search_, 1);
    head->addWidget(make_label(tr("Keys as in"), "secondary", this));
    head->addWidget(layouts_);
    head->addWidget(reset_all_);
    column->addLayout(head);
    auto* well = new QFrame(this);
    well->setProperty("kind", "well");
    auto* inside = new QVBoxLayout(well);
    inside->setContentsMargins(1, 4, 1, 4);
    list_ = new QListView(well);
    list_->setModel(model_);
    list_->setItemDelegate(new ShortcutRow(list_));
    list_->setMouseTracking(true);
    list_->setAccessibleName(tr("Actions and their keys"));
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->installEventFilter(this);
    inside->addWidget(list_);
    column->addWidget(well, 1);
    column->addWidget(build_detail());
}

QWidget* ShortcutEditor::build_detail()
{
    auto* detail = new QWidget(this);
    detail->setMinimumHeight(56);
    auto* row = new QHBoxLayout(detail);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    name_ = make_label({}, "strong", detail);
    told_ = make_label({}, "secondary", detail);
    told_->setWordWrap(true);
    words->addStretch(1);
    words->addWidget(name_);
    words->addWidget(told_);
    words->addStretch(1);
    row->addLayout(words, 1);
    take_ = new QPushButton(tr("Take it over"), detail);
    take_->setProperty("kind", "primary");
    change_ = new QPushButton(tr("Change"), detail);
    add_ = new QPushButton(tr("Add"), detail);
    clear_ = new QPushButton(tr("No keys"), detail);
    reset_ = new QPushButton(tr("Reset"), detail);
    change_->setToolTip(tr("The next keys you press replace those of this action"));
    add_->setToolTip(tr("The next keys you press work as well"));
    for (auto* button : {take_, change_, add_, clear_, reset_}) {
        button->installEventFilter(this);
        row->addWidget(button);
    }
    return detail;
}

QString ShortcutEditor::chosen() const
{
    return list_->currentIndex().data(ShortcutModel::k_name).toString();
}

void ShortcutEditor::choose(const QString& action)
{
    const int row = model_->row_of(action);
    if (row < 0) return;
    const QModelIndex index = model_->index(row);
    list_->setCurrentIndex(index);
    list_->scrollTo(index, QAbstractItemView::PositionAtCenter);
}

void ShortcutEditor::show_chosen()
{
    layouts_->setCurrentIndex(static_cast<int>(shortcuts_.layout()));
    const QString action = chosen();
    const Command* command = book_.find(action);
    for (auto* button : {change_, add_, clear_, reset_})
        button->setEnabled(command != nullptr);
    take_->setVisible(!wanted_.isEmpty());
    change_->setText(recording_ || !wanted_.isEmpty() ? tr("Cancel") : tr("Change"));
    set_style_property(told_, "kind", wanted_.isEmpty() ? "secondary" : "warn");
    if (command == nullptr) {
        name_->setText({});
        return told_->setText(tr("Choose an action to see and change its keys."));
    }
    const auto keys = shortcuts_.keys(action);
    add_->setEnabled(!keys.isEmpty() && !recording_);
    clear_->setEnabled(!keys.isEmpty() && !recording_);
    reset_->setEnabled(shortcuts_.is_changed(action) && !recording_);
    name_->setText(tr("%1 · %2").arg(CommandBook::room_title(command->room), CommandBook::title(*command)));
    if (!wanted_.isEmpty()) {
        const Command* other = shortcuts_.holder(action, wanted_);
        const QString whose =
            other ? tr("%1 · %2").arg(CommandBook::room_title(other->room), CommandBook::title(*other)) : QString();
        return told_->setText(tr("%1 belongs to “%2”.").arg(wanted_.toString(QKeySequence::NativeText), whose));
    }
    if (recording_) return told_->setText(tr("Press the keys. Esc leaves it as it is."));
    const auto usual = keys_for_people(shortcuts_.layout_default(action));
    told_->setText(!shortcuts_.is_changed(action) ? command->action->toolTip()
                   : usual.isEmpty()              ? tr("This layout has no keys for it.")
                                                  : tr("In this layout: %1").arg(usual));
}

void ShortcutEditor::record(Recorded how)
{
    if (chosen().isEmpty()) return;
    how_ = how;
    recording_ = true;
    wanted_ = {};
    list_->setFocus(Qt::OtherFocusReason);
    // Before every filter, shortcut and widget: while this waits for keys, no key does anything else.
    qApp->installEventFilter(this);
    show_chosen();
}

void ShortcutEditor::stop_recording()
{
    wanted_ = {};
    if (!std::exchange(recording_, false)) return;
    qApp->removeEventFilter(this);
}

void ShortcutEditor::take(const QKeySequence& key)
{
    stop_recording();
    if (shortcuts_.holder(chosen(), key) == nullptr) return assign(key);
    wanted_ = key;
    show_chosen();
    take_->setFocus(Qt::OtherFocusReason);
}

void ShortcutEditor::assign(const QKeySequence& key)
{
    wanted_ = {};
    QList<QKeySequence> keys;
    if (how_ == Recorded::added) keys = shortcuts_.keys(chosen());
    if (!keys.contains(key)) keys.append(key);
    shortcuts_.set_keys(chosen(), keys);
    list_->setFocus(Qt::OtherFocusReason);
    show_chosen();
    Q_EMIT edited();
}

bool ShortcutEditor::eventFilter(QObject* watched, QEvent* event)
{
    const bool waiting = recording_ || !wanted_.isEmpty();
    if (!waiting) return QWidget::eventFilter(watched, event);
    if (event->type() == QEvent::ShortcutOverride && recording_) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::Hide && watched == this) stop_recording();
    if (event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    // A key event comes once for the window and once for the widget; only the latter counts.
    if (!watched->isWidgetType()) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    if (key->key() == Qt::Key_Escape && key->modifiers() == Qt::NoModifier) {
        stop_recording();
        list_->setFocus(Qt::OtherFocusReason);
        show_chosen();
        return true;
    }
    if (!recording_) return QWidget::eventFilter(watched, event);
    if (const QKeySequence pressed = pressed_keys(key->key(), key->modifiers()); !pressed.isEmpty()) take(pressed);
    return true;
}

}  // namespace kinora::ui
