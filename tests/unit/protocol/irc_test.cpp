#include "minimeta/protocol/irc.hpp"

#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "minimeta/minimeta.hpp"
#include "minimeta/protocol/doors.hpp"

using namespace minimeta;

namespace {

using Front = Doors<Irc, Text>;

struct House {
    explicit House(IrcOptions options = {}, Limits limits = {.messages_per_second = 0})
        : room(transport, limits, Front{Irc{std::move(options)}, Text{}}) {
        room.advance(Time{}, WallTime{1'700'000'000'123'000'000});
    }

    std::size_t open() { return transport.open(room); }
    // What somebody reads after it has sent this.
    std::string say(std::size_t who, std::string_view lines) {
        transport.send_to(room, who, lines);
        transport.settle(room);
        return transport.take(who);
    }
    // Somebody that is in, with these capabilities, and has read what there is to read.
    std::size_t join(const std::string& nick, const std::string& capabilities = "") {
        const std::size_t who = open();
        say(who, "CAP REQ :" + capabilities + "\r\nNICK " + nick + "\r\nUSER u 0 * :Real Name\r\nCAP END\r\n");
        for (std::size_t i = 0; i <= who; ++i) (void)transport.take(i);
        return who;
    }
    std::size_t join_text(const std::string& name) {
        const std::size_t who = open();
        say(who, "name:" + name + "\n");
        for (std::size_t i = 0; i <= who; ++i) (void)transport.take(i);
        return who;
    }
    std::string read(std::size_t who) { return transport.take(who); }

    MemoryTransport transport;
    Room<MemoryTransport, Front> room;
};

}  // namespace

TEST_CASE("IRC: a client registers, is told what the server can do, and is in the lobby") {
    House house;
    const auto lily = house.open();
    CHECK(house.say(lily, "CAP LS 302\r\n").starts_with(":minimeta CAP * LS :batch "));
    CHECK(house.say(lily, "NICK lily\r\nUSER u 0 * :Lily\r\n").empty());  // as long as it negotiates
    CHECK(house.say(lily, "CAP REQ :server-time nonsense\r\n") == ":minimeta CAP * NAK :server-time nonsense\r\n");
    const std::string burst = house.say(lily, "CAP END\r\n");
    std::string numerics;
    for (std::size_t at = 0; at < burst.size(); at = burst.find('\n', at) + 1) {
        const std::string line = burst.substr(at, burst.find('\r', at) - at);
        numerics += line.substr(line.find(' ') + 1, line.starts_with(":minimeta") ? 3 : line.npos) + ' ';
    }
    CHECK(numerics == "001 002 003 004 005 005 251 252 253 254 255 265 266 422 JOIN #lobby 353 366 ");
    CHECK(burst.find(":minimeta 353 lily = #lobby :lily\r\n") != burst.npos);
    CHECK(house.say(lily, "USER u 0 * :x\r\n").starts_with(":minimeta 462 lily "));
    CHECK(house.say(lily, "PING abc\r\n") == ":minimeta PONG minimeta :abc\r\n");
    CHECK(house.say(lily, "QUIT :bye\r\n") == ":minimeta ERROR :Closing link (Quit)\r\n");
    CHECK(house.room.member_count() == 0);
}

TEST_CASE("IRC: who is not registered may do little, and a nickname may be refused") {
    House house;
    const auto text = house.join_text("bob"), eve = house.open();
    CHECK(house.say(eve, "PRIVMSG bob :hi\r\n") == ":minimeta 451 * :You have not registered\r\n");
    CHECK(house.say(eve, "NICK\r\n") == ":minimeta 431 * :No nickname given\r\n");
    CHECK(house.say(eve, "USER u\r\n") == ":minimeta 461 * USER :Not enough parameters\r\n");
    CHECK(house.say(eve, "PASS\r\n") == ":minimeta 461 * PASS :Not enough parameters\r\n");
    CHECK(house.say(eve, "PING\r\n") == ":minimeta 409 * :No origin specified\r\n");
    CHECK(house.say(eve, "CAP DANCE\r\n") == ":minimeta 410 * DANCE :Invalid CAP command\r\n");
    CHECK(house.say(eve, "USER u 0 * :Eve\r\nNICK b@d\r\n").find(" 432 ") != std::string::npos);
    CHECK(house.say(eve, "NICK BOB\r\n").find(" 433 ") != std::string::npos);
    CHECK(house.say(eve, "NICK eve\r\n").find(" 001 eve ") != std::string::npos);
    CHECK(house.read(text) == "-- eve joined.\n");
    CHECK(house.say(eve, "NICK bob\r\n") == ":minimeta 433 eve bob :Nickname is already in use\r\n");
    CHECK(house.say(eve, "NICK Eva\r\n") == ":eve!~u@minimeta NICK Eva\r\n");
    CHECK(house.read(text) == "-- eve is now Eva.\n");
}

