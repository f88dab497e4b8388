// A run: some or all steps of a world that one number decides, in a process of its own, so that whatever goes wrong there,
// a crash or an endless loop, is an outcome like any other.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "simulation/deeds.hpp"
#include "simulation/memory.hpp"
#include "simulation/setting.hpp"
#include "simulation/sights.hpp"
#include "simulation/violation.hpp"
#include "simulation/world.hpp"

using Steps = std::vector<std::uint64_t>;

struct Run {
    std::uint64_t number = 0;
    Steps steps = {};
    std::optional<std::size_t> failing_send = {};  // this send fails
    bool narrated = false;
};

struct Outcome {
    std::string violation;  // empty if there was none
    std::size_t steps = 0;  // that were begun
    std::uint64_t events = 0;
    std::size_t sends = 0;
    std::string sights;
};

/// Does the steps here and now.
inline Outcome play(const Run& run) {
    Outcome outcome;
    try {
        World world(run.number);
        if (run.narrated) world.narrate();
        if (run.failing_send) world.network().fail_after(*run.failing_send);
        for (const std::uint64_t step : run.steps) {
            ++outcome.steps;
            deeds::step(world, run.number, step);
        }
        outcome.sends = world.network().sends();
        world.ends();
        outcome.events = world.events();
        outcome.sights = world.sights().text();
    } catch (const Violation& violation) {
        outcome.violation = violation.what;
    } catch (const std::exception& error) {
        outcome.violation = error.what();
    }
    if (outcome.violation.empty() && Metered::bytes() != 0) outcome.violation = "the room leaks memory";
    return outcome;
}

/// The same in a process of its own.
inline Outcome play_apart(const Run& run) {
    constexpr unsigned patience_seconds = 120;
    int ends[2];
    if (::pipe(ends) != 0) std::abort();
    std::fflush(stdout);
    const pid_t child = ::fork();
    if (child < 0) std::abort();
    if (child == 0) {
        ::close(ends[0]);
        ::alarm(patience_seconds);
        const Outcome outcome = play(run);
        std::ostringstream report;
        report << outcome.steps << ' ' << outcome.events << ' ' << outcome.sends << ' '
               << (outcome.sights.empty() ? "0" : outcome.sights) << '\n'
               << outcome.violation;
        const std::string text = report.str();
        std::fflush(stdout);
        ::_exit(::write(ends[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()) ? 0 : 1);
    }
    ::close(ends[1]);
    std::string text;
    char buffer[4'096];
    for (ssize_t got; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        text.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0) {
    }
    Outcome outcome;
    if (WIFSIGNALED(status)) outcome.violation = "the program ended by signal " + std::to_string(WTERMSIG(status));
    else if (WEXITSTATUS(status) != 0) outcome.violation = "the program ended by itself";
    if (!outcome.violation.empty()) return outcome.steps = run.steps.size(), outcome;
    std::istringstream report(text);
    report >> outcome.steps >> outcome.events >> outcome.sends >> outcome.sights;
    report.get();
    std::getline(report, outcome.violation);
    return outcome;
}

/// Leaves out steps as long as the run is still wrong (Zeller, Hildebrandt: Simplifying and isolating failure-inducing
/// input, 2002). `goes_on()` tells whether there is time for it.
inline Run shortened(Run run, std::size_t begun, const std::function<bool()>& goes_on) {
    run.steps.resize(begun);
    for (std::size_t size = (begun + 1) / 2; size != 0; size = size == 1 ? 0 : (size + 1) / 2) {
        for (std::size_t at = 0; at < run.steps.size() && goes_on();) {
            Run less = run;
            const auto from = less.steps.begin() + static_cast<std::ptrdiff_t>(at);
            less.steps.erase(from, from + static_cast<std::ptrdiff_t>(std::min(size, less.steps.size() - at)));
            const Outcome outcome = play_apart(less);
            if (outcome.violation.empty()) {
                at += size;
            } else {
                run = less;
                run.steps.resize(std::min(run.steps.size(), outcome.steps));
            }
        }
    }
    return run;
}
