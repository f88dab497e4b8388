// One port for all: a person, a program and a browser each send their first bytes, and are answered in their own form.
#include <iostream>
#include <string>

#include "minimeta/minimeta.hpp"
#include "minimeta/protocol/doors.hpp"
#include "minimeta/protocol/http.hpp"
#include "minimeta/protocol/json.hpp"

int main() {
    using Web = minimeta::Http<minimeta::Json>;
    const minimeta::http::File page{"/", "text/plain", "Here would be a page.\n"};
    minimeta::MemoryTransport transport;
    minimeta::Room room{transport, {}, minimeta::Doors{Web{{page}}, minimeta::Json{}, minimeta::Text{}}};

    const auto lily = transport.open(room), robot = transport.open(room), browser = transport.open(room);
    transport.send_to(room, lily, "name:lily\n");
    transport.send_to(room, robot, "{\"type\":\"name\",\"name\":\"robot\"}\n{\"type\":\"say\",\"text\":\"beep\"}\n");
    transport.send_to(room, browser, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
    transport.settle(room);

    std::cout << "What lily reads:\n" << transport.take(lily) << "\nWhat the robot reads:\n" << transport.take(robot);
    const std::string answer = transport.take(browser);
    std::cout << "\nWhat the browser reads:\n"
              << answer.substr(0, answer.find('\r')) << "\n...\n"
              << answer.substr(answer.rfind("\r\n") + 2);
}
