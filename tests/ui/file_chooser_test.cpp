#include <QAbstractItemView>
#include <QApplication>
#include <QMenu>
#include <QPointer>
#include <QTest>
#include <QTimer>
#include <catch2/catch.hpp>

#include "ui/widgets/file_chooser.h"

using kinora::ui::FileChooser;

TEST_CASE("A file dialog that is turned away under its own menu goes after the menu")
{
    QWidget window;
    window.show();
    const QPointer<QFileDialog> dialog = new FileChooser(&window, QStringLiteral("Choose"), QDir::tempPath());
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->open();
    auto* list = dialog->findChild<QAbstractItemView*>(QStringLiteral("listView"));
    REQUIRE(list != nullptr);
    bool had_menu = false;
    QTimer::singleShot(0, dialog.data(), [&] {
        had_menu = qobject_cast<QMenu*>(QApplication::activePopupWidget()) != nullptr;
        dialog->reject();
        QApplication::processEvents();
        CHECK(dialog != nullptr);
    });
    // A press of the right button: the call lasts as long as the menu is open.
    Q_EMIT list->customContextMenuRequested(QPoint(5, 5));
    CHECK(had_menu);
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}

TEST_CASE("A file dialog goes when it is done")
{
    QWidget window;
    window.show();
    const QPointer<QFileDialog> dialog = new FileChooser(&window, QStringLiteral("Choose"), QDir::tempPath());
    dialog->open();
    dialog->reject();
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}
