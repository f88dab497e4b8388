// The head of an HTTP/1.1 request (RFC 9112): its first line and its fields, read strictly.
//
// What servers read in different ways is refused, since a proxy in front may have read it in the other one: a line that does not
// end with CR LF, a blank before a colon or in front of a field, a field over several lines, a character that no field has, a
// second Host or Content-Length, a Transfer-Encoding (sections 2.2, 3.2, 5.1, 5.2, 6.1 and 6.3).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "minimeta/base/parse_number.hpp"

namespace minimeta::http {

/// Whether two names of fields, or two tokens, are the same: in whatever case (RFC 9110, section 5.1).
[[nodiscard]] constexpr bool is_same(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

/// A head, as views of the bytes that it was parsed from.
class RequestHead {
public:
    static constexpr std::size_t most_fields = 100;

    /// Parses a head up to its blank line, which is its end. False if it is malformed.
    bool parse(std::string_view head) {
        fields_.clear();
        std::string_view line;
        if (!take_line(head, line) || !parse_first(line)) return false;
        while (take_line(head, line)) {
            if (line.empty()) return head.empty() && are_sound();
            if (fields_.size() == most_fields || !parse_field(line)) return false;
        }
        return false;
    }

    [[nodiscard]] std::string_view method() const noexcept { return method_; }
    [[nodiscard]] std::string_view target() const noexcept { return target_; }

    /// The server that is asked: of the target if that is a whole URL (RFC 9112, section 3.2.2), otherwise of Host; nothing if
    /// neither is there, which only HTTP/1.0 allows.
    [[nodiscard]] std::optional<std::string_view> host() const {
        return authority_.empty() ? find("Host") : std::optional(authority_);
    }

    /// The path in the target, without the query. Empty if it has none, as `*`.
    [[nodiscard]] std::string_view path() const noexcept { return path_; }

    /// Whether the version is a good one, but not one that is known.
    [[nodiscard]] bool version_is_unknown() const noexcept { return minor_ < 0; }

    /// The minor version: 0 of HTTP/1.0, 1 of HTTP/1.1 and later ones (RFC 9110, section 2.5).
    [[nodiscard]] int minor_version() const noexcept { return minor_; }

    /// The value of a field; nothing if there is none or there are several.
    [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const {
        std::optional<std::string_view> found;
        for (const Field& field : fields_) {
            if (!is_same(field.name, name)) continue;
            if (found) return {};
            found = field.value;
        }
        return found;
    }
    [[nodiscard]] std::size_t count(std::string_view name) const {
        std::size_t count = 0;
        for (const Field& field : fields_) count += is_same(field.name, name) ? 1u : 0u;
        return count;
    }

    /// Whether a token is in one of the lists that the fields of this name are (RFC 9110, section 5.6.1).
    [[nodiscard]] bool lists(std::string_view name, std::string_view token) const {
        for (const Field& field : fields_) {
            if (!is_same(field.name, name)) continue;
            for (std::string_view rest = field.value; !rest.empty();) {
                const std::size_t comma = rest.find(',');
                if (is_same(trimmed(rest.substr(0, comma)), token)) return true;
                rest.remove_prefix(comma == rest.npos ? rest.size() : comma + 1);
            }
        }
        return false;
    }

    /// How many bytes of content follow.
    [[nodiscard]] std::uint64_t content_length() const noexcept { return content_length_; }

private:
    struct Field {
        std::string_view name, value;
    };

    static bool take_line(std::string_view& head, std::string_view& line) {
        const std::size_t end = head.find("\r\n");
        if (end == head.npos) return false;
        line = head.substr(0, end);
        head.remove_prefix(end + 2);
        return line.find_first_of("\r\n") == line.npos;
    }

    static constexpr bool is_token_character(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
               std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
    }
    static bool is_token(std::string_view text) {
        for (const char c : text)
            if (!is_token_character(c)) return false;
        return !text.empty();
    }
    static std::string_view trimmed(std::string_view text) {
        constexpr std::string_view blanks = " \t";
        while (!text.empty() && blanks.find(text.front()) != blanks.npos) text.remove_prefix(1);
        while (!text.empty() && blanks.find(text.back()) != blanks.npos) text.remove_suffix(1);
        return text;
    }

    bool parse_first(std::string_view line) {
        const std::size_t first = line.find(' '), last = line.rfind(' ');
        if (first == line.npos || first == last) return false;
        method_ = line.substr(0, first);
        target_ = line.substr(first + 1, last - first - 1);
        const std::string_view version = line.substr(last + 1);
        const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
        if (version.size() != 8 || !version.starts_with("HTTP/") || !is_digit(version[5]) || version[6] != '.' ||
            !is_digit(version[7]))
            return false;
        minor_ = version[5] != '1' ? -1 : version[7] == '0' ? 0 : 1;
        for (const char c : target_)
            if (c <= ' ' || c > '~' || c == '#') return false;
        return is_token(method_) && split_target();
    }

    // Into the server and the path: `/path?query`, `http://server/path?query`, or `*`.
    bool split_target() {
        authority_ = {};
        path_ = target_;
        for (const std::string_view scheme : {"http://", "https://"}) {
            if (!is_same(target_.substr(0, scheme.size()), scheme)) continue;
            path_.remove_prefix(scheme.size());
            authority_ = path_.substr(0, path_.find_first_of("/?"));
            path_.remove_prefix(authority_.size());
            if (authority_.empty() || authority_.find('@') != authority_.npos) return false;
            if (path_.empty() || path_.front() == '?') path_ = "/";
        }
        path_ = path_.substr(0, path_.find('?'));
        if (target_ == "*" || method_ == "CONNECT") return path_ = {}, method_ != "GET";
        return path_.starts_with('/');
    }

    bool parse_field(std::string_view line) {
        const std::size_t colon = line.find(':');
        if (colon == line.npos || !is_token(line.substr(0, colon))) return false;
        const std::string_view value = trimmed(line.substr(colon + 1));
        for (const char c : value)
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7F) return false;
        fields_.push_back({line.substr(0, colon), value});
        return true;
    }

    bool are_sound() {
        content_length_ = 0;
        if (count("Transfer-Encoding") != 0) return false;
        if (count("Host") > 1 || (minor_ != 0 && count("Host") == 0)) return false;
        if (count("Content-Length") == 0) return true;
        const auto length = find("Content-Length");
        return length && parse_number(*length, content_length_);
    }

    std::string_view method_, target_, authority_, path_;
    int minor_ = 1;
    std::vector<Field> fields_;
    std::uint64_t content_length_ = 0;
};

}  // namespace minimeta::http
