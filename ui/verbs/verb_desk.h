#pragma once

#include <QObject>
#include <QString>
#include <cstdint>
#include <optional>

#include "core/generation/verbs.h"
#include "ui/session/studio_session.h"

namespace kinora::ui {

/// Whether a verb can be done now, and if not, why and what helps.
struct VerbOffer {
    bool possible = false;
    QString reason;  ///< one sentence; empty if it is possible
};

/// What can be made of the takes that are there: turns a verb into jobs of the selected shot's selected take. Lives on the
/// UI thread and waits for nothing; errors are told as the session's messages.
class VerbDesk : public QObject {
    Q_OBJECT
public:
    explicit VerbDesk(StudioSession& session, QObject* parent = nullptr);

    [[nodiscard]] VerbOffer offer(core::Verb verb) const;
    /// Whether the network is there that `upscale` or `interpolate` needs.
    [[nodiscard]] core::Result<void> network(core::Verb verb) const;

    /// Others like the selected take: near to it, with other seeds.
    void variations(int count);
    /// The take's own settings with another seed.
    void reroll(const std::string& take);
    /// The shot's prompt on the take's motion and composition.
    void remix(float strength);
    /// Keeps what the shot shows of the take and makes the rest anew.
    void recut();
    /// `verb`: `extend_before` or `extend_after`.
    void extend(core::Verb verb);
    void loop();
    /// A new shot that leads from the selected one to the next.
    void blend();
    /// The take larger: `size` as `core::parse_upscale` reads it; empty: the project's height.
    void upscale(const std::string& size);
    /// The take with more frames a second: `rate` as `core::parse_interpolate` reads it; empty: the project's rate, or twice
    /// the take's where it has that already.
    void interpolate(const std::string& rate);
    /// The last frame shown of the shot before becomes the first of this one.
    void chain();

private:
    struct Source;
    [[nodiscard]] std::optional<Source> source() const;
    [[nodiscard]] VerbOffer refused(core::Verb verb, const core::ModelCapabilities& model) const;
    /// `seed`: of the first; nothing: rolled.
    void queue(core::Verb verb, const Source& source, const core::Result<core::Origin>& origin, int count,
               std::optional<std::uint64_t> seed = {});
    [[nodiscard]] std::optional<std::uint64_t> own_noise(const Source& source) const;
    [[nodiscard]] core::Result<core::GenerationRequest> request_of(core::Verb verb, const Source& source,
                                                                   const core::Origin& origin, std::uint64_t seed) const;
    [[nodiscard]] VerbOffer enhancing(core::Verb verb) const;
    void enhance(core::Verb verb, const core::Enhancement& enhancement);
    void report(const core::Error& error);
    [[nodiscard]] bool writable();

    StudioSession& session_;
};

}  // namespace kinora::ui
