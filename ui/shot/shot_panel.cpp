#include "ui/shot/shot_panel.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPlainTextEdit>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/player/time_text.h"
#include "ui/shot/cast_page.h"
#include "ui/shot/generate_button.h"
#include "ui/shot/look_chips.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/reference_slot.h"
#include "ui/theme/icon.h"
#include "ui/verbs/verb_menu.h"
#include "ui/widgets/file_chooser.h"
#include "ui/widgets/labels.h"

namespace kinora::ui {

ShotPanel::ShotPanel(QWidget* parent) : QWidget(parent)
{
    setProperty("kind", "panel");
    setAttribute(Qt::WA_StyledBackground);
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    body_ = new QWidget;
    auto* column = new QVBoxLayout(body_);
    column->setContentsMargins(16, 14, 16, 6);
    column->setSpacing(0);
    build_header(column);
    build_prompt(column);
    build_references(column);
    column->addSpacing(12);
    column->addWidget(make_label(tr("Model"), "section"));
    column->addSpacing(6);
    form_ = new SettingsForm(body_);
    column->addWidget(form_);
    column->addStretch(1);
    cast_ = new CastPage;
    pages_ = new QStackedWidget(this);
    pages_->addWidget(scrolling(body_));
    pages_->addWidget(scrolling(cast_));
    outer->addWidget(pages_, 1);
    auto* foot = new QWidget(this);
    auto* foot_row = new QHBoxLayout(foot);
    foot_row->setContentsMargins(16, 8, 16, 14);
    generate_ = new GenerateButton(foot);
    foot_row->addWidget(generate_, 1);
    verbs_ = make_icon_button(QStringLiteral("verb-remix"), tr("Make something of the take that is there"), {}, foot);
    verbs_->setObjectName(QStringLiteral("shot.verbs"));
    verbs_->setFixedSize(36, 44);
    foot_row->addWidget(verbs_);
    outer->addWidget(foot);
    connect_parts();
}

QWidget* ShotPanel::scrolling(QWidget* page)
{
    auto* scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(page);
    // The scroll bar takes its place from the margin, so that the controls stay in line with Generate.
    connect(scroll->verticalScrollBar(), &QScrollBar::rangeChanged, page, [page](int, int maximum) {
        QMargins margins = page->layout()->contentsMargins();
        margins.setRight(maximum > 0 ? 6 : 16);
        page->layout()->setContentsMargins(margins);
    });
    return scroll;
}

void ShotPanel::build_header(QVBoxLayout* column)
{
    auto* row = new QHBoxLayout;
    title_ = make_label(tr("Shot 1"), "strong", body_);
    length_ = make_label({}, "dim", body_);
    row->addWidget(title_);
    row->addStretch(1);
    row->addWidget(length_);
    column->addLayout(row);
}

void ShotPanel::build_prompt(QVBoxLayout* column)
{
    column->addSpacing(12);
    auto* row = new QHBoxLayout;
    row->setSpacing(2);
    row->addWidget(make_label(tr("Prompt"), "section", body_));
    row->addStretch(1);
    history_ = make_icon_button(QStringLiteral("clock"), tr("Prompts used before"), QStringLiteral("Alt+Up"), body_);
    cast_button_ = make_icon_button(QStringLiteral("cast"), tr("Cast and style"), {}, body_);
    draft_ = make_icon_button(QStringLiteral("eye"), tr("Preview while typing"), {}, body_);
    draft_->setObjectName(QStringLiteral("shot.draft"));
    draft_->setCheckable(true);
    draft_->hide();
    for (auto* button : {draft_, history_, cast_button_}) {
        button->setFixedSize(24, 22);
        button->setIconSize(QSize(16, 16));
        row->addWidget(button);
    }
    column->addLayout(row);
    column->addSpacing(2);
    prompt_ = new PromptEditor(PromptUse::shot, body_);
    column->addWidget(prompt_);
    column->addSpacing(8);
    negative_ = new PromptEditor(PromptUse::other, body_);
    negative_->set_names(tr("Negative prompt"), tr("Leave out: what should not be seen"));
    column->addWidget(negative_);
    column->addSpacing(12);
    column->addWidget(make_label(tr("Look and camera"), "section", body_));
    column->addSpacing(6);
    chips_ = new LookChips(body_);
    column->addWidget(chips_);
}

void ShotPanel::build_references(QVBoxLayout* column)
{
    references_ = new QWidget(body_);
    auto* block = new QVBoxLayout(references_);
    block->setContentsMargins(0, 12, 0, 0);
    block->setSpacing(6);
    block->addWidget(make_label(tr("References"), "section", references_));
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    first_ = new ReferenceSlot(tr("Drop a first frame"), tr("First frame"), references_);
    last_ = new ReferenceSlot(tr("Drop a last frame"), tr("Last frame"), references_);
    row->addWidget(first_);
    row->addWidget(last_);
    block->addLayout(row);
    more_references_ = new QWidget(references_);
    auto* others = new QGridLayout(more_references_);
    others->setContentsMargins(0, 0, 0, 0);
    others->setSpacing(8);
    between_ = new ReferenceSlot(tr("Drop a frame between"), tr("Frame between"), more_references_);
    others->addWidget(between_, 0, 0);
    others->setColumnStretch(0, 1);
    others->setColumnStretch(1, 1);
    block->addWidget(more_references_);
    more_references_->hide();
    column->addWidget(references_);
}

void ShotPanel::connect_parts()
{
    connect(prompt_, &PromptEditor::text_edited, this, [this](const QString& text) {
        chips_->set_prompt(text);
        Q_EMIT prompt_edited(text);
    });
    connect(prompt_, &PromptEditor::typing_paused, this, &ShotPanel::typing_paused);
    connect(prompt_, &PromptEditor::generate_requested, this, &ShotPanel::generate_requested);
    connect(prompt_, &PromptEditor::undo_requested, this, &ShotPanel::undo_requested);
    connect(prompt_, &PromptEditor::redo_requested, this, &ShotPanel::redo_requested);
    connect(negative_, &PromptEditor::text_edited, this, &ShotPanel::negative_edited);
    connect(negative_, &PromptEditor::typing_paused, this, &ShotPanel::typing_paused);
    connect(negative_, &PromptEditor::generate_requested, this, &ShotPanel::generate_requested);
    connect(negative_, &PromptEditor::undo_requested, this, &ShotPanel::undo_requested);
    connect(negative_, &PromptEditor::redo_requested, this, &ShotPanel::redo_requested);
    connect(chips_, &LookChips::prompt_changed, this, &ShotPanel::change_prompt);
    connect(cast_button_, &QToolButton::clicked, this, [this] { show_cast(true); });
    connect(cast_, &CastPage::back_requested, this, [this] { show_cast(false); });
    connect(cast_, &CastPage::typing_paused, this, &ShotPanel::typing_paused);
    connect(cast_, &CastPage::undo_requested, this, &ShotPanel::undo_requested);
    connect(cast_, &CastPage::redo_requested, this, &ShotPanel::redo_requested);
    connect(form_, &SettingsForm::settings_edited, this, [this](const core::ShotSettings& settings) {
        shot_.settings = settings;
        update_length();
        Q_EMIT settings_edited(settings);
    });
    connect(generate_, &GenerateButton::clicked, this, &ShotPanel::generate_requested);
    connect(verbs_, &QToolButton::clicked, this, &ShotPanel::show_verbs);
    connect_slot(first_, 0);
    connect_slot(last_, -1);
    connect(between_, &ReferenceSlot::file_dropped, this,
            [this](const QString& file) { Q_EMIT reference_dropped(free_frame(), file); });
    connect(between_, &ReferenceSlot::picture_given, this,
            [this](const QImage& picture) { Q_EMIT reference_given(free_frame(), picture); });
    connect(between_, &ReferenceSlot::clicked, this, [this] { show_slot_menu(between_, free_frame()); });
}

void ShotPanel::connect_slot(ReferenceSlot* slot, int frame)
{
    connect(slot, &ReferenceSlot::file_dropped, this,
            [this, frame](const QString& file) { Q_EMIT reference_dropped(frame, file); });
    connect(slot, &ReferenceSlot::picture_given, this,
            [this, frame](const QImage& picture) { Q_EMIT reference_given(frame, picture); });
    connect(slot, &ReferenceSlot::clicked, this, [this, slot, frame] { show_slot_menu(slot, frame); });
}

int ShotPanel::free_frame() const
{
    // In the middle of the widest stretch that is free yet.
    const auto model = form_->model();
    const int last = shot_.settings.frames.value_or(model.default_frames) - 1;
    std::vector<int> places{0, last};
    for (const auto& reference : shot_.settings.references)
        if (reference.frame > 0) places.push_back(reference.frame);
    std::sort(places.begin(), places.end());
    int best = last / 2;
    int widest = 0;
    for (std::size_t index = 0; index + 1 < places.size(); ++index)
        if (places[index + 1] - places[index] > widest) {
            widest = places[index + 1] - places[index];
            best = places[index] + widest / 2;
        }
    return best;
}

void ShotPanel::set_references_between(const std::vector<std::pair<int, QImage>>& pictures)
{
    auto* grid = static_cast<QGridLayout*>(more_references_->layout());
    for (const auto& [frame, slot] : others_)
        slot->deleteLater();
    others_.clear();
    int place = 0;
    for (const auto& [frame, picture] : pictures) {
        auto* slot = new ReferenceSlot(tr("Drop a frame between"), tr("Frame %1").arg(frame), more_references_);
        slot->set_picture(picture, {});
        connect_slot(slot, frame);
        others_.emplace_back(frame, slot);
        grid->addWidget(slot, place / 2, place % 2);
        ++place;
    }
    grid->addWidget(between_, place / 2, place % 2);
    // Whoever gives a first or a last frame may want one between; others aren't asked.
    const bool any = !pictures.empty() || first_->filled() || last_->filled();
    more_references_->setVisible(form_->model().any_frame && any);
}

void ShotPanel::set_neighbours(bool next, bool picture)
{
    has_next_ = next;
    has_picture_ = picture;
}

void ShotPanel::show_verbs()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    add_verbs(*menu, *this);
    menu->popup(verbs_->mapToGlobal(QPoint(0, -menu->sizeHint().height() - 4)));
}

