#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/base/result.h"

namespace kinora::core {

/// Keeps secrets for the user.
class KeyStore {
public:
    KeyStore() = default;
    KeyStore(const KeyStore&) = delete;
    KeyStore& operator=(const KeyStore&) = delete;
    virtual ~KeyStore() = default;

    /// The secret of an account, nothing if there is none. `io`: the store doesn't answer, or was not opened by the user.
    [[nodiscard]] virtual Result<std::optional<std::string>> find(const std::string& account) = 0;
    /// `label` is what the desktop shows to the user.
    [[nodiscard]] virtual Result<void> keep(const std::string& account, const std::string& label,
                                            const std::string& secret) = 0;
};

/// The desktop's key store: GNOME's keyring, KDE's wallet, KeePassXC or whatever else answers to the Secret Service over the
/// user's own D-Bus, through libsecret, which is loaded at run time. Null where there is no session bus or no libsecret, and
/// where `KINORA_KEY_STORE` is "off". A call may wait up to a minute for the user to open the store.
[[nodiscard]] std::unique_ptr<KeyStore> desktop_key_store();

}  // namespace kinora::core
