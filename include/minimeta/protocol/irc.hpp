// Irc: the room for clients of IRC (RFC 1459, RFC 2812, as modern.ircdocs.horse describes what lives of them; IRCv3).
//
// Groups are channels, and the lobby is #lobby, in which everybody is. Names are nicknames. Nobody's user or host is told.
// A private message is one to a nickname; an @name in a text for a channel stays public. Colours and styles are taken out of what
// is said; CTCP ACTION is an action, and other CTCP is dropped.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/event.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol.hpp"
#include "minimeta/protocol/irc/command_reader.hpp"
#include "minimeta/protocol/irc/connection.hpp"
#include "minimeta/protocol/irc/event_writer.hpp"
#include "minimeta/protocol/irc/line.hpp"
#include "minimeta/protocol/irc/line_writer.hpp"
#include "minimeta/protocol/irc/reply_writer.hpp"
#include "minimeta/protocol/line_assembler.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

struct IrcOptions {
    std::string server_name = "minimeta";  ///< without blanks
    std::string password = {};             ///< which PASS must give; empty for none
    bool closed = false;  ///< refuses everybody: who speaks IRC must not be taken for somebody who types
};

class Irc {
public:
    /// Small, as that of WebSocket.
    struct decoder {
        UniquePtr<irc::Connection> connection;  // null until something has come
    };

    explicit Irc(IrcOptions options = {}) : shared_(new Shared(std::move(options))) {}

    /// A command that clients begin with, and a blank.
    [[nodiscard]] static Match recognise(std::string_view first) {
        std::string_view word = first.substr(0, first.find_first_of(" \r\n"));
        for (const std::string_view known :
             {"CAP", "NICK", "USER", "PASS", "PING", "QUIT", "JOIN", "PRIVMSG", "NOTICE", "WHO", "WHOIS", "MODE",
              "LIST", "AUTHENTICATE", "LUSERS", "MOTD", "VERSION"}) {
            if (word.size() == first.size() && word.size() <= known.size() &&
                irc::is_same(word, known.substr(0, word.size())))
                return Match::partly;
            const bool must_shout = known != "CAP" && known != "NICK" && known != "USER" && known != "PASS";
            if (word.size() != first.size() && first[word.size()] == ' ' &&
                (must_shout ? word == known : irc::is_same(word, known)))
                return Match::surely;
        }
        return Match::no;
    }

    void use(const Limits& limits) { shared_->limits = limits; }
    void advance(WallTime now) { now_ = now; }

    std::optional<Command> decode(decoder& state, std::string_view& fed) {
        if (!state.connection && fed.empty()) return {};
        if (!state.connection) state.connection.reset(new irc::Connection);
        irc::Connection& connection = *state.connection;
        if (shared_->options.closed) return fed = {}, command<Disconnect>("ERROR :IRC is not spoken here\r\n");
        if (connection.floods) return fed = {}, command<Disconnect>("ERROR :Closing link (Excess Flood)\r\n");
        for (;;) {
            answer_.clear();
            shared_->replies.finish(answer_, connection);
            if (auto answer = give(connection)) return answer;
            if (!connection.todo.empty()) {
                connection.asking = std::move(connection.todo.front());
                connection.todo.erase(connection.todo.begin());
                return shared_->reader.command_of(connection.asking);
            }
            if (auto answer = finish_labelled(connection)) return answer;
            const auto end_of_line = [](std::string_view, std::string_view bytes) { return bytes.find('\n'); };
            const std::size_t most = shared_->limits.line_bytes + irc::most_tag_bytes;
            std::string_view& from = connection.waiting.empty() ? fed : connection.waiting;
            const auto line = lines_.next(connection.begun, from, most, end_of_line);
            if (!line && &from != &fed) continue;
            if (!line) return {};
            std::string_view text = line->text;
            if (text.ends_with('\r')) text.remove_suffix(1);
            irc::LineWriter out(answer_, shared_->identity);
            answer_.clear();
            if (line->too_long) {
                out.numeric("417", connection.nick, ":Input line was too long");
                return command<SendBack>(answer_);
            }
            const irc::Line message = irc::read(text);
            if (message.command.empty()) continue;
            if (connection.has(irc::labeled_response)) connection.label = irc::beginning(message.tag("label"), 64);
            if (auto whole = shared_->reader.read(connection, message, answer_, now_)) return whole;
            if (auto answer = give(connection)) return answer;
        }
    }
    /// Clients join many channels at once, and people paste. Who sends much more than that is disconnected.
    [[nodiscard]] static bool delays(const decoder&) { return true; }
    void hold(decoder& state, std::string_view bytes) {
        constexpr std::size_t most = 32'768;
        if (bytes.empty() || !state.connection) return;
        irc::Connection& connection = *state.connection;
        std::string kept(connection.waiting);
        if (kept.size() + bytes.size() <= most) kept.append(bytes);
        else connection.floods = true;
        connection.held = std::move(kept);
        connection.waiting = connection.held;
    }

