// What begins like a request of HTTP.
#pragma once

#include <cstddef>
#include <string_view>

#include "minimeta/protocol.hpp"
#include "minimeta/protocol/http/request_head.hpp"

namespace minimeta::http {

/// Surely: a word of letters, a blank, and `/`, `*` or `http`; or a method that is known, and a blank.
[[nodiscard]] inline Match recognise(std::string_view first) {
    constexpr std::size_t longest_method = 16;
    std::size_t end = 0;
    while (end != first.size() && end != longest_method &&
           ((first[end] >= 'A' && first[end] <= 'Z') || (first[end] >= 'a' && first[end] <= 'z')))
        ++end;
    if (end == first.size()) return Match::partly;
    if (end == 0 || end == longest_method || (first[end] != ' ' && first[end] != '\t')) return Match::no;
    for (const std::string_view method : {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH", "PRI"})
        if (first.substr(0, end) == method) return Match::surely;
    const std::size_t begin = first.find_first_not_of(" \t", end);
    if (begin == first.npos) return Match::partly;
    std::string_view target = first.substr(begin);
    if (target.front() == '/' || target.front() == '*') return Match::surely;
    constexpr std::string_view scheme = "http:";
    if (target.size() < scheme.size())
        return is_same(target, scheme.substr(0, target.size())) ? Match::partly : Match::no;
    return is_same(target.substr(0, scheme.size()), scheme) ? Match::surely : Match::no;
}

}  // namespace minimeta::http
