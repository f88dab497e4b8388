// WebSocket: a protocol around another one (RFC 6455), for pages in a browser: `WebSocket<Json>`, `WebSocket<Text>`.
//
// A connection begins with the handshake, an HTTP request. Then each message is a line of the inner protocol, and what it
// answers or tells is a message; no line ends are needed, and none are sent. An event is encoded once for all connections, as
// ever: frames of a server are not masked. Extensions and subprotocols are not agreed on. Which pages are admitted is told by an
// OriginPolicy: by default those of the same host.
//
// Who ends with code 1000 leaves. Any other end, as when a page is loaded again (1001) or breaks the rules, counts as a lost
// connection, so that a session can go on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/http/answer.hpp"
#include "minimeta/protocol/http/head_assembler.hpp"
#include "minimeta/protocol/http/origin_policy.hpp"
#include "minimeta/protocol/http/request_head.hpp"
#include "minimeta/protocol/lanes.hpp"
#include "minimeta/protocol/websocket/frame.hpp"
#include "minimeta/protocol/websocket/handshake.hpp"
#include "minimeta/protocol/websocket/reader.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

/// Messages of up to twice Limits::line_bytes are read, and it is up to the inner protocol which of them are too long; with a
/// longer one the connection is closed (1009).
template <protocol Inner>
class WebSocket {
    enum class Stage : unsigned char { handshake, open, closed };

    struct Connection {
        http::HeadAssembler head;
        websocket::Reader reader;
        typename Inner::decoder inner;
        std::string_view rest;   // of the message at hand, which the reader keeps
        bool line_ends = false;  // behind the rest
        Stage stage = Stage::handshake;
    };

public:
    /// Small, as a room may have few connections that speak this, and many that do not.
    struct decoder {
        UniquePtr<Connection> connection;  // null until something has come
    };

    [[nodiscard]] static bool hears_itself(const decoder& begun) requires protocol_that_hears_itself<Inner> {
        return begun.connection && Inner::hears_itself(begun.connection->inner);
    }

    WebSocket() = default;
    explicit WebSocket(Inner inner, http::OriginPolicy policy = {})
        : inner_(std::move(inner)), policy_(std::move(policy)) {}

    void use(const Limits& limits) {
        most_bytes_ = 2 * limits.line_bytes;
        if constexpr (protocol_with_limits<Inner>) inner_.use(limits);
    }

    std::optional<Command> decode(decoder& begun, std::string_view& fed) {
        if (!begun.connection && fed.empty()) return {};
        if (!begun.connection) begun.connection.reset(new Connection);
        Connection& state = *begun.connection;
        if (state.stage == Stage::handshake) return shake_hands(state, fed);
        while (state.stage == Stage::open) {
            if (auto command = decode_rest(state)) return command;
            const auto message = state.reader.next(fed, most_bytes_);
            if (!message) return {};
            if (auto command = take(state, *message)) return command;
        }
        fed = {};
        return {};
    }

    static constexpr std::size_t lanes = Lanes<Inner>::count;
    [[nodiscard]] static std::size_t lane_of(const decoder& begun, bool stamped) {
        return begun.connection ? Lanes<Inner>::of(begun.connection->inner, stamped) : 0;
    }
    void encode(ByteLog& log, const Event& event, std::size_t lane = 0) {
        write_message(log, [&](ByteLog& inner) { Lanes<Inner>::encode(inner_, lane, inner, event); });
    }

    void advance(WallTime now) requires protocol_with_clock<Inner> { inner_.advance(now); }

    /// Without a connection, a reply is an answer of HTTP: only that the room cannot be entered.
    void encode(ByteLog& log, const Reply& reply, std::string_view) {
        if (const Removed* removed = get_if<Removed>(&reply)) log.append(http_answer(removed->why));
    }
    void encode(ByteLog& log, const Reply& reply, std::string_view name, decoder& begun) {
        Connection* state = begun.connection.get();
        if (state == nullptr || state->stage == Stage::handshake) return encode(log, reply, name);
        write_message(log, [&](ByteLog& inner) {
            if constexpr (protocol_with_replies_by_state<Inner>) inner_.encode(inner, reply, name, state->inner);
            else inner_.encode(inner, reply, name);
        });
        if (holds_alternative<Farewell>(reply)) log.append(websocket::close_frame(websocket::CloseCode::normal));
        if (holds_alternative<Removed>(reply)) log.append(websocket::close_frame(websocket::CloseCode::policy));
    }

private:
    using Opcode = websocket::Opcode;

    // ---- The handshake

    std::optional<Command> shake_hands(Connection& state, std::string_view& fed) {
        using Progress = http::HeadAssembler::Progress;
        const Progress progress = state.head.take(fed);
        if (progress == Progress::begun) return {};
        websocket::Handshake shaken{false, http::closing_answer("400 Bad Request")};
        http::RequestHead request;
        if (progress == Progress::complete && request.parse(state.head.head()) &&
            websocket::asks_for_upgrade(request)) {
            if (policy_.admits(request)) shaken = websocket::shake_hands(request);
            else shaken.answer = http::closing_answer("403 Forbidden");
        }
        state.head.clear();
        state.stage = shaken.accepted ? Stage::open : Stage::closed;
        answer_ = std::move(shaken.answer);
        return shaken.accepted ? command<SendBack>(answer_) : command<Disconnect>(answer_);
    }

    static std::string http_answer(Errc why) {
        return http::closing_answer(why == Errc::no_name_in_time ? "408 Request Timeout" : "503 Service Unavailable");
    }

    // ---- Messages

    // The inner protocol decodes the message at hand; at first nothing, so that it greets.
    std::optional<Command> decode_rest(Connection& state) {
        if (auto command = inner_.decode(state.inner, state.rest)) return command;
        std::string_view line_end = "\n";
        return std::exchange(state.line_ends, false) ? inner_.decode(state.inner, line_end) : std::nullopt;
    }

    std::optional<Command> take(Connection& state, const websocket::Reader::Message& message) {
        switch (message.opcode) {
            case Opcode::text:
                state.rest = message.bytes;
                state.line_ends = !message.bytes.ends_with('\n');
                return {};
            case Opcode::ping:
                answer_.assign(websocket::FrameHeader(Opcode::pong, message.bytes.size())).append(message.bytes);
                return command<SendBack>(answer_);
            case Opcode::continuation:
            case Opcode::pong: return {};
            case Opcode::binary: return hang_up(state, websocket::CloseCode::unacceptable);
            case Opcode::close: break;
        }
        if (message.broken) return hang_up(state, *message.broken);
        return hang_up(state, message.code, message.code == 1000);
    }

    Command hang_up(Connection& state, auto code, bool leaves = false) {
        state.stage = Stage::closed;
        answer_ = websocket::close_frame(code);
        return command<Disconnect>(answer_, leaves);
    }

    // Appends what `encode(log)` appends as one message, without its last line end; nothing if that is nothing.
    template <class Encode>
    void write_message(ByteLog& log, Encode&& encode) {
        ByteLog::Position begin = scratch_.end();
        encode(scratch_);
        scratch_.commit();
        {
            const Bytes entry = scratch_.read(begin);
            std::string_view text = entry;
            if (text.ends_with('\n')) text.remove_suffix(1);
            if (!entry.empty()) log.append(websocket::FrameHeader(Opcode::text, text.size()), text);
        }
        scratch_.recycle();
    }

    Inner inner_;
    http::OriginPolicy policy_;
    std::size_t most_bytes_ = 2 * Limits{}.line_bytes;
    std::string answer_;  // scratch
    ByteLog scratch_;
};

}  // namespace minimeta
