#include "core/base/sha256.h"

#include <catch2/catch.hpp>
#include <fstream>

using kinora::core::Sha256;
using kinora::core::sha256_hex;

TEST_CASE("SHA-256 gives the digests of the standard's examples")
{
    CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
          "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    CHECK(sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 doesn't depend on how the bytes are cut")
{
    const std::string text(300, 'x');
    for (std::size_t first = 0; first <= 130; ++first) {
        Sha256 hash;
        hash.update(std::string_view(text).substr(0, first));
        hash.update(std::string_view(text).substr(first));
        REQUIRE(hash.hex_digest() == sha256_hex(text));
    }
}

TEST_CASE("SHA-256 of a missing file is an error that names it")
{
    const auto digest = kinora::core::sha256_of_file("/nonexistent/weights.safetensors");
    REQUIRE_FALSE(digest);
    CHECK(digest.error().kind == kinora::core::ErrorKind::not_found);
    CHECK(digest.error().message.find("weights.safetensors") != std::string::npos);
}
