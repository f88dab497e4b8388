#include "minimeta/protocol/grammar.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "unit/described.hpp"

namespace {

// What the line asks for, as text; "nothing" if it asks for nothing.
std::string parsed(std::string_view line) {
    minimeta::Grammar grammar;
    const auto command = grammar.parse(line);
    return command ? described(*command) : "nothing";
}

struct Case {
    std::string_view line;
    std::string_view expected;
};

template <std::size_t N>
void check_all(const Case (&cases)[N]) {
    for (const auto& [line, expected] : cases) {
        INFO("the line: " << line);
        CHECK(parsed(line) == expected);
    }
}

}  // namespace

TEST_CASE("a line of blanks asks for nothing") {
    check_all({{"", "nothing"}, {" ", "nothing"}, {" \t  ", "nothing"}, {"\u3000", "nothing"}});
}

TEST_CASE("name: gives a name, in whatever case or width it is typed") {
    check_all({
        {"name:lily", "name [lily]"},
        {"NAME:lily", "name [lily]"},
        {"Name:x", "name [x]"},
        {"name：lily", "name [lily]"},
        {"name:", "name []"},
        {"  name: x ", "name [ x ]"},  // the room trims it
        {"\u3000name:x", "name [x]"},
        {"name:@bob", "name [@bob]"},  // and refuses it
        {"name:a:b", "name [a:b]"},
    });
}

TEST_CASE("what only resembles name: is said") {
    check_all({
        {"name", "say name"},
        {"name lily", "say name lily"},
        {"name :lily", "say name :lily"},
        {"names:lily", "say names:lily"},
        {"my name:lily", "say my name:lily"},
        {"nam", "say nam"},
    });
}

TEST_CASE("any other line is said as it is") {
    check_all({
        {"hello", "say hello"},
        {"  hello  ", "say   hello  "},
        {"1/2", "say 1/2"},
        {"你好，世界", "say 你好，世界"},
        {"broken \xFF bytes", "say broken \xFF bytes"},
        {"cut \xE4\xBD", "say cut \xE4\xBD"},
    });
}

TEST_CASE("a mention makes a line private, wherever it is and whatever is behind it") {
    check_all({
        {"@bob", "whisper [bob] @bob"},
        {"@bob hi", "whisper [bob] @bob hi"},
        {"hi @bob", "whisper [bob] hi @bob"},
        {"hi @bob, how are you", "whisper [bob] hi @bob, how are you"},
        {"@bob: x", "whisper [bob] @bob: x"},
        {"@bob，你好", "whisper [bob] @bob，你好"},
        {"@bob\u3000你好", "whisper [bob] @bob\u3000你好"},
        {"@bob\thi", "whisper [bob] @bob\thi"},
        {"(@bob)", "whisper [bob] (@bob)"},
        {"你好，@小明", "whisper [小明] 你好，@小明"},
        {"  @bob hi", "whisper [bob]   @bob hi"},
        {"-> @bob", "whisper [bob] -> @bob"},
        {"\xFF@bob", "whisper [bob] \xFF@bob"},
        {"@bob\xFF", "whisper [bob] @bob\xFF"},
    });
}

TEST_CASE("a full-width @ is an @") {
    check_all({
        {"＠bob hi", "whisper [bob] ＠bob hi"},
        {"hi ＠bob", "whisper [bob] hi ＠bob"},
        {"＠ｂｏｂ hi", "whisper [ｂｏｂ] ＠ｂｏｂ hi"},
        {"＠＠bob", "say ＠bob"},
        {"@＠bob", "say ＠bob"},
    });
}

TEST_CASE("a mention takes all name characters, so a name that runs on is somebody else's") {
    check_all({
        {"@bob你好", "whisper [bob你好] @bob你好"},
        {"@bob-2_x!", "whisper [bob-2_x] @bob-2_x!"},
        {"@bob😀", "whisper [bob😀] @bob😀"},
    });
}

TEST_CASE("a line can mention several") {
    check_all({
        {"@bob @eve x", "whisper [bob][eve] @bob @eve x"},
        {"@bob,@eve x", "whisper [bob][eve] @bob,@eve x"},
        {"@bob、@eve x", "whisper [bob][eve] @bob、@eve x"},
        {"@bob@eve x", "whisper [bob][eve] @bob@eve x"},
        {"@bob @bob", "whisper [bob][bob] @bob @bob"},  // the room counts them once
    });
}

TEST_CASE("an @ behind a letter of a script without blanks is a mention, and leaks to nobody") {
    check_all({
        {"你好@bob", "whisper [bob] 你好@bob"},
        {"你好＠bob", "whisper [bob] 你好＠bob"},
        {"请问@小明@小红", "whisper [小明][小红] 请问@小明@小红"},
        {"a@b你好@bob", "whisper [bob] a@b你好@bob"},
        {"@@bob你好@eve", "whisper [eve] @bob你好@eve"},
    });
}

