#include "../../../examples/tcp_client/line_editor.hpp"

#include <cstddef>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "../../../examples/tcp_client/display_width.hpp"
#include "../../../examples/tcp_client/keys.hpp"
#include "catch.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/features/validation.hpp"

using tcp_client::Key;
using tcp_client::KeyReader;
using tcp_client::LineEditor;
using tcp_client::Row;

namespace {

const std::string left = "\x1b[D", right = "\x1b[C", up = "\x1b[A", down = "\x1b[B", home = "\x1b[H", end = "\x1b[F";
const std::string remove_key = "\x1b[3~", backspace = "\x7f", enter = "\r";
const std::string ctrl_a = "\x01", ctrl_d = "\x04", ctrl_e = "\x05", ctrl_k = "\x0b", ctrl_u = "\x15", ctrl_w = "\x17";

// A user at a keyboard.
struct Typist {
    Typist& types(std::string_view bytes) {
        while (const auto key = keys.next(bytes)) {
            const LineEditor::Asked asked = editor.press(*key);
            if (asked == LineEditor::Asked::take_line) entered.push_back(editor.take_line());
            if (asked == LineEditor::Asked::leave) left_the_program = true;
        }
        return *this;
    }
    [[nodiscard]] const std::string& text() const { return editor.text(); }
    [[nodiscard]] Row row(std::size_t columns = 80) const { return editor.row(columns); }

    KeyReader keys;
    LineEditor editor;
    std::vector<std::string> entered;
    bool left_the_program = false;
};

std::size_t cells(std::string_view text) { return tcp_client::width_of(text); }

std::vector<Key> read_keys(std::string_view bytes) {
    KeyReader reader;
    std::vector<Key> keys;
    while (const auto key = reader.next(bytes)) keys.push_back(*key);
    return keys;
}

}  // namespace

TEST_CASE("line editor: what is typed is the text, and stands behind the prompt") {
    Typist typist;
    CHECK(typist.row() == Row{"> ", 2});
    typist.types("hello");
    CHECK(typist.text() == "hello");
    CHECK(typist.row() == Row{"> hello", 7});
}

TEST_CASE("line editor: characters go in and out where the cursor is") {
    Typist typist;
    typist.types("helo" + left + "l");
    CHECK(typist.text() == "hello");
    CHECK(typist.row() == Row{"> hello", 6});
    typist.types(home + remove_key + "H" + end + backspace + "p");
    CHECK(typist.text() == "Hellp");
    CHECK(typist.row() == Row{"> Hellp", 7});
}

TEST_CASE("line editor: nothing happens beyond the ends of the line") {
    Typist typist;
    typist.types(left + right + backspace + remove_key + "a" + right + remove_key + home + left + backspace);
    CHECK(typist.text() == "a");
    CHECK(typist.row().cursor == 2);
}

TEST_CASE("line editor: wide characters take two cells and one key") {
    Typist typist;
    typist.types("你好");
    CHECK(typist.row() == Row{"> 你好", 6});
    typist.types(left);
    CHECK(typist.row() == Row{"> 你好", 4});
    typist.types("们" + backspace + backspace);
    CHECK(typist.text() == "好");
    CHECK(typist.row() == Row{"> 好", 2});
}

TEST_CASE("line editor: marks belong to the character that they combine with") {
    Typist typist;
    typist.types("cafe\xCC\x81s");  // an e with an acute accent behind it
    CHECK(typist.row().cursor == 7);
    typist.types(left);
    CHECK(typist.row().cursor == 6);
    typist.types(left);
    CHECK(typist.row().cursor == 5);
    typist.types(remove_key);
    CHECK(typist.text() == "cafs");
}

TEST_CASE("line editor: a character that arrives in pieces is one character") {
    Typist typist;
    for (const char byte : std::string("é你🙂")) typist.types(std::string(1, byte));
    CHECK(typist.text() == "é你🙂");
    CHECK(typist.row().cursor == 7);
}

TEST_CASE("line editor: bytes that are not UTF-8 and characters that are not shown are dropped") {
    Typist typist;
    typist.types("a\xFF\xC3\x62\x80 c\xE2\x80\xAE\xC2\x9B");
    CHECK(typist.text() == "ab c");
}

