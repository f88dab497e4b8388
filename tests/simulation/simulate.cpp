// simulate: runs of the simulation, one after another, each decided by one number. Where one goes wrong, it says which steps
// of it are enough, and what happens in them.
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

#include "simulation/run.hpp"
#include "simulation/sights.hpp"

namespace {

constexpr const char* usage =
    "simulate: a room in a virtual world, beside a naive model of it\n"
    "  --seed N        begin with run N; without it, with one that chance decides\n"
    "  --runs N        do so many runs\n"
    "  --seconds N     do runs for so long\n"
    "  --steps A,B-C   one run, of these steps only, and tell what happens in it\n"
    "  --each-send     let each send of a short run fail, one after the other\n"
    "  --all-sights    fail if something is never seen that chance should bring about\n";

struct Options {
    std::uint64_t seed = std::random_device{}();
    std::uint64_t runs = 100;
    double seconds = 0;
    std::string steps;
    bool each_send = false;
    bool all_sights = false;
};

Options options_of(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const char* value = i + 1 < count ? words[i + 1] : "";
        if (word == "--each-send") options.each_send = true;
        else if (word == "--all-sights") options.all_sights = true;
        else if (++i; word == "--seed") options.seed = std::strtoull(value, nullptr, 10);
        else if (word == "--runs") options.runs = std::strtoull(value, nullptr, 10);
        else if (word == "--seconds") options.seconds = std::strtod(value, nullptr);
        else if (word == "--steps") options.steps = value;
        else std::exit((std::fputs(usage, word == "--help" ? stdout : stderr), word == "--help" ? 0 : 2));
    }
    return options;
}

Steps all_steps(std::uint64_t count) {
    Steps steps;
    for (std::uint64_t i = 0; i < count; ++i) steps.push_back(i);
    return steps;
}
Steps steps_of(const std::string& text) {
    Steps steps;
    for (const char* at = text.c_str(); *at != '\0';) {
        char* end = nullptr;
        const std::uint64_t first = std::strtoull(at, &end, 10);
        const std::uint64_t last = *end == '-' ? std::strtoull(end + 1, &end, 10) : first;
        for (std::uint64_t i = first; i <= last; ++i) steps.push_back(i);
        at = *end == ',' ? end + 1 : end + std::strlen(end);
    }
    return steps;
}
std::string text_of(const Steps& steps) {
    std::string text;
    for (std::size_t i = 0, next; i < steps.size(); i = next) {
        for (next = i + 1; next < steps.size() && steps[next] == steps[next - 1] + 1;) ++next;
        text += (text.empty() ? "" : ",") + std::to_string(steps[i]);
        if (next - i > 1) text += "-" + std::to_string(steps[next - 1]);
    }
    return text;
}

double seconds_since(std::chrono::steady_clock::time_point begin) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

int report(const Run& run, const Outcome& outcome) {
    std::printf("run %llu goes wrong in step %zu: %s\n", static_cast<unsigned long long>(run.number), outcome.steps,
                outcome.violation.c_str());
    const auto begin = std::chrono::steady_clock::now();
    Run shorter = shortened(run, outcome.steps, [&] { return seconds_since(begin) < 60; });
    std::printf("\nThese %zu steps are enough:\n", shorter.steps.size());
    shorter.narrated = true;
    std::printf("\n%s\n", play_apart(shorter).violation.c_str());
    if (run.failing_send) std::printf("\nThat is with --each-send, and send %zu fails.\n", *run.failing_send);
    std::printf("\nTo have it again:  simulate --seed %llu --steps %s\n", static_cast<unsigned long long>(run.number),
                text_of(shorter.steps).c_str());
    return 1;
}

}  // namespace

int main(int count, char** words) {
    const Options options = options_of(count, words);
    if (!options.steps.empty()) {
        const Run run{.number = options.seed, .steps = steps_of(options.steps), .failing_send = {}, .narrated = true};
        const Outcome outcome = play_apart(run);
        std::printf("%s\n", outcome.violation.empty() ? "nothing goes wrong" : outcome.violation.c_str());
        return outcome.violation.empty() ? 0 : 1;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto goes_on = [&](std::uint64_t runs) {
        return options.seconds != 0 ? seconds_since(begin) < options.seconds : runs < options.runs;
    };
    std::uint64_t events = 0, runs = 0;
    Sights sights;
    std::printf("simulate --seed %llu\n", static_cast<unsigned long long>(options.seed));
    for (; goes_on(runs); ++runs) {
        Run run{.number = options.seed + runs, .steps = all_steps(options.each_send ? 120 : Setting::steps)};
        const Outcome outcome = play_apart(run);
        if (!outcome.violation.empty()) return report(run, outcome);
        events += outcome.events;
        sights.add(outcome.sights);
        for (std::size_t send = 0; options.each_send && send < outcome.sends && goes_on(runs); ++send) {
            run.failing_send = send;
            const Outcome failed = play_apart(run);
            if (!failed.violation.empty()) return report(run, failed);
            events += failed.events;
        }
    }
    std::printf("%llu runs, %llu events survived, in %.0f s\n", static_cast<unsigned long long>(runs),
                static_cast<unsigned long long>(events), seconds_since(begin));
    bool complete = true;
    if (options.all_sights)
        sights.each_missing([&](std::string_view phrase) {
            std::printf("never seen: %.*s\n", static_cast<int>(phrase.size()), phrase.data());
            complete = false;
        });
    return complete ? 0 : 1;
}
