#include <QApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTimer>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "core/export/presets.h"
#include "core/media/video_writer.h"
#include "ui/meter/metered_application.h"
#include "ui/player/picture_canvas.h"
#include "ui/player/player_sound.h"
#include "ui/player/player_widget.h"
#include "ui/player/transport.h"
#include "ui/theme/theme.h"

// Figures of the player: seek to picture at 1080p, stalls of the window while it plays, drift of the sound.

using namespace kinora;

namespace {

constexpr int k_frames = 120;
constexpr QSize k_size(1920, 1080);

/// A film with detail that moves: rings over a gradient, with grain.
std::filesystem::path write_film(const std::filesystem::path& file)
{
    const auto preset = media::find_preset(media::k_take_preset);
    media::WriteOptions options;
    options.target = file;
    options.width = k_size.width();
    options.height = k_size.height();
    options.frames = k_frames;
    auto writer = media::VideoWriter::open((*preset)->encoder, options);
    if (!writer) std::exit(1);
    std::vector<float> rgb(static_cast<std::size_t>(k_size.width()) * k_size.height() * 3);
    std::minstd_rand grain(3);
    for (int frame = 0; frame < k_frames; ++frame) {
        std::size_t at = 0;
        for (int y = 0; y < k_size.height(); ++y) {
            for (int x = 0; x < k_size.width(); ++x) {
                const float ring = 0.5F + 0.5F * std::sin((x * x + y * y) * 2e-5F + frame * 0.3F);
                const float noise = static_cast<float>(grain() & 255U) / 255.0F * 0.06F;
                rgb[at++] = std::min(1.0F, ring * 0.8F + noise);
                rgb[at++] = static_cast<float>(x) / k_size.width();
                rgb[at++] = std::min(1.0F, static_cast<float>(y) / k_size.height() * 0.9F + noise);
            }
        }
        if (!(*writer)->write(rgb)) std::exit(1);
    }
    if (!(*writer)->finish()) std::exit(1);
    return file;
}

void tell(const char* what, std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    const auto part = [&](double p) { return values[static_cast<std::size_t>(p * static_cast<double>(values.size() - 1))]; };
    std::printf("%-28s median %6.1f  p95 %6.1f  worst %6.1f ms  (%zu)\n", what, part(0.5), part(0.95), values.back(),
                values.size());
    std::fflush(stdout);
}

/// Waits, handling events, until `done`; milliseconds.
template <typename Done>
double wait_until(Done done)
{
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 30'000)
        QApplication::processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents, 1);
    return static_cast<double>(timer.nsecsElapsed()) / 1e6;
}

struct Shown {
    Shown(const std::filesystem::path& film, std::size_t budget)
        : cache(std::make_shared<media::ClipCache>(media::ClipCache::Options{budget})),
          player(cache, std::make_shared<ui::ThumbnailStore>(), nullptr, nullptr),
          path(film)
    {
        player.resize(1280, 900);
        player.show();
        player.show_clip(QString::fromStdString(film.string()), core::FrameRate{24}, {0, k_frames});
        wait_until([&] { return is_shown(0); });
    }
    bool is_shown(int frame) const { return player.shown_frame() == frame && player.canvas()->up_to_date(); }

    std::shared_ptr<media::ClipCache> cache;
    ui::PlayerWidget player;
    std::filesystem::path path;
};

