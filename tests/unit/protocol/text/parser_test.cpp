#include "minimeta/protocol/text/parser.hpp"

#include <string>
#include <string_view>

#include "catch.hpp"
#include "unit/described.hpp"

namespace {

// What the line asks for, as text; "nothing" if it asks for nothing.
std::string parsed(std::string_view line) {
    minimeta::TextParser parser;
    const auto command = parser.parse(line);
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

TEST_CASE("a mention takes all name characters, so a name that runs on is another name") {
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

TEST_CASE("an @ behind a letter of a script without blanks is a mention, and does not leak") {
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

TEST_CASE("an unknown slash command is never said") {
    check_all({
        {"/zzz", "custom [zzz] [] /zzz"},
        {"/zzz  hello there ", "custom [zzz] [hello there ] /zzz"},
        {"／zzz", "custom [zzz] [] ／zzz"},
        {"  /zzz", "custom [zzz] [] /zzz"},
        {"/", "malformed unknown_command /"},
        {"/ who", "malformed unknown_command /"},
        {"/ /who", "malformed unknown_command /"},
        {"/whoo", "custom [whoo] [] /whoo"},
        {"/wh", "custom [wh] [] /wh"},
        {"/who@bob", "custom [who@bob] [] /who@bob"},
        {"/\xFF", "custom [\xFF] [] /\xFF"},
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
        {"/msg b:b hi", "whisper [b:b] hi"},  // which is no name, and so absent
        {"/msg @@bob hi", "whisper [@bob] hi"},
    });
}

TEST_CASE("/msg needs a name and a text") {
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

TEST_CASE("two slashes say a slash") {
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

TEST_CASE("a # in front of a name is for that group, in whatever width it is typed") {
    check_all({
        {"#dev hi", "say #dev hi"},
        {"#dev  hi there ", "say #dev hi there "},
        {"  #dev hi", "say #dev hi"},
        {"\u3000＃dev\u3000你好", "say #dev 你好"},
        {"＃开发 你好", "say #开发 你好"},
        {"#DEV hi", "say #DEV hi"},  // which group that is, the room knows
        {"#lobby hi", "say #lobby hi"},
        {"#dev, hi", "say #dev , hi"},
        {"#dev你好", "malformed missing_argument #dev你好"},  // a name that runs on
        {"#1 is best", "say #1 is best"},
        {"#-x hi", "say #-x hi"},  // which is no name; the room refuses it
        {"#dev #ops hi", "say #dev #ops hi"},
        {"#dev ##ops hi", "say #dev ##ops hi"},
        {"#dev \xFF", "say #dev \xFF"},
    });
}

TEST_CASE("a line to a group needs a text") {
    check_all({
        {"#dev", "malformed missing_argument #dev"},
        {" #dev  ", "malformed missing_argument #dev"},
        {"＃dev", "malformed missing_argument ＃dev"},
    });
}

TEST_CASE("an @ in a line to a group is text") {
    check_all({
        {"#dev hi @bob", "say #dev hi @bob"},
        {"#dev @bob", "say #dev @bob"},
        {"#dev @@bob", "say #dev @@bob"},
        {"#dev＠bob hi", "say #dev ＠bob hi"},
        {"#dev /me hugs @bob", "act #dev hugs @bob"},
        {"@bob #dev hi", "whisper [bob] @bob #dev hi"},  // and a # in a private line
    });
}

TEST_CASE("of the commands, a group can be given /me alone, and none is said there") {
    check_all({
        {"#dev /me waves", "act #dev waves"},
        {"#dev ／ME  waves ", "act #dev waves "},
        {"#dev/me waves", "act #dev waves"},
        {"#dev //who", "say #dev /who"},
        {"#dev ／／who", "say #dev ／who"},
        {"#dev /me", "malformed missing_argument /me"},
        {"#dev /me  ", "malformed missing_argument /me"},
        {"#dev /who", "malformed unknown_command /who"},
        {"#dev ／who is there", "malformed unknown_command ／who"},
        {"#dev /mew hi", "malformed unknown_command /mew"},
        {"#dev /", "malformed unknown_command /"},
        {"#dev / x", "malformed unknown_command /"},
        {"#dev hi /who", "say #dev hi /who"},
    });
}

TEST_CASE("more than one # in front of a name are text, with one of them taken off") {
    check_all({
        {"##dev x", "say #dev x"},
        {"###x", "say ##x"},
        {"####x", "say ###x"},
        {"  ##dev", "say #dev"},
        {"＃＃dev", "say ＃dev"},
        {"#＃dev", "say ＃dev"},
        {"##dev hi @bob", "whisper [bob] #dev hi @bob"},
        {"##dev hi @@bob", "say #dev hi @bob"},
        {"##@bob", "whisper [bob] ##@bob"},  // no name behind it
        {"##dev /who", "say #dev /who"},
    });
}

TEST_CASE("a # that no name follows, or that is not in front, is text") {
    check_all({
        {"# heading", "say # heading"},
        {"## heading", "say ## heading"},
        {"#", "say #"},
        {"##", "say ##"},
        {"#!", "say #!"},
        {"  #!", "say   #!"},
        {"＃ 标题", "say ＃ 标题"},
        {"＃。", "say ＃。"},
        {"#/who", "say #/who"},
        {"# @bob", "whisper [bob] # @bob"},
        {"#\xFF", "say #\xFF"},
        {"issue #12", "say issue #12"},
        {"/me likes #dev", "act likes #dev"},
        {"//#dev", "say /#dev"},
    });
}

TEST_CASE("/join and /leave need a group, with its # or without") {
    check_all({
        {"/join #dev", "join [dev]"},
        {"/join dev", "join [dev]"},
        {"/JOIN  ＃开发 ", "join [开发]"},
        {"/join\u3000#dev\u3000", "join [dev]"},
        {"/join ##dev", "join [#dev]"},  // the room refuses it
        {"/join #dev ops", "join [dev] key [ops]"},
        {"/join #lobby", "join [lobby]"},
        {"/leave #dev", "leave [dev]"},
        {"/leave dev", "leave [dev]"},
        {"/join", "malformed missing_argument /join"},
        {"/join  ", "malformed missing_argument /join"},
        {"/join #", "malformed missing_argument /join"},
        {"/leave", "malformed missing_argument /leave"},
        {"／leave ＃ ", "malformed missing_argument ／leave"},
        {"/join#dev", "custom [join#dev] [] /join#dev"},
    });
}

TEST_CASE("/groups, /who and /whois ask for lists and a profile") {
    check_all({
        {"/groups", "groups"},
        {"/groups please", "groups"},
        {"/who #dev", "who [dev]"},
        {"/who dev ", "who [dev]"},
        {"/who ＃开发", "who [开发]"},
        {"/who #", "who"},
        {"/who is there", "who [is there]"},  // the room refuses it
        {"/whois bob", "whois [bob]"},
        {"/whois @bob", "whois [bob]"},
        {"/WHOIS  ＠小明 ", "whois [小明]"},
        {"/whois @@bob", "whois [@bob]"},
        {"/whois", "malformed missing_argument /whois"},
        {"/whois @", "malformed missing_argument /whois"},
    });
}

TEST_CASE("/history asks for a place, what is before a message, and how many, each if it is wanted") {
    check_all({
        {"/history", "recall [] with [] before 0-0 count 0"},
        {"/history  ", "recall [] with [] before 0-0 count 0"},
        {"/history 50", "recall [] with [] before 0-0 count 50"},
        {"/history #dev", "recall [dev] with [] before 0-0 count 0"},
        {"/history #dev 50", "recall [dev] with [] before 0-0 count 50"},
        {"/history #lobby", "recall [lobby] with [] before 0-0 count 0"},
        {"/HISTORY ＃开发", "recall [开发] with [] before 0-0 count 0"},
        {"/history @bob 20", "recall [] with [bob] before 0-0 count 20"},
        {"/history ＠bob", "recall [] with [bob] before 0-0 count 0"},
        {"/history before 230", "recall [] with [] before 0-230 count 0"},
        {"/history BEFORE 7-230", "recall [] with [] before 7-230 count 0"},
        {"/history before 230 5", "recall [] with [] before 0-230 count 5"},
        {"/history #dev before 1795429322-230 20", "recall [dev] with [] before 1795429322-230 count 20"},
        {"/history\u3000@bob\u3000before 230 20 ", "recall [] with [bob] before 0-230 count 20"},
        {"/history 18446744073709551615", "recall [] with [] before 0-0 count 18446744073709551615"},
    });
}

TEST_CASE("/history is refused with what it cannot use") {
    check_all({
        {"/history before", "malformed missing_argument before"},
        {"/history #dev Before ", "malformed missing_argument Before"},
        {"/history before x", "malformed invalid_argument x"},
        {"/history before 0", "malformed invalid_argument 0"},  // no message is called that
        {"/history before 7-0", "malformed invalid_argument 7-0"},
        {"/history before 7-", "malformed invalid_argument 7-"},
        {"/history before -7", "malformed invalid_argument -7"},
        {"/history before #dev", "malformed invalid_argument #dev"},
        {"/history before 230 x", "malformed invalid_argument x"},
        {"/history before 230 before 7", "malformed invalid_argument before"},
        {"/history dev", "malformed invalid_argument dev"},
        {"/history #", "malformed invalid_argument #"},
        {"/history @", "malformed invalid_argument @"},
        {"/history #dev @bob", "malformed invalid_argument @bob"},
        {"/history @bob #dev", "malformed invalid_argument #dev"},
        {"/history 50 #dev", "malformed invalid_argument #dev"},
        {"/history 0", "malformed invalid_argument 0"},
        {"/history -1", "malformed invalid_argument -1"},
        {"/history +1", "malformed invalid_argument +1"},
        {"/history 1.5", "malformed invalid_argument 1.5"},
        {"/history 18446744073709551616", "malformed invalid_argument 18446744073709551616"},
        {"/history 7-230", "malformed invalid_argument 7-230"},
        {"/history 20 20", "malformed invalid_argument 20"},
        {"/history 20 before 230", "malformed invalid_argument before"},
        {"/history beforehand", "malformed invalid_argument beforehand"},
    });
}

TEST_CASE("/away takes a text, or none, and /back nothing") {
    check_all({
        {"/away", "away []"},
        {"/away  ", "away []"},
        {"/away at lunch ", "away [at lunch]"},
        {"/away @bob knows", "away [@bob knows]"},
        {"/back", "back"},
        {"/back again", "back"},
    });
}

TEST_CASE("/session opens a session, and /resume needs its token and the last message that was seen") {
    check_all({
        {"/session", "session"},
        {"/resume abc 7-230", "resume [abc] 7-230"},
        {"/RESUME  abc  7-230 ", "resume [abc] 7-230"},
        {"/resume abc 0-0", "resume [abc] 0-0"},  // nothing was seen
        {"/resume abc 230", "resume [abc] 0-230"},
        {"/resume", "malformed missing_argument /resume"},
        {"/resume abc", "malformed missing_argument /resume"},
        {"/resume abc  ", "malformed missing_argument /resume"},
        {"/resume abc x", "malformed invalid_argument x"},
        {"/resume abc 7-230 y", "malformed invalid_argument y"},
    });
}

TEST_CASE("a parser keeps nothing from one line for the next") {
    minimeta::TextParser parser;
    const auto parse = [&](std::string_view line) { return described(parser.parse(line).value()); };
    CHECK(parse("@bob @@eve x") == "whisper [bob] @bob @eve x");
    CHECK(parse("@lily y") == "whisper [lily] @lily y");
    CHECK(parse("@@a") == "say @a");
    CHECK(parse("/msg rose z") == "whisper [rose] z");
    CHECK(parse("/msg bob") == "malformed missing_argument /msg");
    CHECK(parse("/me waves") == "act waves");
    CHECK(parse("/history #dev before 7-230 20") == "recall [dev] with [] before 7-230 count 20");
    CHECK(parse("/history") == "recall [] with [] before 0-0 count 0");
}

TEST_CASE("characters that are not seen make nothing public that was meant for few") {
    const std::string_view unseen =
        GENERATE("\uFEFF", "\u200B", "\u200D", "\u200E", "\u2060", "\u00AD", "\u061C", "\u180E", "\uFE0F", " \uFEFF ");
    const auto behind = [&](std::string_view line) { return parsed(std::string(unseen).append(line)); };
    CHECK(behind("/msg bob secret") == parsed("/msg bob secret"));
    CHECK(behind("#dev secret") == parsed("#dev secret"));
    CHECK(behind("name:lily") == parsed("name:lily"));
    CHECK(behind("@bob secret").starts_with("whisper"));
    CHECK(behind("") == "nothing");
}

TEST_CASE("where a character that is not seen is next to a recipient's name, nobody gets the line") {
    const std::string_view unseen = GENERATE("\u200D", "\uFE0F", "\u200B", "\u00AD");
    const auto with = [&](std::string line) {
        for (std::size_t at; (at = line.find('_')) != line.npos;) line.replace(at, 1, unseen);
        INFO(line);
        CHECK(parsed(line).find("unclear_recipient") != std::string::npos);
    };
    with("@bob_ secret");
    with("@_bob secret");
    with("@你_好 secret");
    with("hi @bob and @eve_");
    with("/me waves to @bob_");
    with("#dev_ secret");
    with("#_dev secret");
}

TEST_CASE("a full-width sign belongs to a name as its ASCII twin does") {
    CHECK(parsed("@ｂｏｂ＿１ secret").find("[ｂｏｂ＿１]") != std::string::npos);
    CHECK(parsed("@ａ－ｂ secret").find("[ａ－ｂ]") != std::string::npos);
    CHECK(parsed("#ｄｅｖ＿ｏｐｓ x").find("ｄｅｖ＿ｏｐｓ") != std::string::npos);
    CHECK(parsed("ａ＠ｂ.com").starts_with("say "));
}

TEST_CASE("where a line may be for few, nobody gets it") {
    for (const std::string_view line : {"see example.org/@bob", "example.org/@bob/1 @eve", "a/@b", "/me sees x/@bob"})
        CHECK(parsed(line).find("unclear_recipient") != std::string::npos);
    for (const std::string_view line : {"\\msg bob secret", ".msg bob secret", "\\MSG bob secret", "．msg bob secret"})
        CHECK(parsed(line).find("unknown_command") != std::string::npos);
    CHECK(parsed("@bob/@eve both") == "whisper [bob][eve] @bob/@eve both");
    CHECK(parsed("@bob / @eve both") == "whisper [bob][eve] @bob / @eve both");
    for (const std::string_view line :
         {"\\msg", ".msg", "\\o/", "... msg", "a/b@c", "x/@", "\\me waves", "see x/@@bob"})
        CHECK(parsed(line).starts_with("say "));
}

TEST_CASE("an @ in an address is text, and a mention behind it is one") {
    check_all({
        {"https://example.org/@bob/1", "say https://example.org/@bob/1"},
        {"see https://example.org/@bob, it is new", "say see https://example.org/@bob, it is new"},
        {"http://@bob", "say http://@bob"},
    });
    CHECK(parsed("https://example.org/@bob @eve look").find("[eve]") != std::string::npos);
    CHECK(parsed("https://example.org/@bob @eve look").find("[bob]") == std::string::npos);
}

TEST_CASE("names of a list may have blanks around their commas") {
    const std::string wanted = parsed("/msg bob,eve hi");
    CHECK(parsed("/msg bob , eve hi") == wanted);
    CHECK(parsed("/msg bob ,eve hi") == wanted);
    CHECK(parsed("/msg bob， eve hi") == wanted);
    CHECK(parsed("/msg bob,, eve hi") == wanted);
}

TEST_CASE("the ideographic comma that a Chinese keyboard writes for a slash is one") {
    CHECK(parsed("、msg bob hi") == parsed("/msg bob hi"));
    CHECK(parsed("、mgs bob hi") == "custom [mgs] [bob hi] 、mgs");
    CHECK(parsed("你好、世界") == "say 你好、世界");
}

TEST_CASE("the commands of moderation act in the room, or in the group in front") {
    check_all({
        {"/op bob", "make [bob] op"},
        {"/op #dev @bob", "#dev make [bob] op"},
        {"/voice #dev bob", "#dev make [bob] voice"},
        {"/deop bob", "make [bob] member"},
        {"/devoice bob ", "make [bob] member"},
        {"/topic", "topic"},
        {"/topic #dev", "#dev topic"},
        {"/topic all about tea ", "topic [all about tea]"},
        {"/topic #dev all about tea", "#dev topic [all about tea]"},
        {"/topic -", "topic []"},
        {"/kick bob", "kick [bob] []"},
        {"/KICK ＃dev bob too rude ", "#dev kick [bob] [too rude]"},
        {"/ban bob", "ban [bob] 0"},
        {"/ban #dev bob 30s", "#dev ban [bob] 30"},
        {"/mute bob 10M", "mute [bob] 600"},
        {"/mute #dev bob 2h", "#dev mute [bob] 7200"},
        {"/ban bob 7d", "ban [bob] 604800"},
        {"/unban bob", "unban [bob]"},
        {"/unmute #dev bob", "#dev unmute [bob]"},
        {"/bans", "bans"},
        {"/bans #dev", "#dev bans"},
        {"/lock", "locked 1"},
        {"/unlock #dev", "#dev locked 0"},
        {"/moderated", "moderated 1"},
        {"/moderated #dev off", "#dev moderated 0"},
        {"/slow 10", "slow_seconds 10"},
        {"/slow #dev 0", "#dev slow_seconds 0"},
        {"/limit #dev 20", "#dev member_limit 20"},
        {"/hide #dev on", "#dev hidden 1"},
        {"/invite #dev bob", "#dev invite [bob]"},
        {"/invite bob #dev", "#dev invite [bob]"},
        {"/key #dev sesame", "#dev key [sesame]"},
        {"/key #dev", "#dev key []"},
        {"/purge #dev bob", "#dev purge [bob]"},
        {"/part #dev", "leave [dev]"},
        {"/names #dev", "who [dev]"},
        {"/list", "groups"},
        {"/ignore", "ignored"},
        {"/ignore @bob", "ignore [bob]"},
        {"/unignore bob", "unignore [bob]"},
        {"/unignore", "malformed missing_argument /unignore"},
        {"/friend @bob", "befriend [bob]"},
        {"/unfriend bob", "unfriend [bob]"},
        {"/unfriend", "malformed missing_argument /unfriend"},
        {"/friends", "friends"},
        {"/friend", "friends"},
    });
}

TEST_CASE("a command of moderation that lacks something, or has too much, is refused with what is wrong") {
    check_all({
        {"/op", "malformed missing_argument /op"},
        {"/op #dev", "malformed missing_argument /op"},
        {"/op bob eve", "malformed invalid_argument eve"},
        {"/kick", "malformed missing_argument /kick"},
        {"/kick @", "malformed missing_argument /kick"},
        {"/ban", "malformed missing_argument /ban"},
        {"/ban bob rude", "malformed invalid_argument rude"},
        {"/ban bob 10", "malformed invalid_argument 10"},
        {"/ban bob 0s", "malformed invalid_argument 0s"},
        {"/ban bob -1s", "malformed invalid_argument -1s"},
        {"/ban bob 99999999999999999999d", "malformed invalid_argument 99999999999999999999d"},
        {"/ban bob 12000d", "malformed invalid_argument 12000d"},
        {"/mute bob 10m rude", "malformed invalid_argument rude"},
        {"/unban", "malformed missing_argument /unban"},
        {"/bans bob", "malformed invalid_argument bob"},
        {"/lock bob", "malformed invalid_argument bob"},
        {"/moderated yes", "malformed invalid_argument yes"},
        {"/slow", "malformed missing_argument /slow"},
        {"/slow fast", "malformed invalid_argument fast"},
        {"/limit #dev", "malformed missing_argument /limit"},
        {"/invite bob", "malformed missing_argument /invite"},
        {"/invite #dev", "malformed missing_argument /invite"},
        {"/key sesame", "malformed missing_argument /key"},
        {"/key #dev two words", "malformed invalid_argument words"},
        {"/purge", "malformed missing_argument /purge"},
    });
}
