// HeadAssembler: the head of a request out of bytes that come in any pieces, in bounded memory.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace minimeta::http {

class HeadAssembler {
public:
    static constexpr std::size_t most_bytes = 8'192;

    enum class Progress : unsigned char { begun, complete, too_long };

    /// Takes what belongs to the head off `fed`: all of it, unless the head is complete.
    Progress take(std::string_view& fed) {
        constexpr std::string_view blank_line = "\r\n\r\n";
        const std::size_t before = head_.size();
        head_.append(fed);
        const std::size_t end = head_.find(blank_line, before < 3 ? 0 : before - 3);
        if (end != head_.npos && end <= most_bytes) {
            head_.resize(end + blank_line.size());
            fed.remove_prefix(head_.size() - before);
            return Progress::complete;
        }
        fed = {};
        return head_.size() > most_bytes ? Progress::too_long : Progress::begun;
    }

    /// What has been taken; if that is complete, with its blank line.
    [[nodiscard]] std::string_view head() const noexcept { return head_; }

    void clear() { head_ = {}; }

private:
    std::string head_;
};

}  // namespace minimeta::http
