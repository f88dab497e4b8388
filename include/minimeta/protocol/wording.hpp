// Wording: puts events and replies into words, one or more lines each.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "minimeta/bytes.hpp"
#include "minimeta/event.hpp"
#include "minimeta/protocol/phrases.hpp"

namespace minimeta {

/// What a `{word}` in a phrase stands for.
struct Blank {
    std::string_view word;
    std::string_view value;
};

/// Appends a phrase with its blanks filled in, and a line's end. What is filled in is not looked at again.
inline void fill_in(ByteLog& log, std::string_view phrase, std::initializer_list<Blank> blanks) {
    while (!phrase.empty()) {
        const std::size_t open = phrase.find('{');
        const std::size_t close = phrase.find('}', open);
        if (close == phrase.npos) break;
        const std::string_view word = phrase.substr(open + 1, close - open - 1);
        std::string_view value = phrase.substr(open, close + 1 - open);  // stays as it is, if nobody knows the word
        for (const Blank& blank : blanks)
            if (blank.word == word) value = blank.value;
        log.append(phrase.substr(0, open), value);
        phrase.remove_prefix(close + 1);
    }
    log.append(phrase, std::string_view("\n"));
}

/// The text protocols' half of `encode`.
class Wording {
public:
    explicit Wording(const Phrases& phrases) : phrases_(phrases) {}

    void encode(ByteLog& log, const Event& event) {
        std::visit([&](const auto& e) { write(log, e); }, event);
    }
    void encode(ByteLog& log, const Reply& reply, std::string_view name) {
        std::visit([&](const auto& r) { write(log, r, name); }, reply);
    }

private:
    void write(ByteLog& log, const Joined& e) { fill_in(log, phrases_.joined, {{"name", e.name}}); }
    void write(ByteLog& log, const Renamed& e) { fill_in(log, phrases_.renamed, {{"from", e.from}, {"name", e.to}}); }
    void write(ByteLog& log, const Said& e) {
        const std::string_view phrase = e.manner == Manner::action ? phrases_.acted : phrases_.said;
        fill_in(log, phrase, {{"name", e.from}, {"text", e.text}});
    }
    void write(ByteLog& log, const Whispered& e) {
        const std::string_view phrase = e.manner == Manner::action ? phrases_.whisper_acted : phrases_.whispered;
        fill_in(log, phrase, {{"name", e.from}, {"text", e.text}, {"to", listed(e.to)}});
    }
    void write(ByteLog& log, const Announced& e) { fill_in(log, phrases_.announced, {{"text", e.text}}); }
    void write(ByteLog& log, const Left& e) {
        std::string_view phrase = phrases_.left;
        if (e.why == Errc::kicked) phrase = phrases_.left_kicked;
        if (e.why == Errc::idle) phrase = phrases_.left_idle;
        if (e.why == Errc::too_slow) phrase = phrases_.left_too_slow;
        fill_in(log, phrase, {{"name", e.name}});
    }

    void write(ByteLog& log, const Greeting&, std::string_view) { fill_in(log, phrases_.greeting, {}); }
    void write(ByteLog& log, const Welcome& r, std::string_view) {
        fill_in(log, phrases_.welcome, {{"name", r.name}, {"count", std::to_string(r.members)}});
    }
    void write(ByteLog& log, const NameChanged& r, std::string_view) {
        fill_in(log, phrases_.name_changed, {{"name", r.name}});
    }
    void write(ByteLog& log, const Refused& r, std::string_view) {
        write_reason(log, phrases_.refused, r.why, listed(r.subject), r.limit);
    }
    void write(ByteLog& log, const Delivered& r, std::string_view) {
        fill_in(log, phrases_.delivered, {{"to", listed(r.to)}});
    }
    void write(ByteLog& log, const Members& r, std::string_view) {
        const std::size_t more = r.total - r.names.size();
        fill_in(log, more == 0 ? phrases_.members : phrases_.members_more,
                {{"count", std::to_string(r.total)}, {"names", listed(r.names)}, {"more", std::to_string(more)}});
    }
    void write(ByteLog& log, const Usage&, std::string_view) { fill_in(log, phrases_.usage, {}); }
    void write(ByteLog& log, const Farewell&, std::string_view name) {
        fill_in(log, phrases_.farewell, {{"name", name}});
    }
    void write(ByteLog& log, const Removed& r, std::string_view) {
        if (r.words.empty()) return write_reason(log, phrases_.removed, r.why, {}, r.limit);
        fill_in(log, phrases_.removed_words, {{"text", r.words}});
    }

    // A phrase around a reason that has blanks of its own.
    void write_reason(ByteLog& log, std::string_view phrase, Errc why, std::string_view subject, std::size_t limit) {
        constexpr std::string_view blank = "{reason}";
        const std::size_t at = phrase.find(blank);
        if (at == phrase.npos) return fill_in(log, phrase, {});
        sentence_.assign(phrase.substr(0, at)).append(phrases_.reason(why)).append(phrase.substr(at + blank.size()));
        fill_in(log, sentence_, {{"subject", subject}, {"limit", std::to_string(limit)}});
    }

    [[nodiscard]] std::string_view listed(std::span<const std::string_view> names) {
        list_.clear();
        for (const std::string_view name : names) list_.append(list_.empty() ? "" : phrases_.comma).append(name);
        return list_;
    }

    Phrases phrases_;
    std::string list_, sentence_;  // scratch
};

}  // namespace minimeta