TEST_CASE("line editor: words and ends can be cut away") {
    Typist typist;
    typist.types("one two  " + ctrl_w);
    CHECK(typist.text() == "one ");
    typist.types("你好\xE3\x80\x80世界" + ctrl_w);  // with an ideographic space
    CHECK(typist.text() == "one 你好\xE3\x80\x80");
    typist.types(ctrl_a + right + right + right + ctrl_k);
    CHECK(typist.text() == "one");
    typist.types(left + ctrl_u);
    CHECK(typist.text() == "e");
    CHECK(typist.row().cursor == 2);
    typist.types(ctrl_e + ctrl_w + ctrl_w);
    CHECK(typist.text().empty());
}

TEST_CASE("line editor: each return takes a line, so pasted lines are several") {
    Typist typist;
    typist.types("one\rtwo\nthree");
    CHECK(typist.entered == std::vector<std::string>{"one", "two"});
    CHECK(typist.text() == "three");
}

TEST_CASE("line editor: earlier lines come back, and so does the draft") {
    Typist typist;
    typist.types("one\rtwo\rtwo\r\rdraft");
    typist.types(up);
    CHECK(typist.row() == Row{"> two", 5});
    typist.types(up);
    CHECK(typist.text() == "one");
    typist.types(up);
    CHECK(typist.text() == "one");
    typist.types(down + down + down);
    CHECK(typist.text() == "draft");
    typist.types(up + "!" + enter);
    CHECK(typist.entered.back() == "two!");
    typist.types(up + up + up);
    CHECK(typist.text() == "one");
}

TEST_CASE("line editor: the history is bounded") {
    Typist typist;
    for (std::size_t i = 0; i < LineEditor::max_history_lines + 10; ++i) typist.types(std::to_string(i) + enter);
    for (std::size_t i = 0; i < LineEditor::max_history_lines + 10; ++i) typist.types(up);
    CHECK(typist.text() == "10");
}

TEST_CASE("line editor: end of input leaves on an empty line, and deletes on any other") {
    Typist typist;
    typist.types("ab" + home + ctrl_d);
    CHECK(typist.text() == "b");
    CHECK_FALSE(typist.left_the_program);
    typist.types(ctrl_d + ctrl_d);
    CHECK(typist.left_the_program);
}

TEST_CASE("line editor: a line can be thrown away") {
    Typist typist;
    typist.types("one\rtwo");
    CHECK(typist.editor.discard());
    CHECK(typist.row() == Row{"> ", 2});
    CHECK_FALSE(typist.editor.discard());
    typist.types(up);
    CHECK(typist.text() == "one");
}

TEST_CASE("line editor: of a line wider than the terminal the part around the cursor is shown") {
    Typist typist;
    typist.types("abcdef");  // a terminal of 10 has room for 7 cells of text
    CHECK(typist.row(10) == Row{"> abcdef", 8});
    typist.types("g");
    CHECK(typist.row(10) == Row{"< defg", 6});  // from half of the room on
    typist.types("hij");
    CHECK(typist.row(10) == Row{"< ghij", 6});
    typist.types(left + left + left + left + left);
    CHECK(typist.row(10) == Row{"> abcdefg", 7});
    CHECK(typist.row(80) == Row{"> abcdefghij", 7});
}

TEST_CASE("line editor: an emoji of several characters, and a letter with its marks, go as one") {
    for (const std::string_view whole :
         {"👩\u200D💻", "👍🏽", "🇩🇪", "❤\uFE0F", "👨\u200D👩\u200D👧\u200D👦", "e\u0301\u0323", "🏳\uFE0F\u200D🌈"}) {
        CAPTURE(whole);
        Typist typist;
        typist.types("a" + std::string(whole) + std::string(whole) + "b" + left + backspace);
        CHECK(typist.text() == "a" + std::string(whole) + "b");
        typist.types(left + remove_key);
        CHECK(typist.text() == "ab");
    }
    Typist typist;
    typist.types("🇩🇪🇫🇷" + backspace);
    CHECK(typist.text() == "🇩🇪");
    typist.types(ctrl_u + "👩👩" + backspace);
    CHECK(typist.text() == "👩");
}

TEST_CASE("line editor: a label stands in front of the prompt, where there is room for it") {
    Typist typist;
    typist.types("hello" + left);
    CHECK(typist.editor.row(40, "(3 unsent) ") == Row{"(3 unsent) > hello", 17});
    CHECK(typist.editor.row(20, "(3 unsent) ") == Row{"> hello", 6});
    typist.types(end + std::string(40, 'x'));
    CHECK(cells(typist.editor.row(40, "(3 unsent) ").text) < 40);
}

