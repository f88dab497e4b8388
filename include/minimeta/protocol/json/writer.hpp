// Writes a JSON object (RFC 8259) to a log, member by member.
//
//     JsonWriter(log).begin("said").field("from", name).field("text", text).end();
//
// The shortest form: no blanks, and no escape that need not be. Texts are UTF-8. Each object is a line.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "minimeta/bytes.hpp"

namespace minimeta {

/// Writes one object; its members are separated by themselves.
class JsonWriter {
public:
    /// The log outlives it.
    explicit JsonWriter(ByteLog& log) : log_(log) {}

    /// Begins a message: its first member is its type.
    JsonWriter& begin(std::string_view type) { return open(), field("type", type); }

    /// Ends a message, with its line.
    void end() { log_.append(std::string_view("}\n")); }

    JsonWriter& field(std::string_view key, std::string_view text) {
        write_key(key);
        write_string(text);
        return *this;
    }
    JsonWriter& field(std::string_view key,
                      std::unsigned_integral auto number) requires(!std::same_as<decltype(number), bool>) {
        write_key(key);
        log_.append(std::to_string(number));  // too short to be allocated
        return *this;
    }
    JsonWriter& field(std::string_view key, std::same_as<bool> auto truth) {
        write_key(key);
        log_.append(truth ? std::string_view("true") : std::string_view("false"));
        return *this;
    }

    /// The same, and nothing at all of an empty text, of 0, or of false.
    JsonWriter& optional(std::string_view key, const auto& value) {
        if constexpr (requires { std::string_view(value); })
            return std::string_view(value).empty() ? *this : field(key, std::string_view(value));
        else return value ? field(key, value) : *this;
    }

    /// An array of what `write(item)` writes for each, an object or a text: `write_string` or `open` ... `close`.
    template <class Range, class Write>
    JsonWriter& array(std::string_view key, const Range& items, Write&& write) {
        write_key(key);
        log_.append(std::string_view("["));
        bool first = true;
        for (const auto& item : items) {
            if (!first) log_.append(std::string_view(","));
            first = false;
            write(item);
        }
        log_.append(std::string_view("]"));
        begun_ = true;
        return *this;
    }

    /// An array of texts.
    template <class Range>
    JsonWriter& array(std::string_view key, const Range& texts) {
        return array(key, texts, [this](const auto& text) { write_string(text); });
    }

    // ---- Within an array

    JsonWriter& open() {
        log_.append(std::string_view("{"));
        begun_ = false;
        return *this;
    }
    void close() { log_.append(std::string_view("}")); }

    void write_string(std::string_view text) {
        constexpr std::string_view quote = "\"";
        log_.append(quote);
        while (!text.empty()) {
            std::size_t plain = 0;
            while (plain < text.size() && !needs_escape(text[plain])) ++plain;
            if (plain != 0) log_.append(text.substr(0, plain));
            if (plain == text.size()) break;
            write_escape(text[plain]);
            text.remove_prefix(plain + 1);
        }
        log_.append(quote);
    }

private:
    static constexpr bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; }

    void write_escape(char c) {
        constexpr std::string_view kinds = "\"\\bfnrt", meanings = "\"\\\b\f\n\r\t", digits = "0123456789abcdef";
        if (const std::size_t at = meanings.find(c); at != meanings.npos)
            return log_.append(std::string_view("\\"), kinds.substr(at, 1));
        const auto byte = static_cast<unsigned char>(c);
        log_.append(std::string_view("\\u00"), digits.substr(byte / 16, 1), digits.substr(byte % 16, 1));
    }

    void write_key(std::string_view key) {
        log_.append(begun_ ? std::string_view(",\"") : std::string_view("\""), key, std::string_view("\":"));
        begun_ = true;
    }

    ByteLog& log_;
    bool begun_ = false;  // the object has a member already
};

}  // namespace minimeta
