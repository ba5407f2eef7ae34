#include "ui/session/prompt_desk.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <catch2/catch.hpp>
#include <mutex>

#include "core/base/file.h"

using namespace kinora;
using namespace kinora::ui;

namespace {

/// One token a character, and an end token.
class CharacterCounter : public core::TokenCounter {
public:
    explicit CharacterCounter(int limit) : limit_(limit) {}
    core::Result<core::TokenCount> count(const std::string& model_id, const std::string& prompt) override
    {
        const std::lock_guard lock(mutex_);
        asked.push_back(prompt);
        if (model_id == "none") return core::make_error(core::ErrorKind::not_found, "There is no such model.");
        const auto fits = std::min(prompt.size(), static_cast<std::size_t>(limit_ - 1));
        return core::TokenCount{static_cast<int>(prompt.size()) + 1, limit_, fits};
    }
    std::vector<std::string> asked;

private:
    std::mutex mutex_;
    int limit_;
};

TokenReport report_of(const std::string& prompt, int limit, core::PromptContext context = {})
{
    CharacterCounter counter(limit);
    const auto report = count_prompt_tokens(counter, "starter", prompt, context);
    REQUIRE(report);
    return *report;
}

}  // namespace

TEST_CASE("what falls off is told in the bytes that were typed, brackets and escapes aside")
{
    CHECK(report_of("abcdef", 7).cut.empty());
    CHECK(report_of("abcdef", 7).used == 7);
    CHECK(report_of("abcdef", 5).cut == std::vector<core::TextRange>{{4, 6}});
    CHECK(report_of("ab(cd:1.2)ef", 5).cut == std::vector<core::TextRange>{{10, 12}});
    CHECK(report_of("ab\\(cd", 4).cut == std::vector<core::TextRange>{{4, 6}});
}

TEST_CASE("a name falls off as a whole, and not while a word of it is left")
{
    core::PromptContext context;
    context.variables = {{"hero", "abcdef"}};
    CHECK(report_of("$hero xy", 4, context).cut == std::vector<core::TextRange>{{5, 8}});
    CHECK(report_of("xy $hero", 4, context).cut == std::vector<core::TextRange>{{3, 8}});
}

TEST_CASE("timed segments are counted one by one behind the common words")
{
    core::PromptContext context;
    context.frames = 33;
    CharacterCounter counter(100);
    const auto report = count_prompt_tokens(counter, "starter", "ab[0-1s]cd[1-2s]efgh", context);
    REQUIRE(report);
    CHECK(counter.asked == std::vector<std::string>{"ab cd", "ab efgh"});
    CHECK(report->used == 8);
    CHECK(report_of("ab[0-1s]cd[1-2s]efgh", 7, context).cut == std::vector<core::TextRange>{{19, 20}});
}

TEST_CASE("the project-wide prompt counts, but is nowhere to be dimmed")
{
    core::PromptContext context;
    context.common = "xyz";
    CHECK(report_of("ab", 50, context).used == 8);
    CHECK(report_of("ab", 4, context).cut.empty());
}

TEST_CASE("a wrong prompt is counted as it was typed, a missing model gives no count")
{
    CHECK(report_of("a {b", 50).used == 5);
    CharacterCounter counter(50);
    CHECK_FALSE(count_prompt_tokens(counter, "none", "a", {}));
}

TEST_CASE("only the last question is answered")
{
    const auto counter = std::make_shared<CharacterCounter>(50);
    PromptDesk desk(counter);
    QSignalSpy told(&desk, &PromptDesk::tokens_counted);
    desk.count_tokens("starter", "a", {});
    desk.count_tokens("starter", "abc", {});
    REQUIRE(told.wait());
    CHECK(told.size() == 1);
    CHECK(qvariant_cast<TokenReport>(told.first().first()).used == 4);
}

TEST_CASE("a damaged history is left alone and a read-only project's is never written")
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    REQUIRE(core::write_file(path / "prompts.json", "{damaged"));
    {
        PromptDesk desk(nullptr);
        desk.set_project(path, false);
        desk.remember(QStringLiteral("a boat"), {});
        CHECK(desk.history().prompts().size() == 1);
    }
    CHECK(*core::read_file(path / "prompts.json") == "{damaged");
}

TEST_CASE("a prompt that was used just before the end is on the disk")
{
    const QTemporaryDir folder;
    const std::filesystem::path path = folder.path().toStdString();
    {
        PromptDesk desk(nullptr);
        desk.set_project(path, true);
        desk.remember(QStringLiteral("a boat"), QStringLiteral("fog"));
    }
    const auto text = core::read_file(path / "prompts.json");
    REQUIRE(text);
    const auto history = core::PromptHistory::from_text(*text);
    REQUIRE(history);
    CHECK(history->prompts().front().negative == "fog");
}