TEST_CASE("an @ in an ASCII word, or before none, is text") {
    check_all({
        {"mail me at a@b.com", "say mail me at a@b.com"},
        {"a_1-@b", "say a_1-@b"},
        {"@", "say @"},
        {"@ bob", "say @ bob"},
        {"a@ b", "say a@ b"},
        {"@!", "say @!"},
        {"x@b @bob", "whisper [bob] x@b @bob"},
        {"a@b@c", "say a@b@c"},
        {"@ @bob", "whisper [bob] @ @bob"},
    });
}

TEST_CASE("more than one @ are text, with one of them taken off") {
    check_all({
        {"@@bob", "say @bob"},
        {"@@@bob", "say @@bob"},
        {"hi @@bob and @@eve!", "say hi @bob and @eve!"},
        {"@@bob @eve", "whisper [eve] @bob @eve"},
        {"@eve @@bob", "whisper [eve] @eve @bob"},
        {"a@@b", "say a@@b"},
        {"@@", "say @@"},
        {"@@ bob", "say @@ bob"},
        {"@@bob@eve", "say @bob@eve"},
    });
}

TEST_CASE("slash commands are known in either case, and behind blanks") {
    check_all({
        {"/who", "who"},
        {"/WHO", "who"},
        {"／who", "who"},
        {"  /who", "who"},
        {"\u3000/who", "who"},
        {"/who is there", "who"},
        {"/help", "help"},
        {"/help me", "help"},
        {"/quit", "quit"},
        {"/quit bye", "quit"},
        {"/nick lily", "name [lily]"},
        {"/nick\u3000lily", "name [lily]"},
        {"/nick   lily ", "name [lily ]"},
        {"/nick", "name []"},
    });
}

TEST_CASE("a slash command that nobody knows is never said") {
    check_all({
        {"/zzz", "malformed unknown_command /zzz"},
        {"/zzz hello", "malformed unknown_command /zzz"},
        {"／zzz", "malformed unknown_command ／zzz"},
        {"  /zzz", "malformed unknown_command /zzz"},
        {"/", "malformed unknown_command /"},
        {"/ who", "malformed unknown_command /"},
        {"/ /who", "malformed unknown_command /"},
        {"/whoo", "malformed unknown_command /whoo"},
        {"/wh", "malformed unknown_command /wh"},
        {"/who@bob", "malformed unknown_command /who@bob"},
        {"/\xFF", "malformed unknown_command /\xFF"},
    });
}

TEST_CASE("/msg whispers to a list of names, with an @ or without") {
    check_all({
        {"/msg bob hi", "whisper [bob] hi"},
        {"/msg @bob hi", "whisper [bob] hi"},
        {"/msg ＠bob hi", "whisper [bob] hi"},
        {"/msg bob,eve hi", "whisper [bob][eve] hi"},
        {"/msg @bob,@eve hi", "whisper [bob][eve] hi"},
        {"/msg bob，eve hi", "whisper [bob][eve] hi"},
        {"/msg ,bob,,eve hi", "whisper [bob][eve] hi"},
        {"/msg bob, @eve hi", "whisper [bob][eve] hi"},
        {"/msg bob, eve,", "malformed missing_argument /msg"},
        {"/MSG  bob   hi  there ", "whisper [bob] hi  there "},
        {"/msg\u3000bob\u3000hi", "whisper [bob] hi"},
        {"/msg bob hi @eve", "whisper [bob] hi @eve"},
        {"/msg bob @@eve", "whisper [bob] @@eve"},
        {"/msg b:b hi", "whisper [b:b] hi"},  // absent, whoever that is
        {"/msg @@bob hi", "whisper [@bob] hi"},
    });
}

TEST_CASE("/msg needs somebody and something") {
    for (const std::string_view line : {"/msg", "/msg bob", "/msg bob ", "/msg , hi", "/msg @ hi", "/msg @,@ hi"}) {
        CAPTURE(line);
        CHECK(parsed(line) == "malformed missing_argument /msg");
    }
}

TEST_CASE("/me acts, and mentions as a line does") {
    check_all({
        {"/me waves", "act waves"},
        {"/ME  waves ", "act waves "},
        {"/me hugs @bob", "whisper-act [bob] hugs @bob"},
        {"/me hugs @@bob", "act hugs @bob"},
        {"/me /who", "act /who"},
        {"/me", "malformed missing_argument /me"},
        {"/me  ", "malformed missing_argument /me"},
    });
}

TEST_CASE("two slashes say one") {
    check_all({
        {"//x", "say /x"},
        {"//", "say /"},
        {"///", "say //"},
        {"  //who", "say /who"},
        {"／／who", "say ／who"},
        {"/／who", "say ／who"},
        {"//@bob", "whisper [bob] /@bob"},
        {"//@@bob", "say /@bob"},
    });
}

TEST_CASE("a grammar keeps nothing from one line for the next") {
    minimeta::Grammar grammar;
    const auto parse = [&](std::string_view line) { return described(grammar.parse(line).value()); };
    CHECK(parse("@bob @@eve x") == "whisper [bob] @bob @eve x");
    CHECK(parse("@lily y") == "whisper [lily] @lily y");
    CHECK(parse("@@a") == "say @a");
    CHECK(parse("/msg rose z") == "whisper [rose] z");
    CHECK(parse("/msg bob") == "malformed missing_argument /msg");
    CHECK(parse("/me waves") == "act waves");
}
