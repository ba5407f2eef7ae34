#include "ui/session/prompt_desk.h"

#include <QDateTime>
#include <algorithm>

#include "core/base/file.h"
#include "core/base/log.h"
#include "core/base/paths.h"

namespace kinora::ui {
namespace {

constexpr std::string_view k_first_wildcard =
    "# Every line is one choice: write __place__ in a prompt to use it.\n"
    "# The name of the file is the name between the underlines.\n"
    "a quiet harbour\n"
    "green hills\n"
    "a city at night\n";

core::Result<std::string> make_first_wildcard(const std::filesystem::path& folder)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const bool empty = !failed && std::filesystem::is_empty(folder, failed);
    if (empty)
        if (const auto written = core::write_file(folder / "place.txt", k_first_wildcard); !written) return written.error();
    return core::path_to_utf8(folder);
}

core::Result<core::PromptHistory> read_history(const std::filesystem::path& file)
{
    const auto text = core::read_file(file);
    if (!text) return text.error();
    return core::PromptHistory::from_text(*text);
}

/// One after the other: the words for the whole clip alone or, where there are timed ones, before each segment.
struct Segment {
    std::string text;
    std::vector<core::TextRange> origins;
};

std::vector<Segment> segments_of(const core::ExpandedPrompt& prompt)
{
    Segment whole;
    std::vector<std::pair<int, Segment>> timed;
    const auto append = [](Segment& segment, const std::string& text, const std::vector<core::TextRange>& origins) {
        segment.text += text;
        segment.origins.insert(segment.origins.end(), origins.begin(), origins.end());
    };
    for (std::size_t i = 0; i < prompt.spans.size(); ++i) {
        const core::PromptSpan& span = prompt.spans[i];
        if (span.first_frame == 0 && span.end_frame == -1) {
            append(whole, span.text, prompt.origins[i]);
            continue;
        }
        if (timed.empty() || timed.back().first != span.first_frame) timed.emplace_back(span.first_frame, Segment{});
        append(timed.back().second, span.text, prompt.origins[i]);
    }
    if (timed.empty()) return {std::move(whole)};
    std::vector<Segment> segments;
    for (const auto& [first, words] : timed) {
        segments.push_back(whole);
        append(segments.back(), words.text, words.origins);
    }
    return segments;
}

/// What of the typed text is cut off in every segment it belongs to: neighbouring bytes as one range.
std::vector<core::TextRange> cut_ranges(std::vector<core::TextRange> cut, const std::vector<core::TextRange>& kept)
{
    std::erase_if(cut, [&](core::TextRange range) {
        return range == core::k_nowhere || std::find(kept.begin(), kept.end(), range) != kept.end();
    });
    std::sort(cut.begin(), cut.end(), [](auto a, auto b) { return a.begin < b.begin; });
    std::vector<core::TextRange> joined;
    for (const core::TextRange range : cut) {
        if (!joined.empty() && joined.back().end >= range.begin)
            joined.back().end = std::max(joined.back().end, range.end);
        else
            joined.push_back(range);
    }
    return joined;
}

}  // namespace

core::Result<TokenReport> count_prompt_tokens(core::TokenCounter& counter, const std::string& model_id,
                                              const std::string& prompt, const core::PromptContext& context)
{
    const auto expanded = core::expand_prompt(prompt, context);
    std::vector<Segment> segments;
    if (expanded)
        segments = segments_of(*expanded);
    else
        segments.push_back({prompt, {}});
    TokenReport report;
    std::vector<core::TextRange> cut;
    std::vector<core::TextRange> kept;
    for (const Segment& segment : segments) {
        const auto count = counter.count(model_id, segment.text);
        if (!count) return count.error();
        report.used = std::max(report.used, count->used);
        report.limit = count->limit;
        const auto fits = static_cast<std::ptrdiff_t>(
            std::min(count->used > count->limit ? count->fits : segment.origins.size(), segment.origins.size()));
        // A name of which some words are left is not dimmed.
        if (count->used > count->limit && fits > 0) kept.push_back(segment.origins[static_cast<std::size_t>(fits - 1)]);
        cut.insert(cut.end(), segment.origins.begin() + fits, segment.origins.end());
    }
    report.cut = cut_ranges(std::move(cut), kept);
    return report;
}

PromptDesk::PromptDesk(std::shared_ptr<core::TokenCounter> tokens, QObject* parent)
    : QObject(parent), tokens_(std::move(tokens))
{
    reload_.setSingleShot(true);
    reload_.setInterval(200);
    connect(&reload_, &QTimer::timeout, this, &PromptDesk::reload_wildcards);
    connect(&watcher_, &QFileSystemWatcher::directoryChanged, &reload_, qOverload<>(&QTimer::start));
    connect(&watcher_, &QFileSystemWatcher::fileChanged, &reload_, qOverload<>(&QTimer::start));
}