void ShotPanel::change_prompt(const QString& text)
{
    Q_EMIT typing_paused();
    prompt_->set_text(text);
    Q_EMIT prompt_edited(text);
    Q_EMIT typing_paused();
}

void ShotPanel::show_shot(const core::Shot& shot, int number, bool previous)
{
    shot_ = shot;
    has_previous_ = previous;
    body_->setEnabled(true);
    generate_->setEnabled(true);
    title_->setText(shot.name.empty() ? tr("Shot %1").arg(number) : QString::fromStdString(shot.name));
    prompt_->set_text(QString::fromStdString(shot.prompt));
    chips_->set_prompt(prompt_->text());
    negative_->set_text(QString::fromStdString(shot.negative_prompt));
    form_->set_settings(shot.settings);
    update_length();
}

void ShotPanel::show_no_shot()
{
    shot_ = {};
    title_->setText(tr("No shot"));
    length_->clear();
    prompt_->set_text({});
    negative_->set_text({});
    set_reference_pictures({}, {}, {}, {});
    body_->setEnabled(false);
    generate_->setEnabled(false);
}

void ShotPanel::set_models(const std::vector<core::ModelCapabilities>& models)
{
    form_->set_models(models);
    const auto model = form_->model();
    references_->setVisible(model.first_frame || model.any_frame);
    last_->setVisible(model.any_frame || model.last_frame);
    update_length();
}

