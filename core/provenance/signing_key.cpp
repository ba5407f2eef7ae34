#include "core/provenance/signing_key.h"

#include <fcntl.h>
#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <memory>
#include <optional>

#include "core/base/file.h"
#include "core/base/paths.h"
#include "core/base/text.h"

namespace kinora::core {
namespace {

namespace fs = std::filesystem;

struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(X509_EXTENSION* extension) const { X509_EXTENSION_free(extension); }
};
using Key = std::unique_ptr<EVP_PKEY, Free>;
using Certificate = std::unique_ptr<X509, Free>;
using Bio = std::unique_ptr<BIO, Free>;

constexpr long k_days = 3650;
constexpr std::uint64_t k_longest_pem = std::uint64_t{1} << 20U;

std::string text_of(BIO* bio)
{
    char* data = nullptr;
    const long length = BIO_get_mem_data(bio, &data);
    return length > 0 ? std::string(data, static_cast<std::size_t>(length)) : std::string();
}

std::string pem_of(X509* certificate)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    return bio && PEM_write_bio_X509(bio.get(), certificate) == 1 ? text_of(bio.get()) : std::string();
}

std::string pem_of(EVP_PKEY* key)
{
    const Bio bio(BIO_new(BIO_s_mem()));
    const bool written = bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1;
    return written ? text_of(bio.get()) : std::string();
}

bool extend(X509* certificate, X509* issuer, int kind, const char* value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const std::unique_ptr<X509_EXTENSION, Free> extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool set_name(X509_NAME* name, const std::string& common)
{
    const auto add = [&](const char* field, const std::string& value) {
        return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char*>(value.c_str()),
                                          -1, -1, 0) == 1;
    };
    return add("O", "Kinora") && add("CN", common.substr(0, 60));
}

bool set_serial(X509* certificate)
{
    unsigned char bytes[8];
    if (RAND_bytes(bytes, sizeof bytes) != 1) return false;
    std::uint64_t serial = 1;
    for (const unsigned char byte : bytes)
        serial = serial << 7U | (byte & 0x7FU);
    return ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U) == 1;
}

/// A certificate of `key`, signed by the issuer's key; its own issuer if there is none.
Certificate certify(EVP_PKEY* key, const std::string& name, X509* issuer, EVP_PKEY* issuer_key)
{
    Certificate certificate(X509_new());
    X509* x = certificate.get();
    const bool root = issuer == nullptr;
    bool made = x != nullptr && X509_set_version(x, 2) == 1 && set_serial(x) &&
                X509_gmtime_adj(X509_getm_notBefore(x), -3600) != nullptr &&
                X509_time_adj_ex(X509_getm_notAfter(x), k_days, 0, nullptr) != nullptr && X509_set_pubkey(x, key) == 1 &&
                set_name(X509_get_subject_name(x), name) &&
                X509_set_issuer_name(x, X509_get_subject_name(root ? x : issuer)) == 1;
    made =
        made && extend(x, root ? x : issuer, NID_basic_constraints, root ? "critical,CA:TRUE" : "critical,CA:FALSE") &&
        extend(x, root ? x : issuer, NID_key_usage, root ? "critical,keyCertSign,cRLSign" : "critical,digitalSignature") &&
        extend(x, root ? x : issuer, NID_subject_key_identifier, "hash") &&
        extend(x, root ? x : issuer, NID_authority_key_identifier, "keyid:always");
    if (!root) made = made && extend(x, issuer, NID_ext_key_usage, "emailProtection");
    if (!made || X509_sign(x, issuer_key, EVP_sha256()) == 0) return nullptr;
    return certificate;
}

/// 0600 from its first byte on; nothing if there is a file of that name.
Result<void> write_private(const fs::path& file, const std::string& text)
{
    const int descriptor = open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) return file_error(file, "written", errno);
    std::size_t done = 0;
    while (done < text.size()) {
        const ssize_t written = write(descriptor, text.data() + done, text.size() - done);
        if (written < 0 && errno == EINTR) continue;
        if (written <= 0) break;
        done += static_cast<std::size_t>(written);
    }
    const int problem = done < text.size() ? errno : fsync(descriptor) != 0 ? errno : 0;
    close(descriptor);
    if (problem == 0) return {};
    unlink(file.c_str());
    return file_error(file, "written", problem);
}

/// What C2PA calls the way a key signs; empty: it doesn't.
std::string algorithm_of(EVP_PKEY* key)
{
    switch (EVP_PKEY_get_base_id(key)) {
        case EVP_PKEY_ED25519:
            return "ed25519";
        case EVP_PKEY_RSA:
        case EVP_PKEY_RSA_PSS:
            return EVP_PKEY_get_bits(key) >= 2048 ? "ps256" : "";
        case EVP_PKEY_EC: {
            const int bits = EVP_PKEY_get_bits(key);
            return bits == 256 ? "es256" : bits == 384 ? "es384" : bits == 521 ? "es512" : "";
        }
        default:
            return {};
    }
}

