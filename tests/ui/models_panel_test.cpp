#include "ui/panels/models_panel.h"

#include <QApplication>
#include <QDropEvent>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QUrl>
#include <fstream>

#include "tests/goldens_path.h"
#include "tests/hub_server.h"
#include "tests/ui/studio_fixture.h"
#include "ui/models/model_desk.h"
#include "ui/panels/installed_row.h"
#include "ui/panels/part_row.h"
#include "ui/panels/published_row.h"

using namespace kinora;
using kinora::tests::HubServer;
using kinora::tests::Studio;
using State = ui::PublishedEntry::State;

namespace {

/// A panel on a fresh shelf: the starter's folder stands for a model of the artist's own, the hub is on this machine.
struct Shelf {
    Shelf()
    {
        const std::filesystem::path root = folder.path().toStdString();
        ui::ModelShelf shelf;
        shelf.folders = {root / "built_in", root / "models", root / "models.json"};
        shelf.root = root / "models";
        shelf.published = root / "published.json";
        shelf.hub.endpoint = server.endpoint();
        shelf.download.chunk_size = 100'000;
        shelf.download.retries.first_pause = std::chrono::milliseconds(1);
        shelf.download.retries.longest_pause = std::chrono::milliseconds(5);
        std::ofstream(shelf.published) << R"({"version": 1, "models": [)" << model("plain", "Wan 2.1 T2V 1.3B") << ","
                                       << model("stalls", "Wan 2.2 TI2V 5B") << "," << model("wrong-byte", "Wan 2.1 T2V 14B")
                                       << "]}";
        desk = std::make_unique<ui::ModelDesk>(shelf);
        panel = std::make_unique<ui::ModelsPanel>(*desk);
        panel->resize(296, 760);
        panel->setObjectName(QStringLiteral("Window"));
        panel->show();
        REQUIRE(QTest::qWaitForWindowExposed(panel.get()));
        desk->refresh();
        Studio::wait_for([this] { return desk->published().size() == 3; }, "the list of published models");
    }
    static std::string model(const std::string& id, const std::string& title)
    {
        return R"({"id": ")" + id + R"(", "title": ")" + title +
               R"(", "kind": "model", "format": "diffusers folder", "licence": "Apache-2.0", "source": "https://github.com/Wan-Video/Wan2.1", )" +
               R"("about": "Text to video at 832×480.", "training_data": "Its authors name no sources.", "parts": [{"repository": "test/)" +
               id + R"(", "files": ["*"], "except": ["assets/*"]}]})";
    }
    static void click(QWidget* widget) { QTest::mouseClick(widget, Qt::LeftButton); }
    State state(const std::string& id) const { return desk->published(id)->state; }
    void drop(const QString& path) const
    {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(path)});
        QDragEnterEvent enter({20, 20}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(panel.get(), &enter);
        REQUIRE(enter.isAccepted());
        QDropEvent dropped(QPointF(20, 20), Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(panel.get(), &dropped);
    }
    void add_starter() const
    {
        drop(QString::fromStdString((tests::source_dir() / "resources" / "models" / "starter").string()));
        Studio::wait_for([this] { return panel->installed_row("starter") != nullptr; }, "the dropped model");
    }
    static QAction* menu_action(ui::InstalledRow* row, const QString& text)
    {
        for (auto* action : row->findChild<QToolButton*>()->menu()->actions())
            if (action->text() == text) return action;
        return nullptr;
    }

    QTemporaryDir folder;
    HubServer server;
    std::unique_ptr<ui::ModelDesk> desk;
    std::unique_ptr<ui::ModelsPanel> panel;
};

}  // namespace

