// The README's first program.
#include "catch.hpp"
#include "program.hpp"

TEST_CASE("hello_room prints what two of its three peers read") {
    e2e::Program program(MINIMETA_HELLO_ROOM_PATH);
    CHECK(program.out.receive_all() ==
          "What lily reads:\n"
          "-- Hello! Tell us your name to come in, for example:  name:lily\n"
          "-- Welcome, lily! People here: 1. What you can do: /help\n"
          "-- bob joined.\n"
          "-- eve joined.\n"
          "-- Sent in private to bob; nobody else can read it.\n"
          "-- eve is gone.\n"
          "\n"
          "What bob reads:\n"
          "-- Hello! Tell us your name to come in, for example:  name:lily\n"
          "-- Welcome, bob! People here: 2. What you can do: /help\n"
          "-- eve joined.\n"
          "lily: hello, everybody\n"
          "[private] lily: and this is for @bob\n"
          "-- eve is gone.\n");
    CHECK(program.status() == 0);
}