void bench_seeks(Shown& shown, const char* what, int count)
{
    std::minstd_rand random(11);
    std::vector<double> times;
    int last = -1;
    while (static_cast<int>(times.size()) < count) {
        const int frame = static_cast<int>(random() % k_frames);
        if (std::abs(frame - last) < 8) continue;
        last = frame;
        QElapsedTimer timer;
        timer.start();
        shown.player.seek(frame);
        wait_until([&] { return shown.is_shown(frame); });
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    tell(what, times);
}

/// How long the event loop was away, again and again, while the film plays.
void bench_stalls(Shown& shown)
{
    std::vector<double> gaps;
    QElapsedTimer timer;
    timer.start();
    qint64 before = timer.nsecsElapsed();
    QTimer tick;
    tick.setTimerType(Qt::PreciseTimer);
    QObject::connect(&tick, &QTimer::timeout, [&] {
        const qint64 now = timer.nsecsElapsed();
        gaps.push_back(static_cast<double>(now - before) / 1e6);
        before = now;
    });
    tick.start(1);
    shown.player.play();
    wait_until([&] { return timer.elapsed() > 8'000; });
    std::printf("dropped frames in 8 s of playback: %d\n", shown.player.dropped_frames());
    shown.player.pause();
    tell("event loop away, playing", gaps);
}

/// What the cache holds at most, while it is sought and played in a film that doesn't fit.
void bench_memory(const std::filesystem::path& film)
{
    constexpr std::size_t k_budget = std::size_t{256} << 20U;
    Shown shown(film, k_budget);
    std::size_t most = 0;
    std::minstd_rand random(7);
    for (int round = 0; round < 40; ++round) {
        const int frame = static_cast<int>(random() % k_frames);
        shown.player.seek(frame);
        wait_until([&] {
            most = std::max(most, shown.cache->used_bytes());
            return shown.is_shown(frame);
        });
    }
    shown.player.play();
    QElapsedTimer timer;
    timer.start();
    wait_until([&] {
        most = std::max(most, shown.cache->used_bytes());
        return timer.elapsed() > 3'000;
    });
    std::printf("cache at most %.0f of its %.0f MB\n", static_cast<double>(most) / (1 << 20),
                static_cast<double>(k_budget) / (1 << 20));
}

/// Ten minutes on a clock of our own with a sink half a thousandth too fast; frames between picture and sound.
void bench_drift()
{
    struct Silence : ui::SoundSource {
        void read(std::int64_t, std::span<float> stereo) override { std::fill(stereo.begin(), stereo.end(), 0.0F); }
    };
    constexpr std::int64_t k_second = 1'000'000'000;
    std::int64_t now = 0;
    ui::Transport transport;
    auto owned = std::make_unique<ui::NullOutput>(1.0005);
    auto* sink = owned.get();
    ui::PlayerSound sound(transport, std::move(owned), [&] { return now; });
    sound.set_source(std::make_shared<Silence>());
    transport.reset(24 * 700, core::FrameRate{24});
    transport.play();
    std::minstd_rand random(5);
    double worst = 0;
    while (now < 600 * k_second) {
        now += 4'000'000 + random() % 12'000'000;
        if (random() % 2 == 0) sink->advance(now);
        transport.advance();
        if (now < k_second) continue;
        const double heard = static_cast<double>(sink->sample_at(now)) * 24 / ui::SoundSource::k_rate;
        worst = std::max(worst, std::abs(transport.frame() + 0.5 - heard) - 0.5);
    }
    std::printf("drift of sound in 10 minutes: at most %.2f frames\n", worst);
}

}  // namespace

int main(int argc, char** argv)
{
    const ui::MeteredApplication application(argc, argv);  // as the studio: its thread goes first
    ui::apply_theme(ui::ThemeKind::dark);
    const QTemporaryDir folder;
    const auto film = write_film(std::filesystem::path(folder.path().toStdString()) / "film.mp4");
    bench_drift();
    {
        Shown shown(film, std::size_t{2} << 30U);
        std::printf("renderer: %s\n", shown.player.canvas()->renderer() == ui::Renderer::opengl ? "OpenGL" : "raster");
        wait_until([&] { return shown.cache->cached_frames(shown.path) == k_frames; });
        bench_seeks(shown, "seek, cached", 300);
        bench_stalls(shown);
    }
    {
        // Room for a handful of pictures: nothing that is asked for is there.
        Shown shown(film, std::size_t{6} * k_size.width() * k_size.height() * 3);
        bench_seeks(shown, "seek, not cached", 200);
    }
    bench_memory(film);
    return 0;
}
