#include "minimeta/protocol/json/scanner.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"

using minimeta::is_json;
using minimeta::JsonScanner;

TEST_CASE("every production of the grammar is a JSON text") {
    for (const std::string_view text : {"null",
                                        "true",
                                        "false",
                                        "0",
                                        "-0",
                                        "10",
                                        "-1.25",
                                        "1e5",
                                        "1E+5",
                                        "1.5e-05",
                                        "0e0",
                                        R"("")",
                                        R"("a")",
                                        R"("\"\\\/\b\f\n\r\t")",
                                        R"("\u00e9\uD83D\ude00")",
                                        R"("\ud800")",
                                        R"("\u0000")",
                                        "\"\x7f\"",
                                        "\"你好 🌍\"",
                                        "[]",
                                        "[ ]",
                                        "[1]",
                                        "[1,2]",
                                        "[[],{}]",
                                        "{}",
                                        "{ }",
                                        R"({"":0})",
                                        R"({"a":1,"a":2})",
                                        R"({"a":{"b":[null]}})",
                                        " \t\r\n1\n ",
                                        " { \"a\" : [ 1 , 2 ] } ",
                                        R"(["a",1,true,null,{"b":false}])"}) {
        INFO(text);
        CHECK(is_json(text));
    }
}

TEST_CASE("what is not in the grammar is no JSON text") {
    const std::string_view none[] = {"",
                                     " ",
                                     "nul",
                                     "True",
                                     "nulll",
                                     "undefined",
                                     "NaN",
                                     "Infinity",
                                     "01",
                                     "-",
                                     "-01",
                                     "+1",
                                     ".5",
                                     "1.",
                                     "1.e5",
                                     "1e",
                                     "1e+",
                                     "0x10",
                                     "1 2",
                                     "1,",
                                     "--1",
                                     "'a'",
                                     "\"",
                                     "\"a",
                                     "a\"",
                                     R"("\a")",
                                     R"("\u12")",
                                     R"("\u12g4")",
                                     R"("\)",
                                     R"("\u)",
                                     "\"\n\"",
                                     "\"\t\"",
                                     R"("\q5")",
                                     R"(["\q5])",
                                     "[",
                                     "]",
                                     "[1",
                                     "[1,",
                                     "[1,]",
                                     "[,1]",
                                     "[1 2]",
                                     "[1}",
                                     "{",
                                     "}",
                                     "{]",
                                     R"({"a"})",
                                     R"({"a":})",
                                     R"({"a":1)",
                                     R"({"a":1,})",
                                     R"({,})",
                                     "{a:1}",
                                     "{1:1}",
                                     R"({"a" 1})",
                                     R"({"a":1 "b":2})",
                                     R"({"a":1]}")",
                                     "[1]]",
                                     "{}{}",
                                     "/* */1",
                                     "1//",
                                     "\xEF\xBB\xBF{}",
                                     "[\v1]",
                                     "\"\x80\"",
                                     "\"\xC0\xAF\"",
                                     "\"\xED\xA0\x80\"",
                                     "\"\xF4\x90\x80\x80\"",
                                     "\"\xE4\xBD\"",
                                     "\xFF",
                                     "\xC2\xA0 1",
                                     std::string_view("\0", 1),
                                     std::string_view("1\0", 2)};
    for (const std::string_view text : none) {
        INFO(text);
        CHECK_FALSE(is_json(text));
    }
}

TEST_CASE("arrays and objects may be as deep as is said, and no depth takes more memory or time than its bytes") {
    const auto nested = [](std::size_t depth, const std::string& open, const std::string& close) {
        std::string text;
        for (std::size_t i = 0; i < depth; ++i) text += open;
        text += "1";
        for (std::size_t i = 0; i < depth; ++i) text += close;
        return text;
    };
    for (const auto& [open, close] : {std::pair("[", "]"), std::pair("{\"a\":", "}"), std::pair("[{\"a\":", "}]")}) {
        const std::size_t levels = open[0] == '[' && open[1] == '{' ? 2 : 1;
        CHECK(is_json(nested(JsonScanner::deepest / levels, open, close)));
        CHECK_FALSE(is_json(nested(JsonScanner::deepest / levels + 1, open, close)));
        CHECK_FALSE(is_json(nested(1'000'000, open, close)));
    }
    CHECK_FALSE(is_json(std::string(1'000'000, '[')));
    JsonScanner two("[[1]]"), three("[[[1]]]");
    CHECK(two.take_value(2));
    CHECK_FALSE(three.take_value(2));
}

TEST_CASE("no beginning of an object is valid, and none is read beyond its end") {
    const std::string text = R"({"type":"say","text":"\ud83d\ude00 你","n":-1.5e3,"a":[true,{"b":null}]})";
    REQUIRE(is_json(text));
    for (std::size_t size = 0; size < text.size(); ++size) {
        const std::string beginning(text, 0, size);  // of its own, for the sanitizer
        CHECK_FALSE(is_json(beginning));
    }
}