void ShotPanel::set_estimate(const QString& text)
{
    generate_->set_estimate(text);
}

void ShotPanel::set_reference_pictures(const QImage& first, const QString& first_detail, const QImage& last,
                                       const QString& last_detail)
{
    first_->set_picture(first, first_detail);
    last_->set_picture(last, last_detail);
}

void ShotPanel::show_cast(bool shown)
{
    pages_->setCurrentIndex(shown ? 1 : 0);
    if (shown)
        cast_->focus_first();
    else
        prompt_->edit()->setFocus(Qt::OtherFocusReason);
}

bool ShotPanel::cast_shown() const
{
    return pages_->currentIndex() == 1;
}

void ShotPanel::focus_prompt()
{
    pages_->setCurrentIndex(0);
    prompt_->edit()->setFocus(Qt::OtherFocusReason);
    prompt_->edit()->moveCursor(QTextCursor::End);
}

void ShotPanel::show_slot_menu(ReferenceSlot* slot, int frame)
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(tr("Choose a picture…")), &QAction::triggered, this, [this, frame] {
        auto* dialog =
            new FileChooser(this, tr("Choose a picture"), {}, tr("Pictures (*.png *.jpg *.jpeg *.webp *.tif *.tiff *.bmp)"));
        dialog->setFileMode(FileChooser::ExistingFile);
        connect(dialog, &FileChooser::fileSelected, this,
                [this, frame](const QString& file) { Q_EMIT reference_dropped(frame, file); });
        dialog->open();
    });
    connect(menu->addAction(tr("Paste")), &QAction::triggered, slot, [slot] { slot->paste(); });
    if (has_picture_)
        connect(menu->addAction(tr("What the player shows")), &QAction::triggered, this,
                [this, frame] { Q_EMIT player_frame_requested(frame); });
    if (frame == -1 && has_next_)
        connect(menu->addAction(tr("First frame of the next shot")), &QAction::triggered, this,
                &ShotPanel::lead_to_next_requested);
    if (frame == 0 && has_previous_)
        connect(menu->addAction(tr("Last frame of the shot before")), &QAction::triggered, this,
                &ShotPanel::chain_requested);
    if (slot->filled())
        connect(menu->addAction(tr("Remove")), &QAction::triggered, this,
                [this, frame] { Q_EMIT reference_removed(frame); });
    menu->popup(slot->mapToGlobal(QPoint(0, slot->height() + 4)));
}

void ShotPanel::update_length()
{
    const auto model = form_->model();
    const int frames = shot_.settings.frames.value_or(model.default_frames);
    const auto rate = shot_.settings.rate.value_or(model.rate);
    length_->setText(tr("%1 · %2 frames").arg(length_text(frames, rate)).arg(frames));
}

}  // namespace kinora::ui
