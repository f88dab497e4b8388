// The room's counters in the text format of Prometheus (exposition format 0.0.4), and in a file for a collector to read.
#pragma once

#include <cerrno>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "minimeta/error.hpp"
#include "minimeta/metrics.hpp"

namespace tcp_server {

/// Returns the metrics, a line each, behind what they are.
inline std::string prometheus_text(const minimeta::Metrics& metrics) {
    std::string text;
    const auto describe = [&](std::string_view name, std::string_view type, std::string_view help) {
        text.append("# HELP minimeta_").append(name).append(" ").append(help).append("\n# TYPE minimeta_");
        text.append(name).append(" ").append(type).append("\n");
    };
    const auto put = [&](std::string_view name, std::uint64_t value, std::string_view help) {
        describe(name, name.ends_with("_total") ? "counter" : "gauge", help);
        text.append("minimeta_").append(name).append(" ").append(std::to_string(value)).append("\n");
    };
    put("connections", metrics.connections, "Open connections, with or without a name.");
    put("members", metrics.members, "Members, also those whose connection is lost.");
    put("lost", metrics.lost, "Members that have lost their connection and may come back.");
    put("groups", metrics.groups, "Groups; the lobby is one.");
    put("opened_total", metrics.opened, "Connections that were greeted.");
    put("said_total", metrics.said, "Messages to the lobby or a group.");
    put("whispered_total", metrics.whispered, "Private messages.");
    put("deliveries_total", metrics.deliveries, "Events, times the peers that were to read each.");
    put("bytes_total", metrics.bytes, "Bytes for peers.");
    put("slow_total", metrics.slow, "Connections that were closed since too much was waiting for them.");
    put("resumed_total", metrics.resumed, "Members that went on over another connection.");
    describe("refused_total", "counter", "Requests and connections that were refused.");
    for (std::size_t i = 0; i < metrics.refused.size(); ++i) {
        if (metrics.refused[i] == 0) continue;
        text.append("minimeta_refused_total{reason=\"").append(name_of(static_cast<minimeta::Errc>(i)));
        text.append("\"} ").append(std::to_string(metrics.refused[i])).append("\n");
    }
    return text;
}

/// Replaces a file with this text, all at once for those who read it. Returns false if that fails; errno then says why.
inline bool replace_file(const std::string& path, const std::string& text) {
    const std::string fresh = path + ".new";
    std::FILE* file = std::fopen(fresh.c_str(), "we");
    if (file == nullptr) return false;
    const bool written = std::fwrite(text.data(), 1, text.size(), file) == text.size();
    if (std::fclose(file) != 0 || !written) return false;
    return std::rename(fresh.c_str(), path.c_str()) == 0;
}

}  // namespace tcp_server
