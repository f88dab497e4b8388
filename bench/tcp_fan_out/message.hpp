// Messages of the benchmark: each carries its number, and the rest is known, so that every byte of a delivery is
// checked.
//
// A message is eight hexadecimal digits and a filler. Speakers take turns, so that the number determines the speaker.
// The filler repeats the alphabet, so that a byte that is missing or added shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "minimeta/base/parse_number.hpp"

class Messages {
public:
    static constexpr std::size_t least_bytes = 16;
    static constexpr std::size_t most_speakers = 10'000;

    Messages(std::size_t speakers, std::size_t bytes) : speakers_(speakers), text_(bytes, '.') {
        for (std::size_t i = digits; i < bytes; ++i) text_[i] = static_cast<char>('a' + i % 26);
    }

    std::size_t speaker(std::uint32_t number) const { return number % speakers_; }

    /// The names that members give to the server.
    static std::string name_of_speaker(std::size_t i) { return "speaker" + std::to_string(i); }
    static std::string name_of_receiver(std::size_t i) { return "receiver" + std::to_string(i); }

    /// Returns the text with this number. The view is valid until the next call.
    std::string_view text(std::uint32_t number) {
        for (std::size_t i = digits; i-- > 0; number >>= 4) text_[i] = "0123456789abcdef"[number & 15];
        return text_;
    }

    /// Returns the number of the message in this line, as a member receives it. Nothing if any byte of it is wrong.
    std::optional<std::uint32_t> number_in(std::string_view line) const {
        if (line.size() < text_.size()) return std::nullopt;
        const std::string_view head = line.substr(0, line.size() - text_.size());  // "speaker0: "
        const std::string_view said = line.substr(head.size());
        std::uint32_t number = 0;
        if (!minimeta::parse_number(said.substr(0, digits), number, 16)) return std::nullopt;
        if (said.substr(digits) != std::string_view(text_).substr(digits)) return std::nullopt;
        if (!is_head(head, speaker(number))) return std::nullopt;
        return number;
    }

private:
    static constexpr std::size_t digits = 8;

    static bool is_head(std::string_view head, std::size_t speaker) {
        constexpr std::string_view name = "speaker";
        if (!head.starts_with(name) || !head.ends_with(": ")) return false;
        const std::string_view number = head.substr(name.size(), head.size() - name.size() - 2);
        std::size_t found = 0;
        return minimeta::parse_number(number, found) && found == speaker;
    }

    std::size_t speakers_;
    std::string text_;
};
