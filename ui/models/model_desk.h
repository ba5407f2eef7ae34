#pragma once

#include <QObject>
#include <map>
#include <stop_token>

#include "ui/models/model_shelf.h"
#include "ui/session/background.h"

namespace kinora::ui {

/// The models of this machine and those that can be had: lists, adds, removes, checks and fetches them. Knows no widget.
/// Lives on the UI thread; the disk and the network are used on threads of its own. Nothing is fetched, and no server is
/// asked anything, before `offer` or `fetch`.
class ModelDesk : public QObject {
    Q_OBJECT
public:
    explicit ModelDesk(ModelShelf shelf, QObject* parent = nullptr);
    ~ModelDesk() override;

    [[nodiscard]] const std::vector<InstalledModel>& installed() const { return installed_; }
    [[nodiscard]] const std::vector<InstalledPart>& parts() const { return parts_; }
    [[nodiscard]] const std::vector<PublishedEntry>& published() const { return published_; }
    /// Null for an id that isn't in the list.
    [[nodiscard]] const PublishedEntry* published(const std::string& id) const;
    [[nodiscard]] const ModelShelf& shelf() const { return shelf_; }

    /// Reads all lists again.
    void refresh();
    /// A file or a folder, where it lies. A message says what came of it.
    void add(const QString& path);
    /// Takes a model out of the list; its files stay.
    void remove(const std::string& id);
    /// Compares a model's files with the checksums they were pulled with.
    void check(const std::string& id);
    void stop_checking(const std::string& id);

    /// Asks the hub how large a published model is.
    void offer(const std::string& id);
    /// Forgets the offer.
    void decline(const std::string& id);
    /// Fetches it, or goes on with it.
    void fetch(const std::string& id);
    /// Ends what is under way with it; what has arrived stays.
    void stop(const std::string& id);

Q_SIGNALS:
    void installed_changed();
    /// The list itself; `published_moved` tells of one entry.
    void published_changed();
    void published_moved(const std::string& id);
    /// 0…1 while a model's files are checked, below 0 at the end.
    void checked(const std::string& id, double fraction);
    /// A sentence for the artist.
    void message(const QString& text, bool bad);
    /// The catalogue has other models than before.
    void models_changed();

private:
    using Stops = std::map<std::string, std::stop_source>;
    PublishedEntry* entry(const std::string& id);
    void move(PublishedEntry& entry, PublishedEntry::State state);
    /// What is on the disk.
    struct Lists {
        core::Result<std::vector<InstalledModel>> installed;
        core::Result<std::vector<InstalledPart>> parts;
        core::Result<std::vector<PublishedEntry>> published;
    };
    void take_lists(Lists lists);
    void offered(const std::string& id, const core::Result<core::PullPlan>& plan);
    void fetched(const std::string& id, const core::Result<void>& result);
    void report(const core::Error& error);

    ModelShelf shelf_;
    std::vector<InstalledModel> installed_;
    std::vector<InstalledPart> parts_;
    std::vector<PublishedEntry> published_;
    Stops fetches_;
    Stops checks_;
    Background disk_;
    Background checker_;
    Background network_;
};

}  // namespace kinora::ui
