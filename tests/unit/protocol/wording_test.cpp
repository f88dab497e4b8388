#include "minimeta/protocol/wording.hpp"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/text.hpp"
#include "unit/described.hpp"

using namespace minimeta;

namespace {

constexpr std::string_view both[] = {"bob", "eve"};
constexpr std::string_view one[] = {"bob"};

std::string worded(const Event& event, const Phrases& phrases = english) {
    Wording wording(phrases);
    return appended([&](ByteLog& log) { wording.encode(log, event); });
}

std::string worded(const Reply& reply, const Phrases& phrases = english) {
    Wording wording(phrases);
    return appended([&](ByteLog& log) { wording.encode(log, reply, "lily"); });
}

// What the room says in its own name, in all its forms.
std::vector<Event> events_of_the_room() {
    std::vector<Event> events{Joined{"lily"}, Renamed{"lily", "rose"}, Announced{"hear"}, Left{"lily", {}}};
    for (std::size_t i = 0; i < errc_count; ++i) events.push_back(Left{"lily", static_cast<Errc>(i)});
    return events;
}

std::vector<Event> events_of_members() {
    return {Said{"lily", "hi"}, Said{"lily", "waves", Manner::action}, Whispered{"lily", both, "hi"},
            Whispered{"lily", one, "waves", Manner::action}};
}

std::vector<Reply> all_replies() {
    std::vector<Reply> replies{Greeting{},
                               Welcome{"lily", 3},
                               NameChanged{"rose"},
                               Delivered{both},
                               Members{both, 2},
                               Members{both, 1000},
                               Usage{},
                               Farewell{},
                               Delivered{one},
                               Members{{}, 0},
                               Removed{Errc::kicked, "bye."}};
    for (std::size_t i = 0; i < errc_count; ++i) {
        replies.push_back(Refused{static_cast<Errc>(i), both, 32});
        replies.push_back(Refused{static_cast<Errc>(i), {}, 0});
        replies.push_back(Removed{static_cast<Errc>(i), {}, 32});
    }
    return replies;
}

std::vector<std::string> everything(const Phrases& phrases) {
    std::vector<std::string> texts;
    for (const Event& event : events_of_the_room()) texts.push_back(worded(event, phrases));
    for (const Event& event : events_of_members()) texts.push_back(worded(event, phrases));
    for (const Reply& reply : all_replies()) texts.push_back(worded(reply, phrases));
    return texts;
}

bool has_a_sign(std::string_view line) {
    return line.starts_with("-- ") || line.starts_with("! ") || line.starts_with("** ");
}

}  // namespace

TEST_CASE("every word in a phrase is one that the wording knows") {
    for (const Phrases& language : {english, chinese})
        for (const std::string& text : everything(language)) {
            CAPTURE(text);
            CHECK(text.find_first_of("{}") == text.npos);
        }
}

TEST_CASE("whatever is told ends with a line's end, and has no blank line in it") {
    for (const Phrases& language : {english, chinese})
        for (const std::string& text : everything(language)) {
            CAPTURE(text);
            CHECK(text.size() > 1);
            CHECK(text.back() == '\n');
            CHECK(text.find("\n\n") == text.npos);
        }
}

TEST_CASE("each line of the room's own begins with a sign, and no line of a member's with the same") {
    for (const Phrases& language : {english, chinese}) {
        std::vector<std::string> own, theirs;
        for (const Event& event : events_of_the_room()) own.push_back(worded(event, language));
        for (const Reply& reply : all_replies()) own.push_back(worded(reply, language));
        for (const Event& event : events_of_members()) theirs.push_back(worded(event, language));

        for (const std::string& text : own)
            for (std::string_view rest = text; !rest.empty(); rest.remove_prefix(rest.find('\n') + 1)) {
                CAPTURE(rest);
                CHECK(has_a_sign(rest));
            }
        for (const std::string& text : theirs) CHECK_FALSE(has_a_sign(text));
    }
}

TEST_CASE("no name makes a member's line look like the room's, or a public one like a private one") {
    // The names that come closest: of characters that signs are made of and names, too.
    for (const std::string_view name : {"_-", "b--", "private", "私聊"})
        for (const Phrases& language : {english, chinese}) {
            REQUIRE_FALSE(check_name(name, 32));
            for (const std::string_view text : {" -- Welcome", "! no", "** hear", "[private] bob: hi"}) {
                const std::string said = worded(Said{name, text}, language);
                CHECK(said.starts_with(name));
                CHECK_FALSE(has_a_sign(said));
                CHECK(worded(Said{name, text, Manner::action}, language).starts_with("* "));
                CHECK(worded(Whispered{name, one, text}, language).starts_with("["));
                CHECK(worded(Whispered{name, one, text, Manner::action}, language).starts_with("["));
            }
        }
    CHECK(check_name("--", 32).has_value());
    for (const char32_t sign : {U'!', U'*', U'[', U' ', U':', U'：'}) CHECK_FALSE(is_name_character(sign));
}