TEST_CASE("IRC: a server with a password lets in who gives it") {
    House house({.server_name = "irc.example.org", .password = "sesame"});
    CHECK(house.say(house.open(), "NICK a\r\nUSER u 0 * :a\r\n") ==
          ":irc.example.org 464 * :Password incorrect\r\n:irc.example.org ERROR :Closing link (Bad password)\r\n");
    CHECK(house.say(house.open(), "PASS open\r\nNICK a\r\nUSER u 0 * :a\r\n").find(" 464 ") != std::string::npos);
    CHECK(house.say(house.open(), "PASS sesame\r\nNICK a\r\nUSER u 0 * :a\r\n").find(" 001 a ") != std::string::npos);
    House closed({.closed = true});
    CHECK(closed.say(closed.open(), "NICK a\r\n") == "ERROR :IRC is not spoken here\r\n");
}

TEST_CASE("IRC: people of both kinds talk in the lobby, in groups and in private") {
    House house;
    const auto bob = house.join_text("bob"), lily = house.join("lily"), eve = house.join("eve");
    (void)house.read(bob);
    CHECK(house
              .say(lily,
                   "PRIVMSG #lobby :hi \x03"
                   "04,12all\x0F, @bob\r\n")
              .empty());
    CHECK(house.read(bob) == "lily: hi all, @bob\n");
    CHECK(house.read(eve) == ":lily!~u@minimeta PRIVMSG #lobby :hi all, @bob\r\n");
    CHECK(house
              .say(lily,
                   "PRIVMSG #Lobby :\x01"
                   "ACTION waves\x01\r\nPRIVMSG #lobby :\x01VERSION\x01\r\n")
              .empty());
    CHECK(house.read(bob) == "* lily waves\n");
    CHECK(house.read(eve) ==
          ":lily!~u@minimeta PRIVMSG #lobby :\x01"
          "ACTION waves\x01\r\n");
    CHECK(house.say(bob, "@lily @eve psst\n").starts_with("-- Sent in private to "));
    CHECK(house.read(lily) == ":bob!~u@minimeta PRIVMSG lily :@lily @eve psst\r\n");
    CHECK(house.read(eve) == ":bob!~u@minimeta PRIVMSG eve :@lily @eve psst\r\n");
    CHECK(house.say(eve, "JOIN #dev\r\n") ==
          ":eve!~u@minimeta JOIN #dev\r\n:minimeta 353 eve = #dev :~eve\r\n:minimeta 366 eve #dev :End of /NAMES "
          "list\r\n");
    CHECK(house.say(bob, "/join #dev\n#dev hello\n").starts_with("-- You are in #dev."));
    CHECK(house.read(eve) == ":bob!~u@minimeta JOIN #dev\r\n:bob!~u@minimeta PRIVMSG #dev :hello\r\n");
    CHECK(house.say(lily, "NOTICE #lobby :beep\r\nNOTICE nobody :beep\r\nNOTICE eve :boop\r\n").empty());
    CHECK(house.read(eve) == ":lily!~u@minimeta NOTICE #lobby :beep\r\n:lily!~u@minimeta NOTICE eve :boop\r\n");
    CHECK(house.read(bob) == "lily: beep\n");
    CHECK(house.say(lily, "PRIVMSG #dev,nobody,bob :x\r\n") ==
          ":minimeta 404 lily #dev :Cannot send to channel\r\n:minimeta 401 lily nobody :No such nick\r\n");
    CHECK(house.read(bob) == "[private] lily: x\n");
    CHECK(house.say(bob, "/nick rob\n/quit\n").starts_with("-- Your name is rob now."));
    CHECK(house.read(eve) == ":bob!~u@minimeta NICK rob\r\n:rob!~u@minimeta QUIT :Left\r\n");
}

