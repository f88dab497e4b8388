// Whatever bytes arrive, and in whatever pieces: a decoder understands the same commands, in bounded memory, and all that it
// passes on can be shown.
#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/input.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/protocol/doors.hpp"
#include "minimeta/protocol/http.hpp"
#include "minimeta/protocol/irc.hpp"
#include "minimeta/protocol/json.hpp"
#include "minimeta/protocol/line_assembler.hpp"
#include "minimeta/protocol/websocket.hpp"

using namespace minimeta;

namespace {

constexpr Limits limits{.line_bytes = 40};

// A command with all that is in it.
struct Written {
    std::string operator()(const SetName& c) const { return "name " + std::string(c.name); }
    std::string operator()(const Say& c) const {
        return "say " + std::string(c.group) + " " + std::string(c.text) + (c.manner == Manner::action ? "*" : "");
    }
    std::string operator()(const Whisper& c) const {
        std::string all = "whisper " + std::string(c.text);
        for (const std::string_view name : c.to) all.append(" ").append(name);
        return all;
    }
    std::string operator()(const Join& c) const { return "join " + std::string(c.group); }
    std::string operator()(const Leave& c) const { return "leave " + std::string(c.group); }
    std::string operator()(const Who& c) const { return "who " + std::string(c.group); }
    std::string operator()(const Whois& c) const { return "whois " + std::string(c.name); }
    std::string operator()(const Away& c) const { return "away " + std::string(c.text); }
    std::string operator()(const Malformed& c) const {
        return "malformed " + std::string(name_of(c.why)) + " " + std::string(c.what);
    }
    std::string operator()(const Recall& c) const {
        return "recall " + std::string(c.group) + " " + std::string(c.with) + " " + text_of(c.before) + " " +
               std::to_string(c.count);
    }
    std::string operator()(const Resume& c) const { return "resume " + std::string(c.token) + " " + text_of(c.seen); }
    std::string operator()(const SendBack& c) const { return "send back " + std::string(c.bytes); }
    std::string operator()(const Disconnect& c) const {
        return (c.leaves ? "disconnect " : "lose ") + std::string(c.bytes);
    }
    template <class Other>
    std::string operator()(const Other&) const {
        return "other";
    }
};

template <class Protocol>
std::vector<std::string> understood(const std::vector<std::string_view>& pieces) {
    Protocol protocol;
    protocol.use(limits);
    typename Protocol::decoder decoder;
    std::vector<std::string> commands;
    for (std::string_view piece : pieces) {
        while (const auto command = protocol.decode(decoder, piece)) commands.push_back(visit(Written{}, *command));
        check(piece.empty(), "a decoder takes all that it is fed");
        if constexpr (std::derived_from<typename Protocol::decoder, LineAssembler::Begun>)
            check(decoder.bytes.size() <= limits.line_bytes + 1,
                  "of a line without an end, no more than a line is kept");
    }
    return commands;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    std::vector<std::string_view> pieces{{}};  // at first nothing, and the decoder greets
    const std::size_t most = 1 + input.below(50);
    std::string_view rest = input.rest();
    const std::vector<std::string_view> whole{{}, rest};
    for (std::size_t i = 0; !rest.empty(); ++i) {
        const std::size_t part = std::min(rest.size(), 1 + (i * 7 + most) % most);
        pieces.push_back(rest.substr(0, part));
        rest.remove_prefix(part);
    }
    const auto at_once = understood<Text>(whole), in_pieces = understood<Text>(pieces);
    // A line that is too long is refused as soon as that is clear, and so before its end.
    check(at_once == in_pieces, "pieces mean what the whole means");
    check(understood<Json>(whole) == understood<Json>(pieces), "pieces of objects mean what the whole means");
    check(understood<WebSocket<Json>>(whole) == understood<WebSocket<Json>>(pieces), "pieces of frames do, too");
    using Front = Doors<Http<Json>, Irc, Json, Text>;
    check(understood<Front>(whole) == understood<Front>(pieces), "which door it is does not depend on the pieces");
    check(understood<Irc>(whole) == understood<Irc>(pieces), "pieces of lines of IRC do, too");
    (void)understood<Unframed>(pieces);
    return 0;
}
