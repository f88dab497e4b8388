// Http: as much HTTP/1.1 (RFC 9110, RFC 9112) as serves a page, and goes on as the WebSocket that the page opens.
//
//     Http<Json>{{{"/", "text/html; charset=utf-8", page}}}
//
// It answers one request with GET or HEAD and closes the connection. What servers and proxies read differently is refused with
// 400 (http/request_head.hpp); a page of another server, or a name of this one that is not known, with 403
// (http/origin_policy.hpp). No cookies, no content of requests, nothing that depends on who asks.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/http/answer.hpp"
#include "minimeta/protocol/http/content_security_policy.hpp"
#include "minimeta/protocol/http/date.hpp"
#include "minimeta/protocol/http/head_assembler.hpp"
#include "minimeta/protocol/http/origin_policy.hpp"
#include "minimeta/protocol/http/recognise.hpp"
#include "minimeta/protocol/http/request_head.hpp"
#include "minimeta/protocol/lanes.hpp"
#include "minimeta/protocol/websocket.hpp"
#include "minimeta/protocol/websocket/handshake.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

namespace http {

/// A file that is served: its path, such as `/`, its media type, and its bytes.
struct File {
    std::string path;
    std::string type;
    std::string bytes;
};

}  // namespace http

/// Serves files, and WebSockets whose messages are lines of the inner protocol. Without files there is neither.
template <protocol Inner>
class Http {
    using Page = WebSocket<Inner>;

    struct Connection {
        http::HeadAssembler head;
        typename Page::decoder page;
        bool is_page = false;
    };

public:
    /// Small, as that of WebSocket.
    struct decoder {
        UniquePtr<Connection> connection;  // null until something has come
    };

    [[nodiscard]] static bool hears_itself(const decoder& begun) requires protocol_that_hears_itself<Inner> {
        return begun.connection && Page::hears_itself(begun.connection->page);
    }
    static constexpr std::size_t lanes = Lanes<Page>::count;

    explicit Http(std::vector<http::File> files = {}, http::OriginPolicy policy = {}, Inner inner = Inner())
        : page_(std::move(inner), policy), policy_(std::move(policy)) {
        for (http::File& each : files) {
            std::string policy_field = http::content_security_policy(each.bytes);
            files_.push_back({std::move(each), std::move(policy_field)});
        }
    }

    /// A method, a blank and a target, also in the wrong case: what a browser sends must never be taken for what people type.
    [[nodiscard]] static Match recognise(std::string_view first) { return http::recognise(first); }

    void use(const Limits& limits) { page_.use(limits); }
    void advance(WallTime now) {
        now_ = now;
        if constexpr (protocol_with_clock<Inner>) page_.advance(now);
    }

    std::optional<Command> decode(decoder& begun, std::string_view& fed) {
        if (!begun.connection && fed.empty()) return {};
        if (!begun.connection) begun.connection.reset(new Connection);
        Connection& state = *begun.connection;
        if (state.is_page) return page_.decode(state.page, fed);
        using Progress = http::HeadAssembler::Progress;
        const Progress progress = state.head.take(fed);
        if (progress == Progress::begun) return {};
        if (progress == Progress::too_long) return close("431 Request Header Fields Too Large");
        http::RequestHead request;
        if (progress == Progress::malformed || !request.parse(state.head.head())) return close("400 Bad Request");
        if (files_.empty() || !websocket::asks_for_upgrade(request)) return answer(request);
        state.is_page = true;
        const std::string head(state.head.head());
        state.head.clear();
        std::string_view rest = head;
        return page_.decode(state.page, rest);
    }

    void encode(ByteLog& log, const Event& event, std::size_t lane = 0) { page_.encode(log, event, lane); }
    [[nodiscard]] static std::size_t lane_of(const decoder& begun, bool stamped) {
        return begun.connection ? Page::lane_of(begun.connection->page, stamped) : 0;
    }

    void encode(ByteLog& log, const Reply& reply, std::string_view name) { page_.encode(log, reply, name); }
    void encode(ByteLog& log, const Reply& reply, std::string_view name, decoder& begun) {
        if (!begun.connection) return page_.encode(log, reply, name);
        page_.encode(log, reply, name, begun.connection->page);
    }

private:
    struct Served {
        http::File file;
        std::string content_security_policy;
    };

    Command close(std::string_view status, std::string_view fields = {}) {
        answer_ = http::closing_answer(status, std::string(date()).append(fields));
        return command<Disconnect>(answer_);
    }

    Command answer(const http::RequestHead& request) {
        if (request.version_is_unknown()) return close("505 HTTP Version Not Supported");
        if (!policy_.admits(request)) return close("403 Forbidden");
        const bool is_get = request.method() == "GET";
        if (!is_get && request.method() != "HEAD") return close("405 Method Not Allowed", "Allow: GET, HEAD\r\n");
        for (const auto& [file, policy] : files_) {
            if (request.path() != file.path) continue;
            answer_ = "HTTP/1.1 200 OK\r\n" + date() + "Content-Type: " + file.type +
                      "\r\nContent-Length: " + std::to_string(file.bytes.size()) +
                      "\r\nConnection: close\r\nCache-Control: no-cache\r\nContent-Security-Policy: " + policy +
                      "\r\nX-Content-Type-Options: nosniff\r\nX-Frame-Options: DENY\r\nReferrer-Policy: no-referrer\r\n"
                      "Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\n\r\n";
            if (is_get) answer_ += file.bytes;
            return command<Disconnect>(answer_);
        }
        return close("404 Not Found");
    }

    // Only where the time is known (RFC 9110, section 6.6.1).
    [[nodiscard]] std::string date() const {
        return now_ == WallTime{} ? "" : "Date: " + http::date_text(now_) + "\r\n";
    }

    Page page_;
    http::OriginPolicy policy_;
    std::vector<Served> files_;
    WallTime now_;
    std::string answer_;  // scratch
};

}  // namespace minimeta