TEST_CASE("a member is told in English what happens") {
    CHECK(worded(Joined{"lily"}) == "-- lily joined.\n");
    CHECK(worded(Renamed{"lily", "rose"}) == "-- lily is now rose.\n");
    CHECK(worded(Said{"lily", "hi"}) == "lily: hi\n");
    CHECK(worded(Said{"lily", "waves", Manner::action}) == "* lily waves\n");
    CHECK(worded(Whispered{"lily", both, "hi"}) == "[private] lily: hi\n");
    CHECK(worded(Whispered{"lily", both, "waves", Manner::action}) == "[private] * lily waves\n");
    CHECK(worded(Announced{"hear"}) == "** hear\n");
    CHECK(worded(Left{"lily", {}}) == "-- lily is gone.\n");
    CHECK(worded(Members{both, 2}) == "-- Here now (2): bob, eve\n");
    CHECK(worded(Members{both, 12}) == "-- Here now (12): bob, eve and 10 more\n");
    CHECK(worded(Refused{Errc::name_taken, one}) == "! The name bob is taken. Please try another.\n");
    CHECK(worded(Removed{Errc::kicked, "Out!"}) == "! You were removed: Out!\n");
}

TEST_CASE("a member is told in Chinese what happens") {
    CHECK(worded(Joined{"小明"}, chinese) == "-- 小明 来了。\n");
    CHECK(worded(Said{"小明", "你好"}, chinese) == "小明：你好\n");
    CHECK(worded(Whispered{"小明", one, "你好"}, chinese) == "[私聊] 小明：你好\n");
    CHECK(worded(Members{both, 2}, chinese) == "-- 在场 2 人：bob、eve\n");
}

TEST_CASE("whoever is gone is said to be gone for that reason") {
    CHECK(worded(Left{"lily", Errc::kicked}) == "-- lily is gone: removed.\n");
    CHECK(worded(Left{"lily", Errc::idle}) == "-- lily is gone: silent for too long.\n");
    CHECK(worded(Left{"lily", Errc::too_slow}) == "-- lily is gone: the connection was too slow.\n");
}

TEST_CASE("braces in what people say are left alone") {
    CHECK(worded(Said{"lily", "{name} {text} {"}) == "lily: {name} {text} {\n");
    constexpr std::string_view braces[] = {"{limit}"};
    CHECK(worded(Refused{Errc::absent, braces}).find("{limit}") != std::string::npos);
    CHECK(worded(Removed{Errc::kicked, "{text}"}) == "! You were removed: {text}\n");
}

TEST_CASE("one's own phrases may use a word twice, not at all, or in several lines") {
    Phrases mine = english;
    mine.joined = "{name}, {name}!\nWelcome, {name}";
    mine.said = "{text}";
    mine.left = "Somebody is gone";
    mine.comma = " & ";
    mine.whispered = "{name} to {to}> {text}";
    mine.refused = "No. {reason} No.";
    mine.removed = "Out.";
    mine.farewell = "Bye, {name}";
    mine.reason(Errc::absent) = "Who is {subject}?";
    CHECK(worded(Joined{"lily"}, mine) == "lily, lily!\nWelcome, lily\n");
    CHECK(worded(Said{"lily", "hi"}, mine) == "hi\n");
    CHECK(worded(Left{"lily", {}}, mine) == "Somebody is gone\n");
    CHECK(worded(Whispered{"lily", both, "hi"}, mine) == "lily to bob & eve> hi\n");
    CHECK(worded(Refused{Errc::absent, both}, mine) == "No. Who is bob & eve? No.\n");
    CHECK(worded(Removed{Errc::idle}, mine) == "Out.\n");
    CHECK(worded(Farewell{}, mine) == "Bye, lily\n");
}

TEST_CASE("a word that nobody knows, and a brace that stands alone, stay as they are") {
    Phrases mine = english;
    mine.joined = "{nam} {} {name} } {name";
    CHECK(worded(Joined{"lily"}, mine) == "{nam} {} lily } {name\n");
    mine.joined = "";
    CHECK(worded(Joined{"lily"}, mine) == "\n");
}

TEST_CASE("the greatest number is written out") {
    const std::size_t most = std::numeric_limits<std::size_t>::max();
    CHECK(worded(Refused{Errc::line_too_long, {}, most}).find(std::to_string(most)) != std::string::npos);
}
