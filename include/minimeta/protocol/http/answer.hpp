// Answers of HTTP/1.1 (RFC 9112) that have no content, and behind which the connection is closed.
#pragma once

#include <string>
#include <string_view>

namespace minimeta::http {

/// Returns the answer with this status, as in `404 Not Found`, and these fields, each with its line end.
[[nodiscard]] inline std::string closing_answer(std::string_view status, std::string_view fields = {}) {
    return std::string("HTTP/1.1 ")
        .append(status)
        .append("\r\n")
        .append(fields)
        .append("Connection: close\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace minimeta::http
