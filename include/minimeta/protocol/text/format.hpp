// Format strings: phrases, in which each `{word}` is a blank that is filled in with a value.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "minimeta/bytes.hpp"

namespace minimeta {

/// The value of a `{word}` in a phrase.
struct Blank {
    std::string_view word;
    std::string_view value;
};

inline void append_both(ByteLog& log, std::string_view a, std::string_view b) { log.append(a, b); }
inline void append_both(std::string& text, std::string_view a, std::string_view b) { text.append(a).append(b); }

/// Appends a phrase with its blanks filled in, then `end`, to a ByteLog or to a string that no blank points into.
/// Values are not searched for blanks.
template <class Log>
void fill_in(Log& log, std::string_view phrase, std::initializer_list<Blank> blanks, std::string_view end = {}) {
    while (!phrase.empty()) {
        const std::size_t open = phrase.find('{');
        const std::size_t close = phrase.find('}', open);
        if (close == phrase.npos) break;
        const std::string_view word = phrase.substr(open + 1, close - open - 1);
        std::string_view value = phrase.substr(open, close + 1 - open);  // left as it is if the word is unknown
        for (const Blank& blank : blanks) {
            if (blank.word != word) continue;
            value = blank.value;
            break;
        }
        append_both(log, phrase.substr(0, open), value);
        phrase.remove_prefix(close + 1);
    }
    append_both(log, phrase, end);
}

/// Appends a phrase with its blanks filled in, and a line end.
inline void fill_in_line(ByteLog& log, std::string_view phrase, std::initializer_list<Blank> blanks) {
    fill_in(log, phrase, blanks, "\n");
}

/// A span of time in words: the phrase for its unit, and how many of these there are.
struct CountedTime {
    std::string_view phrase;
    std::uint64_t count;
};

/// Uses the largest unit of which there are at least two. `phrases` has one for seconds, minutes, hours and days, in this
/// order; the last of these may be left out.
inline CountedTime in_largest_unit(std::uint64_t seconds, std::initializer_list<std::string_view> phrases) {
    constexpr std::uint64_t units[] = {1, 60, 3'600, 86'400};
    std::size_t unit = 0;
    while (unit + 1 < phrases.size() && seconds >= 2 * units[unit + 1]) ++unit;
    return {phrases.begin()[unit], seconds / units[unit]};
}

/// A list of phrases separated by commas, such as the names of members.
class PhraseList {
public:
    explicit PhraseList(std::string_view comma) : comma_(comma) {}

    void clear() { text_.clear(); }
    void add(std::string_view phrase, std::initializer_list<Blank> blanks) {
        if (!text_.empty()) text_.append(comma_);
        fill_in(text_, phrase, blanks);
    }
    /// Replaces the list with these names. Returns its text, which lives until the list changes.
    std::string_view of(std::span<const std::string_view> names) {
        clear();
        for (const std::string_view name : names) add("{name}", {{"name", name}});
        return text_;
    }

    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    operator std::string_view() const noexcept { return text_; }

private:
    std::string_view comma_;
    std::string text_;
};

}  // namespace minimeta
