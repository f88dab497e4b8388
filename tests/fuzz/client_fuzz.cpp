// The client, between a room that lies and somebody who types: what it shows can be shown, what it keeps is bounded, and
// what it sends back is a line.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/time.hpp"
#include "tcp_client/display_width.hpp"
#include "tcp_client/keys.hpp"
#include "tcp_client/line_editor.hpp"
#include "tcp_client/line_splitter.hpp"
#include "tcp_client/reconnect.hpp"
#include "tcp_client/screen.hpp"
#include "tcp_client/typed_line.hpp"

using namespace tcp_client;

namespace {

void check_line(std::string_view line) {
    check(!minimeta::first_not_shown(line) && line.size() < 1'000, "what the client sends by itself is a short line");
}

// Bytes of a room, with lost connections between them.
void receives(Input& input) {
    Reconnect reconnect(true, "lily");
    LineSplitter lines;
    minimeta::Time now{};
    for (const std::string& line : reconnect.on_connect(now)) check_line(line);
    while (!input.empty()) {
        now = now + minimeta::milliseconds(static_cast<std::int64_t>(100 * input.below(100)));
        if (input.below(8) == 0) {
            (void)reconnect.on_lost(now);
            (void)reconnect.schedule(now, 0.5);
            check(reconnect.due() && *reconnect.due() - now <= minimeta::seconds(60), "a delay is bounded");
            for (const std::string& line : reconnect.on_connect(now)) check_line(line);
            continue;
        }
        lines.feed(input.bytes(200));
        while (const auto line = lines.next()) {
            const auto received = reconnect.on_receive(*line, now);
            if (received.shown) {
                const std::string safe = made_safe(*received.shown);
                check(!minimeta::first_not_shown(safe), "what is shown can be shown");
                check(label_size(safe) <= safe.size(), "a label is a part of its line");
            }
        }
    }
}

// Bytes of a keyboard, at a terminal of some width.
void types(Input& input) {
    KeyReader keys;
    LineEditor editor;
    while (!input.empty()) {
        std::string_view typed = input.bytes(30);
        while (const auto key = keys.next(typed)) {
            const auto asked = editor.press(*key);
            if (asked == LineEditor::Asked::take_line) {
                const std::string line = editor.take_line();
                const TypedLine read = read_typed_line(line);
                if (read.meaning == TypedLine::Meaning::mistyped) (void)advice_on(read.text);
            }
            check(!minimeta::first_not_shown(editor.text()), "what was typed can be shown");
        }
        if (input.below(4) == 0) keys.end_escape();
        const std::size_t columns = 1 + input.below(120);
        const Row row = editor.row(columns, input.below(2) == 0 ? "" : "(12 unsent) ");
        check(width_of(row.text) < std::max<std::size_t>(columns, 8), "the row fits the terminal");
        check(row.cursor < std::max<std::size_t>(columns, 8), "and so does the cursor");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    if (input.below(2) == 0) receives(input);
    else types(input);
    return 0;
}
