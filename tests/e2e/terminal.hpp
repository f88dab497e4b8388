// Terminal: one of our programs at a terminal, the keys that a person presses there, and what the person sees.
#pragma once

#include <fcntl.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <termios.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/base/utf8.hpp"
#include "process.hpp"
#include "support/stream.hpp"

namespace e2e {

/// The rows that a terminal shows of these bytes. It knows just the sequences that our client uses, and throws at any
/// other. Colours are left to tests that look at the bytes.
inline std::vector<std::string> shown_rows(std::string_view bytes) {
    std::vector<std::vector<std::string>> rows(1);  // of cells; the second one of a wide character is empty
    std::size_t column = 0;
    while (!bytes.empty()) {
        if (bytes.starts_with("\x1b[")) {
            const std::size_t end = bytes.find_first_not_of("0123456789;?", 2);
            if (end == bytes.npos) break;  // the rest has not come yet
            std::size_t number = 0;
            std::from_chars(bytes.data() + 2, bytes.data() + end, number);
            const char what = bytes[end];
            if (what == 'C') column += number;
            else if (what == 'K') rows.back().resize(std::min(column, rows.back().size()));
            else if (what != 'm' && what != 'h' && what != 'l')
                throw std::runtime_error("an unknown sequence ends with " + std::string(1, what));
            bytes.remove_prefix(end + 1);
            continue;
        }
        if (bytes == "\x1b") break;
        std::string_view rest = bytes;
        const char32_t character = minimeta::take_code_point(rest);
        const std::string_view text = bytes.substr(0, bytes.size() - rest.size());
        if (character == minimeta::invalid_code_point && bytes.size() < 4) break;
        bytes = rest;
        if (character == '\r') {
            column = 0;
        } else if (character == '\n') {
            rows.emplace_back();
        } else {
            const std::size_t width = character >= 0x2E80 && character < 0xFFE7 ? 2 : 1;  // for the tests' own words
            std::vector<std::string>& row = rows.back();
            row.resize(std::max(row.size(), column + width), " ");
            row[column] = text;
            if (width == 2) row[column + 1].clear();
            column += width;
        }
    }
    std::vector<std::string> texts;
    for (const auto& row : rows) {
        std::string& text = texts.emplace_back();
        for (const std::string& cell : row) text += cell;
    }
    return texts;
}

class Terminal : public Process {
public:
    explicit Terminal(const std::string& path, const std::vector<std::string>& arguments = {},
                      const Surroundings& around = {})
        : ours_(net::Descriptor(::posix_openpt(O_RDWR | O_NOCTTY))) {
        const int ours = ours_.descriptor();
        if (ours < 0 || ::grantpt(ours) != 0 || ::unlockpt(ours) != 0)
            throw std::runtime_error("no terminal: " + net::reason_of(errno));
        theirs_.reset(::open(::ptsname(ours), O_RDWR | O_NOCTTY));
        net::make_nonblocking_and_private(ours);
        ::fcntl(theirs_.value(), F_SETFD, FD_CLOEXEC);
        const winsize size{24, 120, 0, 0};
        ::ioctl(theirs_.value(), TIOCSWINSZ, &size);
        settings_before_ = settings();
        start(path, arguments, around, {theirs_.value(), theirs_.value(), theirs_.value()}, true);
    }

    void types(std::string_view keys) { write_all(ours_.descriptor(), keys); }
    void enters(std::string_view line) { types(std::string(line) + '\r'); }

    /// Gives it so many columns. What it shows is not wrapped here, as real ones do it.
    void resize(unsigned short columns) {
        const winsize size{24, columns, 0, 0};
        ::ioctl(theirs_.value(), TIOCSWINSZ, &size);
    }

    /// Waits until these bytes have been written to it, now or before.
    bool is_sent(std::string_view text) {
        const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
        while (bytes().find(text) == std::string::npos) {
            if (std::chrono::steady_clock::now() > deadline) return false;
            test::await(ours_.descriptor(), POLLIN, std::chrono::milliseconds(100));
        }
        return true;
    }

    /// Waits until the last of the rows, where the cursor is, is this; false and what is shown if it does not come.
    bool has_at_the_end(const std::vector<std::string>& expected) {
        return waits_until([&](const std::vector<std::string>& rows) {
            return rows.size() >= expected.size() && std::equal(expected.rbegin(), expected.rend(), rows.rbegin());
        });
    }

    /// Waits until there is such a row.
    bool shows(const std::string& row) {
        return waits_until([&](const std::vector<std::string>& rows) {
            return std::find(rows.begin(), rows.end(), row) != rows.end();
        });
    }

    /// All that was written to it so far, as it came.
    const std::string& bytes() {
        bytes_ += ours_.receive_available();
        return bytes_;
    }

    /// Whether it is set as it was before the program began.
    [[nodiscard]] bool is_as_before() const {
        const termios now = settings();
        return now.c_iflag == settings_before_.c_iflag && now.c_oflag == settings_before_.c_oflag &&
               now.c_cflag == settings_before_.c_cflag && now.c_lflag == settings_before_.c_lflag &&
               std::equal(std::begin(now.c_cc), std::end(now.c_cc), std::begin(settings_before_.c_cc));
    }

private:
    [[nodiscard]] termios settings() const {
        termios now{};
        ::tcgetattr(theirs_.value(), &now);
        return now;
    }

    template <class Condition>
    bool waits_until(Condition&& condition) {
        const auto deadline = std::chrono::steady_clock::now() + test::longest_wait;
        while (!condition(shown_rows(bytes()))) {
            if (std::chrono::steady_clock::now() > deadline) {
                std::string all;
                for (const std::string& row : shown_rows(bytes())) all += row + '\n';
                UNSCOPED_INFO("shown instead:\n" << all);
                return false;
            }
            test::await(ours_.descriptor(), POLLIN, std::chrono::milliseconds(100));
        }
        return true;
    }

    test::Stream ours_;       // the person's end
    net::Descriptor theirs_;  // the program's; kept open, since its settings last
    termios settings_before_{};
    std::string bytes_;
};

}  // namespace e2e
