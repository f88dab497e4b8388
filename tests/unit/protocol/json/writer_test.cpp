#include "minimeta/protocol/json/writer.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/protocol/json/object.hpp"
#include "scenario/seed.hpp"
#include "unit/described.hpp"

using minimeta::ByteLog;
using minimeta::JsonObject;
using minimeta::JsonWriter;

namespace {

std::string text(std::string_view value) {
    return appended([&](ByteLog& log) { JsonWriter(log).begin("t").field("v", value).end(); });
}

}  // namespace

TEST_CASE("an object is a line in its shortest form") {
    const std::vector<std::string_view> names{"a", "b"};
    CHECK(appended([](ByteLog& log) { JsonWriter(log).begin("greeting").end(); }) == "{\"type\":\"greeting\"}\n");
    CHECK(appended([&](ByteLog& log) {
              JsonWriter json(log);
              json.begin("t").field("n", std::uint64_t{7}).field("yes", true).field("no", false).array("names", names);
              json.array("none", std::vector<std::string_view>{});
              json.array("objects", names, [&](std::string_view name) { json.open().field("name", name).close(); });
              json.field("behind", 0u).end();
          }) == R"({"type":"t","n":7,"yes":true,"no":false,"names":["a","b"],"none":[],)"
                R"("objects":[{"name":"a"},{"name":"b"}],"behind":0})"
                "\n");
}

TEST_CASE("what is empty, 0 or false is left out where it is optional") {
    CHECK(appended([](ByteLog& log) {
              JsonWriter(log).begin("t").optional("a", "").optional("b", 0u).optional("c", false).end();
          }) == "{\"type\":\"t\"}\n");
    CHECK(appended([](ByteLog& log) {
              JsonWriter(log).begin("t").optional("a", "x").optional("b", 1u).optional("c", true).end();
          }) == "{\"type\":\"t\",\"a\":\"x\",\"b\":1,\"c\":true}\n");
}

TEST_CASE("only what has to be escaped is") {
    CHECK(text("plain 你好 🌍 / ' <&>") == "{\"type\":\"t\",\"v\":\"plain 你好 🌍 / ' <&>\"}\n");
    CHECK(text("\"\\\b\f\n\r\t\x01\x1f\x7f") ==
          "{\"type\":\"t\",\"v\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"}\n");
    CHECK(text("") == "{\"type\":\"t\",\"v\":\"\"}\n");
}

TEST_CASE("any text reads as it was written") {
    std::mt19937 random(seed_of_this_run());
    JsonObject object;
    for (int i = 0; i < 2'000; ++i) {
        std::string any;
        for (std::size_t n = random() % 40; n > 0; --n)
            any += std::vector<std::string>{"a", "\"", "\\", "\x01", "\n", "é", "你", "🌍"}[random() % 8];
        const std::string line = text(any);
        REQUIRE(object.read(line));
        REQUIRE(object.string("v") == any);
    }
}
