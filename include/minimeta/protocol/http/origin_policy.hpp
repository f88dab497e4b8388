// The origin policy: which pages may use a server over HTTP or WebSocket.
//
// A browser lets any page in the world send requests to any server that it can reach, also to one on the user's own machine; it
// only tells from which page they come, in Origin (RFC 6454, section 7). And a name that its owner lets point to that machine
// (DNS rebinding) is in Host. So both are checked. A program that is no browser sends no Origin, and what Host it likes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "minimeta/protocol/http/request_head.hpp"

namespace minimeta::http {

struct OriginPolicy {
    /// Pages of other servers that are admitted, as in `https://example.org`; a page of this server is anyway.
    std::vector<std::string> origins = {};

    /// Names under which this server is known, as in `chat.example.org`; `localhost` and addresses are anyway.
    std::vector<std::string> host_names = {};

    /// Whether a request may be answered.
    [[nodiscard]] bool admits(const RequestHead& head) const {
        const auto host = head.host();
        if (host && !is_known(name_in(*host))) return false;
        if (head.count("Origin") == 0) return true;
        if (!host) return false;
        const auto origin = head.find("Origin");
        if (!origin) return false;
        for (const std::string_view scheme : {"http://", "https://"})
            if (is_same(*origin, std::string(scheme).append(*host))) return true;
        return contains(origins, *origin);
    }

private:
    static bool contains(const std::vector<std::string>& list, std::string_view item) {
        for (const std::string& each : list)
            if (is_same(each, item)) return true;
        return false;
    }

    // The host without its port.
    static std::string_view name_in(std::string_view host) {
        if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
        return host.substr(0, host.find(':'));
    }

    // An address cannot be made to point elsewhere: digits and dots, or in brackets.
    [[nodiscard]] bool is_known(std::string_view name) const {
        const bool is_address = !name.empty() && (name.find_first_not_of("0123456789.") == name.npos ||
                                                  (name.front() == '[' && name.back() == ']'));
        return is_address || is_same(name, "localhost") || contains(host_names, name);
    }
};

}  // namespace minimeta::http
