#include "ui/widgets/text_area.h"

#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <catch2/catch.hpp>

#include "tests/ui/studio_fixture.h"
#include "ui/shot/prompt_editor.h"
#include "ui/shot/shot_panel.h"

using namespace kinora;
using kinora::tests::Studio;

namespace {

struct Open : ui::TextArea {
    using ui::TextArea::canInsertFromMimeData;
    using ui::TextArea::insertFromMimeData;
};

}  // namespace

TEST_CASE("nothing is pasted where there is nothing, and words are")
{
    Open area;
    const QMimeData nothing;
    CHECK_FALSE(area.canInsertFromMimeData(&nothing));
    CHECK_FALSE(area.canInsertFromMimeData(nullptr));
    area.insertFromMimeData(&nothing);
    area.insertFromMimeData(nullptr);
    CHECK(area.toPlainText().isEmpty());
    QMimeData words;
    words.setText(QStringLiteral("fog"));
    CHECK(area.canInsertFromMimeData(&words));
    area.insertFromMimeData(&words);
    CHECK(area.toPlainText() == QStringLiteral("fog"));
}

TEST_CASE("Ctrl+V and the middle button in the prompt do nothing while the clipboard is empty", "[window]")
{
    Studio studio;
    QApplication::clipboard()->clear();
    QApplication::clipboard()->clear(QClipboard::Selection);
    auto* edit = studio.window->shot_panel()->prompt()->edit();
    studio.type(QStringLiteral("fog"));
    studio.key(Qt::Key_V, Qt::ControlModifier);
    const QPoint middle = edit->mapTo(studio.window.get(), edit->rect().center());
    QTest::mouseClick(studio.window->windowHandle(), Qt::MiddleButton, {}, middle);
    QApplication::processEvents();
    CHECK(edit->toPlainText() == QStringLiteral("fog"));
}
