#include "minimeta/protocol/phrases.hpp"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"

using minimeta::Errc;
using minimeta::Phrases;

namespace {

std::vector<std::string_view> all_of(const Phrases& p) {
    std::vector<std::string_view> all{p.greeting,  p.welcome,      p.name_changed, p.joined,        p.renamed,
                                      p.left,      p.left_kicked,  p.left_idle,    p.left_too_slow, p.said,
                                      p.acted,     p.whispered,    p.comma,        p.usage,         p.announced,
                                      p.delivered, p.members,      p.farewell,     p.refused,       p.whisper_acted,
                                      p.removed,   p.members_more, p.removed_words};
    // As many as there are members: whoever adds a phrase adds it here.
    static_assert(sizeof(Phrases) == (23 + minimeta::errc_count) * sizeof(std::string_view));
    all.insert(all.end(), p.reasons.begin(), p.reasons.end());
    return all;
}

std::set<std::string> words_in(std::string_view phrase) {
    std::set<std::string> words;
    for (std::size_t open = phrase.find('{'); open != phrase.npos; open = phrase.find('{', open + 1))
        words.emplace(phrase.substr(open, phrase.find('}', open) + 1 - open));
    return words;
}

}  // namespace

TEST_CASE("both languages have a phrase for everything") {
    for (const Phrases& language : {minimeta::english, minimeta::chinese})
        for (const std::string_view phrase : all_of(language)) CHECK_FALSE(phrase.empty());
}

TEST_CASE("both languages tell the same") {
    const auto english = all_of(minimeta::english), chinese = all_of(minimeta::chinese);
    for (std::size_t i = 0; i < english.size(); ++i) {
        INFO(english[i]);
        INFO(chinese[i]);
        CHECK(words_in(english[i]) == words_in(chinese[i]));
    }
}

TEST_CASE("the greeting shows by an example how to give a name") {
    CHECK(minimeta::english.greeting.find("name:lily") != std::string_view::npos);
    CHECK(minimeta::chinese.greeting.find("name:lily") != std::string_view::npos);
}

TEST_CASE("the usage names every command") {
    for (const std::string_view usage : {minimeta::english.usage, minimeta::chinese.usage})
        for (const std::string_view word : {"name:", "@bob", "@@bob", "/nick", "/msg", "/me", "/who", "/quit", "//"}) {
            CAPTURE(word);
            CHECK(usage.find(word) != usage.npos);
        }
}

TEST_CASE("a reason can be replaced in a set of one's own") {
    Phrases mine = minimeta::english;
    mine.reason(Errc::name_taken) = "Too late for {subject}.";
    CHECK(mine.reasons[static_cast<std::size_t>(Errc::name_taken)] == "Too late for {subject}.");
    CHECK(mine.reason(Errc::name_empty) == minimeta::english.reason(Errc::name_empty));
}
