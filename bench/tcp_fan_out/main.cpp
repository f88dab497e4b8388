// What a chat server costs over TCP, from end to end: its own process, real sockets, every delivery checked.
#include <cstdio>
#include <string>

#include "measure.hpp"
#include "minimeta/net/process.hpp"
#include "options.hpp"
#include "report.hpp"
#include "server_process.hpp"

int main(int count, char** words) {
    std::string wrong;
    const auto options = parse_options(count, words, wrong);
    if (!options) {
        std::fprintf(stderr, "tcp_fan_out: %s\n%s", wrong.c_str(), std::string(usage).c_str());
        return 2;
    }
    if (options->help) {
        std::printf("%s", std::string(usage).c_str());
        return 0;
    }
    minimeta::net::raise_descriptor_limit();  // if that is not enough, connecting fails and says so
    ServerProcess server(*options);
    if (server.port() == 0) {
        std::fprintf(stderr, "tcp_fan_out: the server could not be started\n");
        return 1;
    }
    const Measured measured = measure(*options, server);
    (options->json ? print_json : print_text)(*options, measured);
    return measured.good() ? 0 : 1;
}
