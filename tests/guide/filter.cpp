// A text protocol that looks at commands before the room carries them out.
#include <iostream>
#include <optional>
#include <string_view>

#include "minimeta/minimeta.hpp"

class PoliteText : public minimeta::Text {
public:
    using Text::Text;

    std::optional<minimeta::Command> decode(decoder& state, std::string_view& fed) {
        const std::optional<minimeta::Command> command = Text::decode(state, fed);
        if (!command) return {};
        if (const auto* say = minimeta::get_if<minimeta::Say>(&*command); say && is_rude(say->text))
            return minimeta::SendBack{"! Mind your words.\n"};
        if (const auto* whisper = minimeta::get_if<minimeta::Whisper>(&*command); whisper && is_rude(whisper->text))
            return minimeta::SendBack{"! Mind your words.\n"};
        if (const auto* unknown = minimeta::get_if<minimeta::Malformed>(&*command); unknown && unknown->what == "/time")
            return minimeta::SendBack{"-- It is six o'clock.\n"};
        return command;
    }

private:
    static bool is_rude(std::string_view text) { return text.find("blast") != text.npos; }
};

static_assert(minimeta::protocol<PoliteText>);

int main() {
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, {}, PoliteText{}};

    const auto lily = transport.open(room), bob = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, bob, "name:bob\nblast it!\n@lily blast it!\n/time\nhello\n");
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat bob reads:\n" << transport.take(bob);
}