TEST_CASE("a dropped model folder is listed with its licence, can be used, and leaves the list again")
{
    Shelf shelf;
    shelf.add_starter();
    auto* row = shelf.panel->installed_row("starter");
    REQUIRE(row);
    QStringList texts;
    for (const auto* label : row->findChildren<QLabel*>())
        texts << label->text();
    CHECK(texts.join(QLatin1Char('\n')).contains(QStringLiteral("Licence: ")));
    CHECK(texts.join(QLatin1Char('\n')).contains(QStringLiteral("MB")));

    QSignalSpy used(shelf.panel.get(), &ui::ModelsPanel::use_requested);
    auto* use = row->findChildren<QPushButton*>().front();
    Shelf::click(use);
    CHECK(used.size() == 1);
    shelf.panel->set_current_model("starter");
    CHECK_FALSE(use->isEnabled());
    CHECK(use->text() == QStringLiteral("Used for this shot"));

    QSignalSpy models(shelf.desk.get(), &ui::ModelDesk::models_changed);
    Shelf::menu_action(row, QStringLiteral("Remove from the list"))->trigger();
    Studio::wait_for([&] { return shelf.desk->installed().empty(); }, "an empty list");
    CHECK(models.size() == 1);
    CHECK(std::filesystem::exists(tests::source_dir() / "resources" / "models" / "starter" / "model_index.json"));
}

TEST_CASE("a ComfyUI tree of single files, GGUF, 8-bit floats and LoRAs shows what it brings and what is missing")
{
    Shelf shelf;
    const std::filesystem::path tree = shelf.folder.path().toStdString() + "/ComfyUI/models";
    const auto put = [&](const std::string& from, const std::string& to) {
        std::filesystem::create_directories((tree / to).parent_path());
        std::filesystem::copy_file(tests::goldens_dir() / from, tree / to);
    };
    put("gguf/wan_dit_mixed.gguf", "diffusion_models/wan2.1-t2v-Q4_K_M.gguf");
    put("gguf/wan_dit_mixed.config.json", "diffusion_models/wan2.1-t2v-Q4_K_M.config.json");
    put("fp8/wan_dit_scaled_fp8.safetensors", "diffusion_models/wan2.1_t2v_fp8_scaled.safetensors");
    put("wan_dit_t2v21/transformer/config.json", "diffusion_models/wan2.1_t2v_fp8_scaled.config.json");
    put("single_file/umt5_comfyui_bf16.safetensors", "text_encoders/umt5_xxl.safetensors");
    put("lora/kohya.safetensors", "loras/film-grain.safetensors");
    put("lora/lightx2v_diff_b.safetensors", "loras/lightx2v_4steps.safetensors");
    shelf.drop(QString::fromStdString(tree.string()));
    Studio::wait_for([&] { return shelf.desk->parts().size() == 3; }, "the tree's parts");
    REQUIRE(shelf.panel->installed_row("wan2.1-t2v-Q4_K_M"));
    REQUIRE(shelf.panel->installed_row("wan2.1_t2v_fp8_scaled"));
    const auto words = [](const QWidget* row) {
        QStringList texts;
        for (const auto* label : row->findChildren<QLabel*>())
            texts << label->text();
        return texts.join(QLatin1Char('\n'));
    };
    CHECK(
        words(shelf.panel->installed_row("wan2.1-t2v-Q4_K_M")).contains(QStringLiteral("Needs the Wan 2.1 VAE, and none")));
    CHECK(words(shelf.panel->installed_row("wan2.1_t2v_fp8_scaled")).contains(QStringLiteral("F8_E4M3 scaled")));
    const auto& parts = shelf.panel->part_rows();
    REQUIRE(parts.size() == 3);
    CHECK(parts[0]->accessibleName() == QStringLiteral("film-grain"));
    CHECK(parts[1]->accessibleDescription().contains(QStringLiteral("LoRA")));
    CHECK(parts[2]->accessibleName() == QStringLiteral("umt5_xxl"));
    Studio::screenshot(QStringLiteral("models-missing"), shelf.panel.get());

    // The part that was missing makes both models whole where they stand.
    put("single_file/wan21_vae.safetensors", "vae/wan_2.1_vae.safetensors");
    shelf.desk->refresh();
    Studio::wait_for([&] { return shelf.desk->parts().size() == 4; }, "the VAE");
    CHECK_FALSE(words(shelf.panel->installed_row("wan2.1-t2v-Q4_K_M")).contains(QStringLiteral("none is known")));
    CHECK(words(shelf.panel->installed_row("wan2.1-t2v-Q4_K_M")).contains(QStringLiteral("wan_2.1_vae.safetensors")));
    shelf.panel->resize(360, 1000);
    Studio::screenshot(QStringLiteral("models-complete"), shelf.panel.get());
    QSignalSpy reveals(shelf.panel.get(), &ui::ModelsPanel::reveal_requested);
    Shelf::click(shelf.panel->part_rows()[0]->findChild<QToolButton*>());
    REQUIRE(reveals.size() == 1);
    CHECK(reveals.front().at(0).toString().endsWith(QStringLiteral("film-grain.safetensors")));
}