TEST_CASE("IRC: a text that does not go into one line goes into several, and no character is cut") {
    House house;
    const auto bob = house.join_text("bob"), lily = house.join("lily");
    std::string said;
    for (int i = 0; i < 700; ++i) said += "\xE4\xBD\xA0";
    const std::string shift = GENERATE("", "a", "ab");
    said.insert(0, shift);
    house.say(bob, said + "\n");
    std::string joined;
    const std::string read = house.read(lily);
    for (std::size_t at = 0; at < read.size();) {
        const std::size_t end = read.find("\r\n", at);
        REQUIRE(end - at <= 510);
        const std::string line = read.substr(at, end - at), head = ":bob!~u@minimeta PRIVMSG #lobby :";
        REQUIRE(line.starts_with(head));
        CHECK((line.size() - head.size() - (joined.empty() ? shift.size() : 0)) % 3 == 0);
        joined += line.substr(head.size());
        at = end + 2;
    }
    CHECK(joined == said);
}

TEST_CASE("IRC: capabilities: times, ids, echoes and labels, and each takes effect at once") {
    House house;
    const auto bob = house.join_text("bob"), lily = house.join("lily");
    house.say(bob, "one\n");
    CHECK(house.read(lily) == ":bob!~u@minimeta PRIVMSG #lobby :one\r\n");
    CHECK(house.say(lily, "CAP REQ :server-time\r\n") == ":minimeta CAP lily ACK :server-time\r\n");
    house.say(bob, "two\n");
    CHECK(house.read(lily) == "@time=2023-11-14T22:13:20.123Z :bob!~u@minimeta PRIVMSG #lobby :two\r\n");
    house.say(lily, "CAP REQ :message-tags -server-time echo-message labeled-response batch\r\n");
    house.say(bob, "three\n");
    CHECK(house.read(lily) == "@msgid=1700000000-3 :bob!~u@minimeta PRIVMSG #lobby :three\r\n");
    CHECK(house.say(lily, "@label=a;+x=y PRIVMSG #lobby :four\r\n") ==
          "@label=a;msgid=1700000000-4 :lily!~u@minimeta PRIVMSG #lobby :four\r\n");
    CHECK(house.say(lily, "@label=b PONG x\r\n") == "@label=b :minimeta ACK\r\n");
    CHECK(house.say(lily, "@label=c WHO bob\r\n") ==
          "@label=c :minimeta BATCH +l1 labeled-response\r\n"
          "@batch=l1 :minimeta 352 lily * ~u minimeta minimeta bob H :0 bob\r\n"
          "@batch=l1 :minimeta 315 lily bob :End of WHO list\r\n:minimeta BATCH -l1\r\n");
    CHECK(house.say(lily, "CAP LIST\r\n") ==
          ":minimeta CAP lily LIST :batch echo-message labeled-response message-tags\r\n");
}

TEST_CASE("IRC: channels have topics, operators, bans, and rules") {
    House house;
    const auto lily = house.join("lily"), eve = house.join("eve"), bob = house.join_text("bob");
    house.say(lily, "JOIN #dev\r\n");
    house.say(eve, "JOIN #dev\r\n");
    (void)house.read(lily);
    CHECK(house.say(eve, "TOPIC #dev\r\n") == ":minimeta 331 eve #dev :No topic is set\r\n");
    CHECK(house.say(lily, "TOPIC #dev :news\r\n") == ":lily!~u@minimeta TOPIC #dev :news\r\n");
    CHECK(house.read(eve) == ":lily!~u@minimeta TOPIC #dev :news\r\n");
    CHECK(house.say(eve, "TOPIC #dev\r\n") == ":minimeta 332 eve #dev :news\r\n:minimeta 333 eve #dev lily 0\r\n");
    CHECK(house.say(eve, "MODE #dev +o eve\r\n") == ":minimeta 482 eve #dev :You're not channel operator\r\n");
    CHECK(house.say(lily, "MODE #dev +v-x+o eve bob\r\n") ==
          ":minimeta 472 lily x :is unknown mode char to me\r\n"
          ":lily!~u@minimeta MODE #dev +v-qo eve eve eve\r\n:minimeta 441 lily bob #dev :They aren't on that "
          "channel\r\n");
    (void)house.read(eve);
    CHECK(house.say(lily, "MODE #dev +ml 2\r\n") ==
          ":lily!~u@minimeta MODE #dev +m\r\n:lily!~u@minimeta MODE #dev +l 2\r\n");
    CHECK(house.say(bob, "/join #dev\n").starts_with("! "));
    house.say(lily, "MODE #dev -l\r\nMODE #dev +k key\r\n");
    (void)house.read(eve);
    const auto fay = house.join("fay");
    CHECK(house.say(fay, "JOIN #dev wrong\r\n") == ":minimeta 475 fay #dev :Cannot join channel (+k)\r\n");
    CHECK(house.say(fay, "JOIN #new,#dev ,key\r\n").find(":fay!~u@minimeta JOIN #new\r\n") == 0);
    CHECK(house.say(fay, "JOIN #other unneeded\r\n").find(":fay!~u@minimeta JOIN #other\r\n") == 0);
    CHECK(house.say(fay, "PRIVMSG #dev :x\r\n").find(" 404 fay #dev ") != std::string::npos);
    (void)house.read(lily), (void)house.read(eve);
    CHECK(house.say(lily, "KICK #dev fay :out\r\n").find(":lily!~u@minimeta KICK #dev fay :out\r\n") == 0);
    CHECK(house.read(fay) == ":lily!~u@minimeta KICK #dev fay :out\r\n");
    CHECK(house.read(eve) == ":lily!~u@minimeta KICK #dev fay :out\r\n");  // and no PART
    house.say(lily, "MODE #dev +b fay!*@*\r\n");
    CHECK(house.say(fay, "JOIN #dev key\r\n") == ":minimeta 474 fay #dev :Cannot join channel (+b)\r\n");
    CHECK(house.say(lily, "MODE #dev b\r\n") ==
          ":minimeta 367 lily #dev fay!*@*\r\n:minimeta 368 lily #dev :End of channel ban list\r\n");
    CHECK(house.say(lily, "KICK #dev\r\n") == ":minimeta 461 lily KICK :Not enough parameters\r\n");
    CHECK(house.say(lily, "PART #dev,#nix\r\n") ==
          ":lily!~u@minimeta PART #dev\r\n:minimeta 442 lily #nix :You're not on that channel\r\n");
    CHECK(house.say(lily, "PART #lobby\r\n") == ":minimeta 404 lily #lobby :Everybody is in the lobby\r\n");
}

