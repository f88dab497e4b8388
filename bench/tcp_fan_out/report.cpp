#include "report.hpp"

#include <cstdio>
#include <string>

#include "clock.hpp"

namespace {

const char* name_of(ServerKind server) { return server == ServerKind::room ? "room" : "naive"; }
const char* name_of(PollerKind poller) { return poller == PollerKind::select ? "select" : "epoll"; }

// The figures that follow from what was measured.
struct Figures {
    explicit Figures(const Measured& measured) {
        const auto deliveries = static_cast<double>(measured.deliveries);
        if (measured.deliveries == 0) return;
        per_second = deliveries / in_seconds(measured.elapsed);
        cpu_nanoseconds = static_cast<double>(measured.server_cpu.nanoseconds) / deliveries;
        at_a_time = measured.receives == 0 ? 0 : deliveries / static_cast<double>(measured.receives);
        p50_microseconds = quantile(measured, 50);
        p99_microseconds = quantile(measured, 99);
    }

    // The least delay that so many percent of the messages did not exceed.
    static double quantile(const Measured& measured, std::size_t percent) {
        const std::size_t count = measured.delays.size();
        if (count == 0) return 0;
        return in_seconds(measured.delays[(count * percent + 99) / 100 - 1]) * 1e6;
    }

    double per_second = 0, cpu_nanoseconds = 0, at_a_time = 0, p50_microseconds = 0, p99_microseconds = 0;
};

std::string quoted(const std::string& text) {
    std::string made = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') made += '\\';
        made += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return made + '"';
}

}  // namespace

void print_text(const Options& options, const Measured& measured) {
    const Figures figures(measured);
    const Faults& faults = measured.faults;
    std::printf("%s, %s: %zu receivers, %zu speakers, %zu messages of %zu bytes, window %zu\n", name_of(options.server),
                name_of(options.poller), options.receivers, options.speakers, options.messages, options.bytes,
                options.window);
    if (!measured.failure.empty()) std::printf("  FAILED                 %s\n", measured.failure.c_str());
    std::printf("  deliveries             %ju in %.3f s: %.0f a second\n", std::uintmax_t{measured.deliveries},
                in_seconds(measured.elapsed), figures.per_second);
    std::printf("  wrong                  lost %ju, duplicated %ju, out of order %ju, damaged %ju, unexpected %ju\n",
                std::uintmax_t{faults.lost}, std::uintmax_t{faults.duplicated}, std::uintmax_t{faults.out_of_order},
                std::uintmax_t{faults.damaged}, std::uintmax_t{faults.unexpected});
    std::printf("  server CPU             %.0f ns per delivery%s\n", figures.cpu_nanoseconds,
                measured.server_cpu_of_life ? " (that of joining is in it)" : "");
    std::printf("  at a time              %.1f deliveries per receive\n", figures.at_a_time);
    std::printf("  until the last has it  p50 %.0f us, p99 %.0f us\n", figures.p50_microseconds,
                figures.p99_microseconds);
    if (measured.closed != 0) std::printf("  closed by the room     %zu\n", measured.closed);
    if (measured.bytes_gained)
        std::printf("  server memory gained   %.0f kB while they spoke\n", *measured.bytes_gained / 1000);
    if (measured.bytes_per_member)
        std::printf("  server memory          %.0f bytes per member\n", *measured.bytes_per_member);
}

void print_json(const Options& options, const Measured& measured) {
    const Figures figures(measured);
    const Faults& faults = measured.faults;
    std::printf(
        "{\"server\": \"%s\", \"poller\": \"%s\", \"mode\": \"%s\", \"receivers\": %zu, \"speakers\": %zu, "
        "\"bytes\": %zu, \"window\": %zu, \"messages\": %zu, ",
        name_of(options.server), name_of(options.poller), options.latency ? "latency" : "throughput", options.receivers,
        options.speakers, options.bytes, options.window, options.messages);
    std::printf(
        "\"good\": %s, \"failure\": %s, \"lost\": %ju, \"duplicated\": %ju, \"out_of_order\": %ju, "
        "\"damaged\": %ju, \"unexpected\": %ju, ",
        measured.good() ? "true" : "false", measured.failure.empty() ? "null" : quoted(measured.failure).c_str(),
        std::uintmax_t{faults.lost}, std::uintmax_t{faults.duplicated}, std::uintmax_t{faults.out_of_order},
        std::uintmax_t{faults.damaged}, std::uintmax_t{faults.unexpected});
    std::printf(
        "\"deliveries\": %ju, \"elapsed_s\": %.6f, \"deliveries_per_s\": %.0f, "
        "\"server_cpu_ns_per_delivery\": %.1f, \"server_cpu_includes_joining\": %s, "
        "\"deliveries_per_receive\": %.2f, "
        "\"last_p50_us\": %.1f, \"last_p99_us\": %.1f, \"closed\": %zu, \"server_bytes_gained\": %.0f, "
        "\"server_bytes_per_member\": %s}\n",
        std::uintmax_t{measured.deliveries}, in_seconds(measured.elapsed), figures.per_second, figures.cpu_nanoseconds,
        measured.server_cpu_of_life ? "true" : "false", figures.at_a_time, figures.p50_microseconds,
        figures.p99_microseconds, measured.closed, measured.bytes_gained.value_or(0),
        measured.bytes_per_member ? std::to_string(static_cast<long long>(*measured.bytes_per_member)).c_str()
                                  : "null");
}