    void skip(decoder& state, std::string_view& fed) {
        if (state.connection) LineAssembler::skip(state.connection->begun, fed);
    }

    [[nodiscard]] static bool hears_itself(const decoder& state) {
        return state.connection && state.connection->has(irc::echo_message);
    }

    /// Four forms: with times or without, with ids or without.
    static constexpr std::size_t lanes = 4;
    [[nodiscard]] static std::size_t lane_of(const decoder& state, bool) {
        return state.connection ? state.connection->enabled & (irc::message_tags | irc::server_time) : 0;
    }
    void encode(ByteLog& log, const Event& event, std::size_t lane = 0) { encode_for(log, event, lane, {}); }
    void encode_for(ByteLog& log, const Event& event, std::size_t lane, std::string_view name) {
        log.append(shared_->events.write(event, static_cast<unsigned>(lane), now_, name));
    }

    void encode(ByteLog& log, const Reply& reply, std::string_view name) {
        irc::Connection nobody;
        text_.clear();
        shared_->replies.write(text_, reply, name, nobody);
        log.append(text_);
    }
    void encode(ByteLog& log, const Reply& reply, std::string_view name, decoder& state) {
        if (!state.connection) return encode(log, reply, name);
        text_.clear();
        shared_->replies.write(text_, reply, name, *state.connection);
        if (state.connection->label.empty()) log.append(text_);
        else state.connection->answer += text_;
    }

private:
    // What its parts refer to, so that it can be moved.
    struct Shared {
        explicit Shared(IrcOptions given)
            : options(std::move(given)), identity{options.server_name, options.server_name} {}

        IrcOptions options;
        irc::Identity identity;
        Limits limits;
        irc::CommandReader reader{identity, options.password};
        irc::EventWriter events{identity};
        irc::ReplyWriter replies{identity, limits};
    };

    // Sends back what IRC itself has answered, or keeps it with the rest of what goes back with a label.
    std::optional<Command> give(irc::Connection& connection) {
        if (answer_.empty()) return {};
        if (connection.label.empty()) return command<SendBack>(answer_);
        connection.answer += answer_;
        return {};
    }

    // What the answer to a line with a label was: one line with it, a batch, or that there was nothing (labeled-response).
    std::optional<Command> finish_labelled(irc::Connection& connection) {
        if (connection.label.empty()) return {};
        const std::string label = "label=" + std::exchange(connection.label, {});
        const std::string whole = std::exchange(connection.answer, {});
        const auto tagged = [](std::string_view line, const std::string& tag) {
            if (line.starts_with('@')) return "@" + tag + ";" + std::string(line.substr(1));
            return "@" + tag + " " + std::string(line);
        };
        answer_.clear();
        irc::LineWriter out(answer_, shared_->identity);
        const std::size_t end = whole.find("\r\n");
        if (whole.empty()) {
            out.line({}, "ACK", label);
        } else if (end + 2 == whole.size()) {
            answer_ = tagged(whole, label);
        } else if (!connection.has(irc::batch)) {
            answer_ = tagged(whole.substr(0, end + 2), label) + whole.substr(end + 2);
        } else {
            const std::string reference = "l" + std::to_string(++batches_);
            out.line({}, "BATCH +" + reference + " labeled-response", label);
            for (std::string_view rest = whole; !rest.empty();) {
                const std::string_view line = rest.substr(0, rest.find("\r\n") + 2);
                rest.remove_prefix(line.size());
                answer_ += tagged(line, "batch=" + reference);
            }
            out.line({}, "BATCH -" + reference);
        }
        return command<SendBack>(answer_);
    }

    LineAssembler lines_;
    UniquePtr<Shared> shared_;
    WallTime now_;
    std::string answer_;  // scratch
    std::string text_;    // scratch
    unsigned batches_ = 0;
};

static_assert(protocol_with_lanes<Irc> && protocol_with_recipients<Irc> && protocol_with_skip<Irc> &&
              protocol_that_delays<Irc>);

}  // namespace minimeta
