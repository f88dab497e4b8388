#include "minimeta/message.hpp"

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "catch.hpp"

using minimeta::message_id_of;
using minimeta::MessageId;
using minimeta::text_of;

namespace {

constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();

}  // namespace

TEST_CASE("an id is written with its epoch in front") {
    CHECK(text_of({7, 12}) == "7-12");
    CHECK(text_of({}) == "0-0");
    CHECK(text_of({most, most}) == "18446744073709551615-18446744073709551615");
}

TEST_CASE("an id that was written is read again") {
    for (const MessageId id : {MessageId{}, {0, 1}, {1, 0}, {7, 12}, {1'795'442'602, 1}, {most, most}})
        CHECK(message_id_of(text_of(id)) == id);
}

TEST_CASE("a sequence alone is of epoch 0, which is the present one where an id is asked for") {
    CHECK(message_id_of("12") == MessageId{0, 12});
    CHECK(message_id_of("0") == MessageId{});
    CHECK(message_id_of("18446744073709551615") == MessageId{0, most});
}

TEST_CASE("zeros in front do not make another number") { CHECK(message_id_of("007-0012") == MessageId{7, 12}); }

TEST_CASE("what is no id is not read") {
    for (const std::string_view text : {"",
                                        "-",
                                        "--",
                                        "1-",
                                        "-1",
                                        "-1-2",
                                        "1--2",
                                        "1-2-3",
                                        "1-2-",
                                        "+1-2",
                                        "1-+2",
                                        " 1-2",
                                        "1-2 ",
                                        "1 -2",
                                        "1- 2",
                                        "x",
                                        "1-x",
                                        "x-1",
                                        "1x-2",
                                        "1-2x",
                                        "0x1-2",
                                        "1.0-2",
                                        "1_2",
                                        "1\n",
                                        "18446744073709551616",
                                        "18446744073709551616-1",
                                        "1-18446744073709551616",
                                        "1-99999999999999999999999999999999",
                                        "\xef\xbc\x91-2"}) {
        INFO(text);
        CHECK_FALSE(message_id_of(text));
    }
    CHECK_FALSE(message_id_of(std::string_view("1-2\0", 4)));
    CHECK_FALSE(message_id_of(std::string_view("1\0-2", 4)));
    CHECK_FALSE(message_id_of(std::string_view{}));
}

TEST_CASE("only the given text is read, wherever it lies") {
    const std::string line = "123-456";
    CHECK(message_id_of(std::string_view(line).substr(1, 4)) == MessageId{23, 4});
}

TEST_CASE("ids are in the order of the messages, and a later epoch is later than all of an earlier one") {
    CHECK(MessageId{} < MessageId{0, 1});
    CHECK(MessageId{1, 1} < MessageId{1, 2});
    CHECK(MessageId{1, 9} < MessageId{1, 10});
    CHECK(MessageId{1, most} < MessageId{2, 1});
    CHECK(MessageId{1, 2} == MessageId{1, 2});
    CHECK(MessageId{1, 2} != MessageId{2, 2});
}

TEST_CASE("an id says whether it is one of a message") {
    CHECK_FALSE(MessageId{});
    CHECK_FALSE(MessageId{3, 0});
    CHECK(MessageId{0, 1});
    CHECK(MessageId{3, 1});
}

TEST_CASE("the recipients of a private message are told apart, in their order") {
    const auto recipients = [](std::string_view to) {
        std::string all;
        minimeta::each_recipient({.to = to}, [&](std::string_view name) { all.append("[").append(name).append("]"); });
        return all;
    };
    CHECK(recipients("") == "");  // as of every message that is not private
    CHECK(recipients("bob") == "[bob]");
    CHECK(recipients("bob,莉莉,eve") == "[bob][莉莉][eve]");
}
