// Values of the library as text, so that a failing comparison shows what a person can read.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "minimeta/bytes.hpp"
#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"

/// The reason, or "done".
inline std::string described(minimeta::Refusal refused) {
    return std::string(refused ? minimeta::name_of(*refused) : "done");
}

inline std::string described(std::span<const std::string_view> names) {
    std::string list;
    for (const std::string_view name : names) list.append(list.empty() ? "[" : "][").append(name);
    return list + "]";
}

/// As in `say hello`, `act waves`, `whisper [bob][eve] hi`, `name [lily]`, `malformed unknown_command /zzz`.
inline std::string described(const minimeta::Command& command) {
    using namespace minimeta;
    struct {
        std::string operator()(const SetName& c) const { return "name [" + std::string(c.name) + "]"; }
        std::string operator()(const Say& c) const {
            return (c.manner == Manner::action ? "act " : "say ") + std::string(c.text);
        }
        std::string operator()(const Whisper& c) const {
            const std::string verb = c.manner == Manner::action ? "whisper-act " : "whisper ";
            return verb + described(c.to) + " " + std::string(c.text);
        }
        std::string operator()(const Who&) const { return "who"; }
        std::string operator()(const Help&) const { return "help"; }
        std::string operator()(const Quit&) const { return "quit"; }
        std::string operator()(const Greet&) const { return "greet"; }
        std::string operator()(const SendBack& c) const { return "send back " + std::string(c.bytes); }
        std::string operator()(const Malformed& c) const {
            std::string text = "malformed " + std::string(name_of(c.why));
            return c.what.empty() ? text : text + " " + std::string(c.what);
        }
    } const describe;
    return std::visit(describe, command);
}

/// As in `lily joined`, `lily is bob`, `lily: hi`, `lily waves`, `lily to [bob]: hi`, `** hear`, `lily left (kicked)`.
inline std::string described(const minimeta::Event& event) {
    using namespace minimeta;
    struct {
        std::string operator()(const Joined& e) const { return std::string(e.name) + " joined"; }
        std::string operator()(const Renamed& e) const { return std::string(e.from) + " is " + std::string(e.to); }
        std::string operator()(const Said& e) const {
            return std::string(e.from) + (e.manner == Manner::action ? " " : ": ") + std::string(e.text);
        }
        std::string operator()(const Whispered& e) const {
            return std::string(e.from) + " to " + described(e.to) + ": " + std::string(e.text);
        }
        std::string operator()(const Announced& e) const { return "** " + std::string(e.text); }
        std::string operator()(const Left& e) const {
            return std::string(e.name) + " left" + (e.why ? " (" + described(e.why) + ")" : "");
        }
    } const describe;
    return std::visit(describe, event);
}

/// What `encode(log)` appends.
template <class Encode>
std::string appended(Encode&& encode) {
    minimeta::ByteLog log;
    encode(log);
    log.commit();
    std::string all;
    for (minimeta::ByteLog::Position at = 0; at != log.end();) all.append(log.read(at));
    return all;
}
