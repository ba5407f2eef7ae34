#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"
#include "core/provenance/key_store.h"

namespace kinora::core {

/// A private key and its certificates, leaf first, as PEM texts.
struct SigningKey {
    std::string key;
    std::string certificates;
    std::string algorithm;  ///< in C2PA's words: "es256", "ed25519", "ps256" …
    std::string name;       ///< the certificate's subject, for people
};

/// The artist's own key and certificate chain. Errors: `not_found`, `corrupt` (no PEM, or the two don't belong together),
/// `unsupported` (a kind of key that C2PA doesn't sign with).
[[nodiscard]] Result<SigningKey> read_signing_key(const std::filesystem::path& key,
                                                  const std::filesystem::path& certificates);

/// Kinora's key of this user: made on first use, with a certificate of an authority that exists only for it and whose own
/// key is forgotten at once. Who checks a signature of it finds it valid and the signer on no trust list. The certificates
/// are in `folder` (`signing_folder()`); the key is in `store` under the folder's name, or, where there is no store or it
/// takes nothing, in `folder` too with file permissions 0600. A key that is a file already stays one. `name` is the
/// certificate's subject. Errors: `io` (also: the store holds the key but wasn't opened), `disk_full`, `corrupt`.
[[nodiscard]] Result<SigningKey> user_signing_key(const std::filesystem::path& folder, KeyStore* store = nullptr,
                                                  const std::string& name = "Kinora user");

/// Where the key is kept: `data_dir()/signing`.
[[nodiscard]] std::filesystem::path signing_folder();

}  // namespace kinora::core