PromptDesk::~PromptDesk()
{
    // What was generated from last belongs into the history too, even if the rest of it hasn't arrived yet.
    disk_.wait();
    if (read_ || !writable_ || history_.prompts().empty()) return;
    const auto file = folder_ / core::PromptHistory::k_file;
    if (const auto whole = read_history(file)) take_in(*whole);
    if (const auto written = core::write_file(file, history_.to_text()); !written)
        core::log_warning(written.error().message);
}

void PromptDesk::set_project(const std::filesystem::path& folder, bool writable)
{
    folder_ = folder;
    writable_ = writable;
    history_ = {};
    wildcards_ = {};
    Q_EMIT history_changed();
    read_ = false;
    const auto work = [file = folder / core::PromptHistory::k_file] { return read_history(file); };
    disk_.run(this, work, [this, folder](const core::Result<core::PromptHistory>& whole) {
        if (folder != folder_) return;
        read_ = true;
        const bool early = !history_.prompts().empty();
        if (whole)
            take_in(*whole);
        else if (whole.error().kind != core::ErrorKind::not_found)
            core::log_warning(whole.error().message);
        if (early) write_history();
        Q_EMIT history_changed();
    });
    reload_wildcards();
}

void PromptDesk::take_in(core::PromptHistory whole)
{
    const auto& early = history_.prompts();
    for (auto prompt = early.rbegin(); prompt != early.rend(); ++prompt)
        whole.add(*prompt);
    history_ = std::move(whole);
}

void PromptDesk::write_history()
{
    if (!read_ || !writable_ || folder_.empty()) return;
    disk_.run(
        this,
        [file = folder_ / core::PromptHistory::k_file, text = history_.to_text()] { return core::write_file(file, text); },
        [](const core::Result<void>& written) {
            if (!written) core::log_warning(written.error().message);
        });
}

void PromptDesk::reload_wildcards()
{
    if (folder_.empty()) return;
    const auto work = [folders = core::wildcard_folders(folder_)] { return core::read_wildcards(folders); };
    disk_.run(this, work, [this, folder = folder_](core::Wildcards read) {
        if (folder != folder_) return;
        watch_folders();
        if (read == wildcards_) return;
        for (const std::string& problem : read.problems)
            core::log_warning(problem);
        wildcards_ = std::move(read);
        Q_EMIT wildcards_changed();
    });
}

void PromptDesk::watch_folders()
{
    const QStringList old = watcher_.files() + watcher_.directories();
    if (!old.isEmpty()) watcher_.removePaths(old);
    QStringList paths;
    for (const auto& folder : core::wildcard_folders(folder_)) {
        std::error_code failed;
        // Where there is no folder yet, the one in which it would come to be is watched.
        const bool exists = std::filesystem::is_directory(folder, failed);
        const auto watched = exists ? folder : folder.parent_path();
        if (!std::filesystem::is_directory(watched, failed)) continue;
        paths.append(QString::fromStdString(core::path_to_utf8(watched)));
        if (!exists) continue;
        for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
             entry.increment(failed))
            if (entry->path().extension() == ".txt") paths.append(QString::fromStdString(core::path_to_utf8(entry->path())));
    }
    if (!paths.isEmpty()) watcher_.addPaths(paths);
}

void PromptDesk::make_wildcard_folder()
{
    if (folder_.empty()) return;
    disk_.run(
        this, [folder = folder_ / "wildcards"] { return make_first_wildcard(folder); },
        [this](const core::Result<std::string>& made) {
            if (!made) return core::log_warning(made.error().message);
            reload_wildcards();
            Q_EMIT wildcard_folder_ready(QString::fromStdString(*made));
        });
}

void PromptDesk::remember(const QString& prompt, const QString& negative)
{
    history_.add({prompt.toStdString(), negative.toStdString(), QDateTime::currentSecsSinceEpoch()});
    Q_EMIT history_changed();
    write_history();
}

void PromptDesk::count_tokens(const std::string& model_id, const std::string& prompt, core::PromptContext context)
{
    if (!tokens_) return;
    const int question = ++asked_;
    const auto work = [tokens = tokens_, model_id, prompt, context = std::move(context)] {
        return count_prompt_tokens(*tokens, model_id, prompt, context);
    };
    counting_.run(this, work, [this, question](const core::Result<TokenReport>& report) {
        if (question == asked_) Q_EMIT tokens_counted(report ? *report : TokenReport{});
    });
}

}  // namespace kinora::ui
