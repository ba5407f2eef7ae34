#include <QAbstractItemView>
#include <QApplication>
#include <QContextMenuEvent>
#include <QDir>
#include <QEventLoop>
#include <QFile>
#include <QMenu>
#include <QMessageBox>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <catch2/catch.hpp>
#include <functional>

#include "ui/widgets/file_chooser.h"

using kinora::ui::FileChooser;

namespace {

/// A dialog of Qt's own, open.
QPointer<FileChooser> open_chooser(QWidget& window, const QString& folder)
{
    window.show();
    QPointer<FileChooser> dialog = new FileChooser(&window, QStringLiteral("Choose"), folder);
    dialog->setOption(QFileDialog::DontUseNativeDialog);
    dialog->open();
    return dialog;
}

/// The menu of the dialog's list, which Qt keeps on the stack: the call lasts as long as it is open. `during` runs in its
/// loop.
void under_its_menu(FileChooser& dialog, const std::function<void()>& during)
{
    auto* list = dialog.findChild<QAbstractItemView*>(QStringLiteral("listView"));
    REQUIRE(list != nullptr);
    bool had_menu = false;
    QTimer::singleShot(0, qApp, [&] {
        had_menu = qobject_cast<QMenu*>(QApplication::activePopupWidget()) != nullptr;
        during();
    });
    QContextMenuEvent press(QContextMenuEvent::Mouse, QPoint(5, 5), list->viewport()->mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(list->viewport(), &press);
    CHECK(had_menu);
}

}  // namespace

TEST_CASE("A file dialog that is turned away under its own menu goes after the menu")
{
    QWidget window;
    const auto dialog = open_chooser(window, QDir::tempPath());
    under_its_menu(*dialog, [&] {
        dialog->reject();
        QApplication::processEvents();
        CHECK(dialog != nullptr);
    });
    CHECK_FALSE((dialog != nullptr && dialog->isVisible()));
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}

TEST_CASE("A file dialog that is turned away under its own menu waits however long the menu's loop runs")
{
    QWidget window;
    const auto dialog = open_chooser(window, QDir::tempPath());
    bool waited = false;
    under_its_menu(*dialog, [&] {
        dialog->close();
        // A loop within the menu's: it ends when the dialog has looked several times whether it may go.
        QEventLoop inner;
        int looks = 0;
        QTimer look;
        QObject::connect(&look, &QTimer::timeout, &inner, [&] {
            if (++looks == 8) inner.quit();
        });
        look.start(10);
        inner.exec();
        waited = dialog != nullptr;
    });
    CHECK(waited);
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}

TEST_CASE("A file dialog whose choice is taken under its own menu tells it once and goes after the menu")
{
    const QTemporaryDir folder;
    QWidget window;
    const auto dialog = open_chooser(window, folder.path());
    dialog->setFileMode(QFileDialog::Directory);
    QStringList chosen;
    QObject::connect(dialog.data(), &QFileDialog::fileSelected, &window, [&](const QString& path) { chosen += path; });
    under_its_menu(*dialog, [&] {
        dialog->selectFile(folder.path());
        static_cast<QDialog*>(dialog.data())->accept();
        QApplication::processEvents();
        CHECK(dialog != nullptr);
    });
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
    CHECK(chosen == QStringList{folder.path()});
}

TEST_CASE("A file dialog that is turned away while it asks whether to write over a file goes after the question")
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("there.txt")));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.close();
    QWidget window;
    const auto dialog = open_chooser(window, folder.path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(file.fileName());
    bool asked = false;
    QTimer look;
    QObject::connect(&look, &QTimer::timeout, &window, [&] {
        if (qobject_cast<QMessageBox*>(QApplication::activeModalWidget()) == nullptr || asked) return;
        asked = true;
        dialog->reject();
        QApplication::processEvents();
        CHECK(dialog != nullptr);
    });
    look.start(5);
    static_cast<QDialog*>(dialog.data())->accept();
    CHECK(asked);
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}

TEST_CASE("A file dialog opened in a loop of its own that has ended since still waits for its menu")
{
    QWidget window;
    QPointer<FileChooser> dialog;
    QEventLoop loop;
    QTimer::singleShot(0, &window, [&] {
        dialog = open_chooser(window, QDir::tempPath());
        loop.quit();
    });
    loop.exec();
    REQUIRE(QTest::qWaitForWindowExposed(dialog));
    under_its_menu(*dialog, [&] {
        dialog->reject();
        QApplication::processEvents();
        CHECK(dialog != nullptr);
    });
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}

TEST_CASE("A file dialog goes when it is done")
{
    QWidget window;
    window.show();
    const QPointer<QFileDialog> dialog = new FileChooser(&window, QStringLiteral("Choose"), QDir::tempPath());
    dialog->open();
    SECTION("turned away")
    {
        dialog->reject();
    }
    SECTION("closed")
    {
        dialog->close();
    }
    SECTION("answered")
    {
        dialog->QDialog::done(QDialog::Accepted);
    }
    CHECK(QTest::qWaitFor([&] { return dialog.isNull(); }));
}

TEST_CASE("A file dialog is of Qt's own class, so that the desktop's may stand for it")
{
    const FileChooser dialog(nullptr, QStringLiteral("Choose"));
    CHECK(QString::fromLatin1(dialog.metaObject()->className()) == QStringLiteral("QFileDialog"));
}
