#include "minimeta/protocol/json/command_reader.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "unit/described.hpp"

using minimeta::JsonCommandReader;

TEST_CASE("each type of object is a command") {
    JsonCommandReader reader;
    const std::pair<std::string_view, std::string_view> all[] = {
        {R"({"type":"name","name":"lily"})", "name [lily]"},
        {R"({"type":"say","text":"hi"})", "say hi"},
        {R"({"type":"say","text":"waves","action":true,"group":"dev"})", "act #dev waves"},
        {R"({"type":"say","text":"beep","notice":true})", "notice beep"},
        {R"({"type":"whisper","to":["bob","eve"],"text":"hi"})", "whisper [bob][eve] hi"},
        {R"({"type":"whisper","to":"bob","text":"hi","action":true})", "whisper-act [bob] hi"},
        {R"({"type":"who"})", "who"},
        {R"({"type":"who","group":"dev"})", "who [dev]"},
        {R"({"type":"whois","name":"bob"})", "whois [bob]"},
        {R"({"type":"join","group":"dev"})", "join [dev]"},
        {R"({"type":"join","group":"dev","key":"sesame"})", "join [dev] key [sesame]"},
        {R"({"type":"leave","group":"dev"})", "leave [dev]"},
        {R"({"type":"groups"})", "groups"},
        {R"({"type":"history"})", "recall [] with [] before 0-0 count 0"},
        {R"({"type":"history","group":"dev","before":"7-230","count":20})",
         "recall [dev] with [] before 7-230 count 20"},
        {R"({"type":"history","with":"bob","before":"230"})", "recall [] with [bob] before 0-230 count 0"},
        {R"({"type":"away","text":"lunch"})", "away [lunch]"},
        {R"({"type":"away"})", "away []"},
        {R"({"type":"back"})", "back"},
        {R"({"type":"session"})", "session"},
        {R"({"type":"resume","token":"1.ab","seen":"7-230"})", "resume [1.ab] 7-230"},
        {R"({"type":"ignore","name":"bob"})", "ignore [bob]"},
        {R"({"type":"ignore","name":"bob","hidden":false})", "unignore [bob]"},
        {R"({"type":"ignored"})", "ignored"},
        {R"({"type":"befriend","name":"bob"})", "befriend [bob]"},
        {R"({"type":"unfriend","name":"bob"})", "unfriend [bob]"},
        {R"({"type":"friends"})", "friends"},
        {R"({"type":"role","name":"bob","role":"voice","group":"dev"})", "#dev make [bob] voice"},
        {R"({"type":"topic","text":"tea"})", "topic [tea]"},
        {R"({"type":"topic","text":"","group":"dev"})", "#dev topic []"},
        {R"({"type":"topic"})", "topic"},
        {R"({"type":"kick","name":"bob","text":"rude","group":"dev"})", "#dev kick [bob] [rude]"},
        {R"({"type":"ban","name":"bob","seconds":60})", "ban [bob] 60"},
        {R"({"type":"mute","name":"bob"})", "mute [bob] 0"},
        {R"({"type":"unban","name":"bob"})", "unban [bob]"},
        {R"({"type":"unmute","name":"bob","group":"dev"})", "#dev unmute [bob]"},
        {R"({"type":"sanctions"})", "bans"},
        {R"({"type":"configure","setting":"slow_seconds","value":10,"group":"dev"})", "#dev slow_seconds 10"},
        {R"({"type":"key","group":"dev","key":"sesame"})", "#dev key [sesame]"},
        {R"({"type":"invite","group":"dev","name":"bob"})", "#dev invite [bob]"},
        {R"({"type":"purge","name":"bob"})", "purge [bob]"},
        {R"({"type":"help"})", "help"},
        {R"({"type":"quit"})", "quit"},
        {R"({"type":"roll","rest":"2d6"})", "custom [roll] [2d6] roll"},
        {R"({ "t\u0079pe" : "say" , "unknown": [{}], "text" : "\u4f60" })", "say 你"},
    };
    for (const auto& [text, command] : all) {
        INFO(text);
        CHECK(described(reader.read(text)) == command);
    }
}

TEST_CASE("an object that lacks something, or has it in another form, is refused for the first such member") {
    JsonCommandReader reader;
    const std::pair<std::string_view, std::string_view> all[] = {
        {"", "malformed malformed"},
        {"[]", "malformed malformed"},
        {R"({"type":"say","text":"hi"} x)", "malformed malformed"},
        {"{}", "malformed missing_argument type"},
        {R"({"type":7})", "malformed invalid_argument type"},
        {R"({"type":"say"})", "malformed missing_argument text"},
        {R"({"type":"say","text":7})", "malformed invalid_argument text"},
        {R"({"type":"say","text":"\ud800"})", "malformed invalid_argument text"},
        {R"({"type":"say","text":"a","action":1})", "malformed invalid_argument action"},
        {R"({"type":"say","text":"a","group":null})", "malformed invalid_argument group"},
        {R"({"type":"whisper"})", "malformed missing_argument to"},
        {R"({"type":"whisper","to":["a",1],"text":"x"})", "malformed invalid_argument to"},
        {R"({"type":"history","before":"x"})", "malformed invalid_argument before"},
        {R"({"type":"history","count":-1})", "malformed invalid_argument count"},
        {R"({"type":"resume","token":"a"})", "malformed missing_argument seen"},
        {R"({"type":"role","name":"bob","role":"king"})", "malformed invalid_argument role"},
        {R"({"type":"configure","setting":"x","value":1})", "malformed invalid_argument setting"},
        {R"({"type":"configure","setting":"locked"})", "malformed missing_argument value"},
    };
    for (const auto& [text, command] : all) {
        INFO(text);
        CHECK(described(reader.read(text)) == command);
    }
}

TEST_CASE("the number of a request is that of the last object, if it has one") {
    JsonCommandReader reader;
    (void)reader.read(R"({"type":"who","request":7})");
    CHECK(reader.request() == 7u);
    (void)reader.read(R"({"type":"who","request":"7"})");
    CHECK_FALSE(reader.request());
    (void)reader.read(R"({"request":8})");
    CHECK(reader.request() == 8u);
    (void)reader.read("no object");
    CHECK_FALSE(reader.request());
}
