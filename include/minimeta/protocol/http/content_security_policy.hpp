// The content security policy of a page (CSP Level 3): its own inline scripts and styles, by their hashes, its own server, and
// nothing else.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "minimeta/base/base64.hpp"
#include "minimeta/base/sha256.hpp"

namespace minimeta::http {

/// Returns the value of the field for a page that has its scripts and styles in `<script>` and `<style>`, without attributes.
[[nodiscard]] inline std::string content_security_policy(std::string_view page) {
    const auto hashes = [page](std::string_view begin, std::string_view end) {
        std::string sources;
        for (std::size_t at = 0; (at = page.find(begin, at)) != page.npos;) {
            at += begin.size();
            const std::string_view content = page.substr(at, page.find(end, at) - at);
            sources.append(" 'sha256-").append(base64(sha256(content))).append("'");
        }
        return sources.empty() ? " 'none'" : sources;
    };
    return "default-src 'none'; script-src" + hashes("<script>", "</script>") + "; style-src" +
           hashes("<style>", "</style>") +
           "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
}

}  // namespace minimeta::http
