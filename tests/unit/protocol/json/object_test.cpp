#include "minimeta/protocol/json/object.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "unit/allocations.hpp"

using minimeta::JsonObject;

namespace {

std::string listed(JsonObject& object, std::string_view key) {
    std::vector<std::string_view> all;
    if (!object.strings(key, all)) return "no strings";
    std::string list;
    for (const std::string_view each : all) list.append("[").append(each).append("]");
    return list;
}

}  // namespace

TEST_CASE("members are found by their keys, each as what it is") {
    const std::string_view text = R"( {"s":"a","n":7,"t":true,"f":false,"l":["a","b"],"none":null,"o":{"s":"x"}} )";
    JsonObject object;
    REQUIRE(object.read(text));
    CHECK(object.string("s") == "a");
    CHECK(object.number("n") == 7u);
    CHECK(object.boolean("t") == true);
    CHECK(object.boolean("f") == false);
    CHECK(listed(object, "l") == "[a][b]");
    CHECK(listed(object, "s") == "[a]");
    for (const char* key : {"n", "t", "l", "none", "o", "absent", "x"}) CHECK_FALSE(object.string(key));
    for (const char* key : {"s", "t", "l", "none", "o", "absent"}) CHECK_FALSE(object.number(key));
    for (const char* key : {"s", "n", "l", "none", "o", "absent"}) CHECK_FALSE(object.boolean(key));
    for (const char* key : {"n", "t", "none", "o", "absent"}) CHECK(listed(object, key) == "no strings");
    CHECK(object.has("none"));
    CHECK_FALSE(object.has("absent"));
}

TEST_CASE("what is no object, or more than one, is not read") {
    JsonObject object;
    for (const std::string_view text : {"", " ", "[]", "1", "\"a\"", "{", R"({"a":1}x)", R"({"a":1}{})", R"({"a":01})",
                                        R"({"a":"\q"})", "{\"a\":\"\xFF\"}", R"({"a":[[[[[[[[[1]]]]]]]]]})"}) {
        INFO(text);
        CHECK_FALSE(object.read(text));
    }
    CHECK(object.read("{}"));
    CHECK(object.read(R"({"a":[[[[[[[[1]]]]]]]]})"));
}

TEST_CASE("a number is exact, or it is none") {
    JsonObject object;
    const auto number = [&](const std::string& text) {
        const std::string whole = "{\"n\":" + text + "}";  // which the object is a view of
        REQUIRE(object.read(whole));
        return object.number("n");
    };
    CHECK(number("0") == 0u);
    CHECK(number("18446744073709551615") == (std::numeric_limits<std::uint64_t>::max)());
    for (const char* text : {"18446744073709551616", "-1", "-0", "1.0", "1e3", "\"1\""}) CHECK_FALSE(number(text));
}

TEST_CASE("escapes are taken away, in keys and texts, also when they are asked for twice") {
    JsonObject object;
    REQUIRE(object.read(R"({"t\u0079pe":"a\"\\\/\b\f\n\r\t\u4F60\uD83D\ude00\u00e9b","l":["\u0061","b"]})"));
    const std::string_view expected = "a\"\\/\b\f\n\r\t你😀éb";
    const auto first = object.string("type");
    CHECK(first == expected);
    CHECK(listed(object, "l") == "[a][b]");
    for (int i = 0; i < 10; ++i) CHECK(object.string("type") == expected);
    CHECK(first == expected);
}

TEST_CASE("half of a surrogate pair is no text") {
    JsonObject object;
    for (const char* text : {R"("\ud800")", R"("\udc00")", R"("\ud800x")", R"("\ud800\u0041")", R"("\ud800\ud800")",
                             R"("\udc00\ud800")"}) {
        const std::string whole = "{\"s\":" + std::string(text) + ",\"l\":[" + text + "]}";
        REQUIRE(object.read(whole));
        CHECK_FALSE(object.string("s"));
        CHECK(listed(object, "l") == "no strings");
    }
}

TEST_CASE("of several members with one key the last one counts, and members beyond the most are passed over") {
    JsonObject object;
    REQUIRE(object.read(R"({"a":1,"b":2,"a":3})"));
    CHECK(object.number("a") == 3u);
    std::string text = "{\"m0\":0";
    for (std::size_t i = 1; i < JsonObject::most_members + 5; ++i)
        text += ",\"m" + std::to_string(i) + "\":" + std::to_string(i);
    const std::string whole = text + "}";
    REQUIRE(object.read(whole));
    CHECK(object.number("m31") == 31u);
    CHECK_FALSE(object.number("m32"));
    CHECK_FALSE(object.read(text + ",}"));
}

TEST_CASE("reading allocates nothing once there has been a message as long") {
    const std::string text = R"({"type":"say","text":"\u4f60\u597d, all of you","to":["\u0061bc","b"],"n":12})";
    JsonObject object;
    std::vector<std::string_view> to;
    const auto use = [&] {
        CHECK(object.read(text));
        CHECK(object.string("text") == "你好, all of you");
        CHECK(object.strings("to", to));
    };
    use();
    const auto before = allocations();
    use();
    CHECK(allocations() == before);
}