std::string subject_of(X509* certificate)
{
    char name[256] = {};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name, sizeof name);
    return name;
}

/// No passphrase is ever asked for on a terminal.
int no_passphrase(char*, int, int, void*)
{
    return -1;
}

struct MadeKey {
    std::string key;
    std::string certificates;
};

Result<MadeKey> make_key(const std::string& name)
{
    const Key authority_key(EVP_EC_gen("P-256"));
    const Key key(EVP_EC_gen("P-256"));
    const Certificate authority =
        authority_key ? certify(authority_key.get(), name + " (own authority)", nullptr, authority_key.get()) : nullptr;
    const Certificate certificate =
        key && authority ? certify(key.get(), name, authority.get(), authority_key.get()) : nullptr;
    MadeKey made;
    if (certificate) made = {pem_of(key.get()), pem_of(certificate.get()) + pem_of(authority.get())};
    if (made.key.empty()) return make_error(ErrorKind::internal, "A signing key could not be made.");
    return made;
}

std::string file_name(const fs::path& file)
{
    return in_quotes(path_to_utf8(file));
}

/// `key_name` and `certificate_name` are for messages.
Result<SigningKey> parse_key(const std::string& key_text, std::string certificates, const std::string& key_name,
                             const std::string& certificate_name)
{
    const Bio key_bio(BIO_new_mem_buf(key_text.data(), static_cast<int>(key_text.size())));
    const Key key(PEM_read_bio_PrivateKey(key_bio.get(), nullptr, no_passphrase, nullptr));
    if (!key) return make_error(ErrorKind::corrupt, key_name + " holds no private key in PEM without a passphrase.");
    const Bio certificate_bio(BIO_new_mem_buf(certificates.data(), static_cast<int>(certificates.size())));
    const Certificate certificate(PEM_read_bio_X509(certificate_bio.get(), nullptr, no_passphrase, nullptr));
    if (!certificate) return make_error(ErrorKind::corrupt, certificate_name + " holds no certificate in PEM.");
    if (X509_check_private_key(certificate.get(), key.get()) != 1)
        return make_error(ErrorKind::corrupt,
                          key_name + " doesn't belong to the first certificate of " + certificate_name + ".");
    SigningKey out{pem_of(key.get()), std::move(certificates), algorithm_of(key.get()), subject_of(certificate.get())};
    if (out.algorithm.empty())
        return make_error(ErrorKind::unsupported, key_name +
                                                      " is of a kind that C2PA doesn't sign with; use ECDSA P-256, P-384 or "
                                                      "P-521, Ed25519, or RSA of 2048 bits or more.");
    return out;
}

/// The key that a store holds for the certificates of a folder; nothing if it holds none for them.
Result<std::optional<SigningKey>> stored_key(const fs::path& folder, KeyStore& store)
{
    auto certificates = read_file(folder / "certificates.pem", k_longest_pem);
    if (!certificates) return std::optional<SigningKey>();
    const auto secret = store.find(path_to_utf8(folder));
    if (!secret) return secret.error();
    if (!*secret) return std::optional<SigningKey>();
    auto key = parse_key(**secret, std::move(*certificates), "The desktop's key store", file_name(folder));
    return key ? std::optional<SigningKey>(std::move(*key)) : std::nullopt;
}

Result<void> make_user_key(const fs::path& folder, KeyStore* store, const std::string& name)
{
    const auto made = make_key(name);
    if (!made) return made.error();
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed) return file_error(folder, "made", failed.value());
    chmod(folder.c_str(), 0700);
    // The certificates first: a key without them would stand in the way of the next attempt.
    if (auto written = write_file(folder / "certificates.pem", made->certificates); !written) return written;
    if (store != nullptr && store->keep(path_to_utf8(folder), "Kinora: key for content credentials", made->key)) return {};
    return write_private(folder / "key.pem", made->key);
}

}  // namespace

Result<SigningKey> read_signing_key(const fs::path& key_file, const fs::path& certificate_file)
{
    const auto key = read_file(key_file, k_longest_pem);
    if (!key) return key.error();
    auto certificates = read_file(certificate_file, k_longest_pem);
    if (!certificates) return certificates.error();
    return parse_key(*key, std::move(*certificates), file_name(key_file), file_name(certificate_file));
}

Result<SigningKey> user_signing_key(const fs::path& folder, KeyStore* store, const std::string& name)
{
    std::error_code unknown;
    const fs::path file = folder / "key.pem";
    for (const bool made : {false, true}) {
        if (fs::exists(file, unknown)) return read_signing_key(file, folder / "certificates.pem");
        if (store != nullptr) {
            auto stored = stored_key(folder, *store);
            if (!stored) return stored.error();
            if (*stored) return std::move(**stored);
        }
        if (made) break;
        if (auto written = make_user_key(folder, store, name); !written) return written.error();
    }
    return make_error(ErrorKind::io, "The desktop's key store took Kinora's signing key and doesn't give it again.");
}

fs::path signing_folder()
{
    return data_dir() / "signing";
}

}  // namespace kinora::core
