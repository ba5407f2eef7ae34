#include "tests/ui/desk_files.h"

#include <QElapsedTimer>
#include <QFileDialog>
#include <QImage>
#include <QLineEdit>
#include <QPointer>

#include "core/base/paths.h"
#include "core/media/import_media.h"
#include "core/storyboard/media_edits.h"
#include "core/storyboard/sound_edits.h"

namespace kinora::tests {

void answer_dialog(const std::filesystem::path& path)
{
    QFileDialog* dialog = nullptr;
    Studio::wait_for(
        [&] {
            for (auto* widget : QApplication::topLevelWidgets())
                if (auto* found = qobject_cast<QFileDialog*>(widget); found && found->isVisible()) dialog = found;
            return dialog != nullptr;
        },
        "a file dialog");
    const QPointer<QLineEdit> field = dialog->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"));
    REQUIRE(field != nullptr);
    field->setFocus();
    // Pasted as a whole: the list of completions writes into what is typed letter by letter.
    field->setText(QString::fromStdString(core::path_to_utf8(path)));
    QElapsedTimer since_return;
    Studio::wait_for(
        [&] {
            // The list of completions may open late and take a Return for itself: whoever sits there presses it again.
            if (!field.isNull() && field->isVisible() && (!since_return.isValid() || since_return.hasExpired(700))) {
                since_return.start();
                QTest::keyClick(field.data(), Qt::Key_Return);
            }
            for (auto* widget : QApplication::topLevelWidgets())
                if (qobject_cast<QFileDialog*>(widget) != nullptr && widget->isVisible()) return false;
            return true;
        },
        "the dialog to close");
    QApplication::processEvents();
}

void write_picture(const std::filesystem::path& file, const QColor& colour)
{
    std::filesystem::create_directories(file.parent_path());
    QImage picture(64, 36, QImage::Format_RGB32);
    picture.fill(colour);
    REQUIRE(picture.save(QString::fromStdString(core::path_to_utf8(file))));
}

void link_picture(Studio& studio, const std::filesystem::path& file)
{
    const auto asset = media::describe_media(file);
    REQUIRE(asset);
    studio.session->change(QStringLiteral("Link a picture"), [&](core::Project& project) -> core::Result<void> {
        const auto id = core::add_asset(project, *asset);
        if (!id) return id.error();
        const auto placed = core::place_media(project, *id, project.shots.size(), 0);
        if (!placed) return placed.error();
        return {};
    });
    REQUIRE(studio.session->project().assets.size() >= 1);
}

void age(const std::filesystem::path& folder)
{
    const auto then = std::filesystem::file_time_type::clock::now() - std::chrono::hours(2);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
        std::filesystem::last_write_time(entry.path(), then);
    std::filesystem::last_write_time(folder, then);
}

void wait_until_saved(Studio& studio)
{
    studio.session->keeper().save_now();
    Studio::wait_for([&] { return studio.session->keeper().state() == ui::SaveState::saved; }, "a saved project");
}

}  // namespace kinora::tests