TEST_CASE("keys: what is pasted is text and ends of lines, whatever is in it") {
    using Kind = Key::Kind;
    const std::string paste = "\x1b[200~a\x04\x15\tb\rc\x1b[201~\x15";
    CHECK(read_keys(paste) == std::vector<Key>{{Kind::character, 'a'},
                                               {Kind::character, ' '},
                                               {Kind::character, 'b'},
                                               {Kind::enter},
                                               {Kind::character, 'c'},
                                               {Kind::kill_to_start}});
}

TEST_CASE("line editor: a wide character that is cut in half is not shown") {
    Typist typist;
    typist.types("你好世界");
    CHECK(typist.row(10) == Row{"<  世界", 7});  // the view begins in the middle of the second one
    typist.types(home);
    CHECK(typist.row(10) == Row{"> 你好世", 2});
}

TEST_CASE("line editor: whatever is typed, the row fits the terminal and holds the cursor") {
    const std::vector<std::string> pieces = {"a",   "b ",   "你", "\xCC\x81", "🙂", "\t",       left,
                                             right, home,   end,  backspace,  ctrl_w, "x\r",      up,
                                             down,  "\x1b", "[",  "\xE4",     ctrl_k, remove_key, "long words"};
    const unsigned seed = std::random_device{}();
    INFO("seed " << seed);
    std::mt19937 random(seed);
    Typist typist;
    for (int i = 0; i < 20'000; ++i) {
        typist.types(pieces[random() % pieces.size()]);
        const std::size_t columns = 8 + random() % 40;
        const Row row = typist.row(columns);
        if (minimeta::check_text(typist.text()) || cells(row.text) >= columns || row.cursor < 2 ||
            row.cursor >= columns || row.cursor > cells(row.text)) {
            FAIL("columns " << columns << ", cursor " << row.cursor << ", row " << row.text << ", text "
                            << typist.text());
        }
    }
}

TEST_CASE("keys: sequences of several terminals are known by their meaning") {
    using Kind = Key::Kind;
    CHECK(read_keys("\x1b[A\x1bOA\x1b[1;5A") == std::vector<Key>(3, Key{Kind::up}));
    CHECK(read_keys("\x1b[1~\x1b[7~\x1b[H\x1bOH") == std::vector<Key>(4, Key{Kind::home}));
    CHECK(read_keys("\x1b[4~\x1b[8~\x1b[F\x1bOF") == std::vector<Key>(4, Key{Kind::end}));
    CHECK(read_keys("\x7f\x08") == std::vector<Key>(2, Key{Kind::backspace}));
}

TEST_CASE("keys: what means nothing here is swallowed whole") {
    // F5, Shift-F3, Page Up, Insert, F1 of the Linux console, Alt-x, a mouse, the begin of a bracketed paste, Ctrl-G
    CHECK(read_keys("\x1b[15~\x1b[1;2R\x1b[5~\x1b[2~\x1b[[A\x1bx\x1b[<0;1;1M\x1b[200~\x07").empty());
    CHECK(read_keys("\x1b[15~a") == std::vector<Key>{{Key::Kind::character, 'a'}});
}

TEST_CASE("keys: an escape that nothing follows is forgotten") {
    KeyReader reader;
    std::string_view bytes = "\x1b";
    CHECK_FALSE(reader.next(bytes));
    CHECK(reader.in_escape());
    reader.end_escape();
    bytes = "a";
    CHECK(reader.next(bytes) == Key{Key::Kind::character, 'a'});
}

TEST_CASE("keys: no sequence of bytes makes the reader hold more than a few") {
    KeyReader reader;
    const std::string parameters(100'000, ';');
    std::string_view bytes = "\x1b[";
    CHECK_FALSE(reader.next(bytes));
    bytes = parameters;
    CHECK_FALSE(reader.next(bytes));
    bytes = "~a";
    CHECK(reader.next(bytes) == Key{Key::Kind::character, 'a'});
}

TEST_CASE("display width: none, one or two cells") {
    CHECK(cells("aé~ ") == 4);
    CHECK(cells("你ｂ한、🙂") == 10);
    CHECK(cells("\u0301\u200B\u200D\uFE0F") == 0);
    CHECK(cells("ｱ·…") == 3);  // half-width katakana, and two that are ambiguous
    CHECK(tcp_client::width_of(0x10'FFFF) == 1);
}