TEST_CASE("what is no model is refused with a sentence")
{
    Shelf shelf;
    QSignalSpy messages(shelf.desk.get(), &ui::ModelDesk::message);
    shelf.drop(shelf.folder.path() + QStringLiteral("/published.json"));
    Studio::wait_for([&] { return messages.size() == 1; }, "a message");
    CHECK(messages.front().at(1).toBool());
    CHECK(messages.front().at(0).toString().contains(QStringLiteral("published.json")));
}

TEST_CASE("a published model is offered with its size before anything is fetched, then fetched and checked")
{
    Shelf shelf;
    auto* row = shelf.panel->published_row("plain");
    REQUIRE(row);
    CHECK(row->action()->text() == QStringLiteral("Download…"));
    Shelf::click(row->action());
    Studio::wait_for([&] { return shelf.state("plain") == State::offered; }, "an offer");
    CHECK_FALSE(std::filesystem::exists(shelf.desk->shelf().root / "plain"));
    CHECK(shelf.desk->published("plain")->bytes > 301'000);
    Shelf::click(row->other());
    Studio::wait_for([&] { return shelf.state("plain") == State::idle; }, "no offer");

    row = shelf.panel->published_row("plain");
    Shelf::click(row->action());
    Studio::wait_for([&] { return shelf.state("plain") == State::offered; }, "an offer again");
    row = shelf.panel->published_row("plain");
    CHECK(row->action()->text().startsWith(QStringLiteral("Download ")));
    shelf.add_starter();
    Studio::screenshot(QStringLiteral("models-offered"), shelf.panel.get());
    Shelf::click(shelf.panel->published_row("plain")->action());
    Studio::wait_for([&] { return shelf.state("plain") == State::whole && shelf.desk->installed().size() == 2; },
                     "the whole model");

    QSignalSpy messages(shelf.desk.get(), &ui::ModelDesk::message);
    auto* pulled = shelf.panel->installed_row("plain");
    REQUIRE(pulled);
    auto* check = Shelf::menu_action(pulled, QStringLiteral("Check its files"));
    REQUIRE(check);
    check->trigger();
    Studio::wait_for([&] { return messages.size() == 1; }, "the check's end");
    CHECK_FALSE(messages.front().at(1).toBool());
}

TEST_CASE("a download shows how far it is, can be stopped and goes on later")
{
    Shelf shelf;
    auto* row = shelf.panel->published_row("stalls");
    shelf.desk->offer("stalls");
    Studio::wait_for([&] { return shelf.state("stalls") == State::offered; }, "an offer");
    Shelf::click(shelf.panel->published_row("stalls")->action());
    Studio::wait_for(
        [&] { return shelf.state("stalls") == State::fetching && shelf.desk->published("stalls")->progress.done > 100'000; },
        "half of it");
    row = shelf.panel->published_row("stalls");
    CHECK(row->action()->text() == QStringLiteral("Stop"));
    CHECK(row->findChild<QProgressBar*>()->isVisible());
    CHECK(row->findChild<QProgressBar*>()->value() > 200);
    shelf.add_starter();
    Studio::screenshot(QStringLiteral("models-fetching"), shelf.panel.get());
    Shelf::click(shelf.panel->published_row("stalls")->action());
    Studio::wait_for([&] { return shelf.state("stalls") == State::begun; }, "a stop");
    Studio::wait_for([&] { return shelf.panel->published_row("stalls")->action()->text() == QStringLiteral("Go on"); },
                     "the way to go on");
    CHECK(shelf.desk->published("stalls")->error.isEmpty());
}

TEST_CASE("a download that arrives damaged says so where it was asked for")
{
    Shelf shelf;
    shelf.desk->fetch("wrong-byte");
    Studio::wait_for([&] { return shelf.state("wrong-byte") == State::begun; }, "its end");
    CHECK(shelf.desk->published("wrong-byte")->error.contains(QStringLiteral("damaged")));
    shelf.add_starter();
    CHECK(shelf.desk->installed().size() == 1);
    Studio::screenshot(QStringLiteral("models-damaged"), shelf.panel.get());
}