TEST_CASE("IRC: questions") {
    House house;
    const auto lily = house.join("lily");
    (void)house.join_text("bob");
    house.say(lily, "JOIN #dev\r\n");
    CHECK(house.say(lily, "AWAY :tea\r\n") == ":minimeta 306 lily :You have been marked as being away\r\n");
    CHECK(house.say(lily, "WHOIS lily\r\n") ==
          ":minimeta 311 lily lily ~u minimeta * :lily\r\n:minimeta 319 lily lily :#lobby #dev\r\n"
          ":minimeta 312 lily lily minimeta :minimeta\r\n:minimeta 301 lily lily :tea\r\n"
          ":minimeta 317 lily lily 0 :seconds idle\r\n:minimeta 318 lily lily :End of /WHOIS list\r\n");
    CHECK(house.say(lily, "AWAY\r\n") == ":minimeta 305 lily :You are no longer marked as being away\r\n");
    CHECK(house.say(lily, "WHOIS nix\r\n") ==
          ":minimeta 401 lily nix :No such nick\r\n:minimeta 318 lily nix :End of /WHOIS list\r\n");
    CHECK(house.say(lily, "NAMES #lobby\r\n") ==
          ":minimeta 353 lily = #lobby :bob lily\r\n:minimeta 366 lily #lobby :End of /NAMES list\r\n");
    CHECK(house.say(lily, "NAMES #nix\r\n") == ":minimeta 366 lily #nix :End of /NAMES list\r\n");
    CHECK(house.say(lily, "WHO #dev %tcnf,42\r\n") ==
          ":minimeta 354 lily 42 #dev lily H~\r\n:minimeta 315 lily #dev :End of WHO list\r\n");
    CHECK(house.say(lily, "LIST\r\n") ==
          ":minimeta 321 lily Channel :Users  Name\r\n:minimeta 322 lily #lobby 2 :\r\n:minimeta 322 lily #dev 1 :\r\n"
          ":minimeta 323 lily :End of /LIST\r\n");
    CHECK(house.say(lily, "LIST #dev\r\n").find("#lobby") == std::string::npos);
    CHECK(house.say(lily, "TIME\r\n") == ":minimeta 391 lily minimeta :2023-11-14T22:13:20.123Z\r\n");
    CHECK(house.say(lily, "VERSION\r\n").starts_with(":minimeta 351 lily minimeta-"));
    CHECK(house.say(lily, "MODE lily\r\n") == ":minimeta 221 lily +\r\n");
    CHECK(house.say(lily, "MODE #dev\r\n") == ":minimeta 324 lily #dev +nt\r\n");
    CHECK(house.say(lily, "MODE #nix\r\n") == ":minimeta 403 lily #nix :No such channel\r\n");
    CHECK(house.say(lily, "MODE bob +i\r\n") == ":minimeta 502 lily :Can't change mode for other users\r\n");
    CHECK(house.say(lily, "DANCE\r\n") == ":minimeta 421 lily DANCE :Unknown command\r\n");
    CHECK(house.say(lily, "PRIVMSG\r\n") == ":minimeta 411 lily :No recipient given (PRIVMSG)\r\n");
    CHECK(house.say(lily, "PRIVMSG bob\r\n") == ":minimeta 412 lily :No text to send\r\n");
    CHECK(house.say(lily, "NOTICE bob\r\n").empty());
    CHECK(house.say(lily, "PRIVMSG #lobby :\xFF\r\n") ==
          ":minimeta FAIL PRIVMSG INVALID_UTF8 :What is sent here is UTF-8\r\n");
    CHECK(house.say(lily, "PRIVMSG #lobby :" + std::string(9'000, 'x') + "\r\n") ==
          ":minimeta 417 lily :Input line was too long\r\n");
    CHECK(house.say(lily, "ISON nix bob :lily x\r\n") == ":minimeta 303 lily :bob lily\r\n");
    CHECK(house.say(lily, "ISON nix\r\n") == ":minimeta 303 lily :\r\n");
    CHECK(house.say(lily, "USERHOST bob\r\n") == ":minimeta 302 lily :bob=+~u@minimeta\r\n");
    CHECK(house.say(lily, "LUSERS\r\n").starts_with(":minimeta 251 lily :There are 2 users "));
    CHECK(house.say(lily, "INVITE bob #dev\r\n") == ":minimeta 341 lily bob #dev\r\n");
    CHECK(house.say(lily, "INVITE nix #dev\r\n") == ":minimeta 401 lily nix :No such nick\r\n");
    CHECK(house.say(lily, "WHOWAS x\r\n").starts_with(":minimeta 406 lily x "));
}

TEST_CASE("IRC: what comes faster than the rate waits, in order, and nothing of it is lost") {
    House house({}, {.messages_per_second = 1, .burst = 4});
    const auto bob = house.join_text("bob"), lily = house.open();
    std::string lines = "NICK lily\r\nUSER u 0 * :Lily\r\n";
    for (char c = 'a'; c <= 'g'; ++c) lines += std::string("PRIVMSG #lobby :") + c + "\r\nPING " + c + "\r\n";
    std::string read = house.say(lily, lines);
    CHECK(read.find(" 263 ") == read.npos);
    CHECK(house.read(bob) == "-- lily joined.\nlily: a\nlily: b\n");  // beside the name and who is here
    house.transport.send_to(house.room, lily, "PRIVMSG #lobby :h\r\nQUIT\r\n");
    std::string said;
    for (int second = 1; second <= 7; ++second) {
        REQUIRE(house.room.next_deadline() == Time{} + seconds(second));
        house.room.advance(Time{} + seconds(second));
        house.room.flush();
        said += house.read(bob);
    }
    CHECK(said == "lily: c\nlily: d\nlily: e\nlily: f\nlily: g\nlily: h\n-- lily is gone.\n");
    CHECK(house.read(lily).ends_with("ERROR :Closing link (Quit)\r\n"));
}

TEST_CASE("IRC: who sends far more than the rate is disconnected") {
    House house({}, {.messages_per_second = 1, .burst = 4});
    const auto lily = house.open();
    house.say(lily, "NICK lily\r\nUSER u 0 * :Lily\r\nWHO a\r\nWHO b\r\nWHO c\r\n");
    for (int i = 0; i < 9; ++i) house.say(lily, std::string(4'000, '\n'));
    house.room.advance(Time{} + seconds(60));
    CHECK(house.read(lily).ends_with("ERROR :Closing link (Excess Flood)\r\n"));
    CHECK(house.room.member_count() == 0);
}

TEST_CASE("IRC: who waits between two kicks gives its own reason for both") {
    House house({}, {.messages_per_second = 1, .burst = 5});
    const auto lily = house.join("lily"), eve = house.join("eve");
    house.say(lily, "JOIN #dev\r\n");
    const auto ann = house.join("ann"), bob = house.join("bob");
    house.say(ann, "JOIN #dev\r\n");
    house.say(bob, "JOIN #dev\r\n");
    (void)house.read(ann), (void)house.read(bob);
    house.say(lily, "KICK #dev ann,bob :noise\r\n");
    CHECK(house.read(ann).find("KICK #dev ann :noise\r\n") != std::string::npos);
    house.say(eve, "JOIN #own\r\nKICK #own eve :another reason\r\n");
    house.room.advance(Time{} + seconds(1));
    house.room.flush();
    CHECK(house.read(bob).find("KICK #dev bob :noise\r\n") != std::string::npos);
}
