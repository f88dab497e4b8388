// HeadAssembler: the head of a request out of bytes that come in any pieces, in bounded memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minimeta::http {

class HeadAssembler {
public:
    static constexpr std::size_t most_bytes = 8'192;

    enum class Progress : unsigned char { begun, complete, too_long, malformed };

    /// Takes what belongs to the head off `fed`: all of it, unless the head is complete. It is malformed as soon as there is a
    /// CR or an LF without the other one, or a line that goes on from the one before (RFC 9112, sections 2.2 and 5.2).
    Progress take(std::string_view& fed) {
        while (!fed.empty()) {
            const char before = head_.empty() ? '\0' : head_.back(), c = fed.front();
            fed.remove_prefix(1);
            if ((before == '\r') != (c == '\n') || (before == '\n' && (c == ' ' || c == '\t')))
                return fed = {}, Progress::malformed;
            head_ += c;
            if (c == '\n' && head_.ends_with("\r\n\r\n")) return Progress::complete;
            if (head_.size() > most_bytes) return fed = {}, Progress::too_long;
        }
        return Progress::begun;
    }

    /// What has been taken; if that is complete, with its blank line.
    [[nodiscard]] std::string_view head() const noexcept { return head_; }

    void clear() { head_ = {}; }

private:
    std::string head_;
};

}  // namespace minimeta::http
