// The cost of keeping messages and of sending them again: ours, and a deque of ready-made lines beside it.
//
// Where pages are sent, a delivery is a message on it: `per delivery` is the time of an answer, shared among these, and
// `new/message` counts what is allocated for one answer.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "full_room.hpp"
#include "measure.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/state/session_token.hpp"
#include "naive_history.hpp"

namespace {

using minimeta::Limits;
using minimeta::MessageId;

const std::string text(64, 'x');

// ---- Remembering

// Sends a message to one other member, eight times a turn, with a history of so many messages.
void say_remembered(benchmark::State& state) {
    const std::string said(static_cast<std::size_t>(state.range(1)), 'x');
    Limits limits = unhurried;
    limits.history_messages = static_cast<std::size_t>(state.range(0));
    FullRoom<CountingTransport> full(2, limits);
    measure(state, {8, 8}, [&] {
        for (int i = 0; i < 8; ++i) (void)full.room.say(0, said);
        full.room.flush();
    });
}

void remember_alone(benchmark::State& state) {
    const std::string said(static_cast<std::size_t>(state.range(0)), 'x');
    minimeta::History history(unhurried.history_messages, unhurried.history_bytes);
    minimeta::Message message{.from = "u0", .text = said, .author = {1}};
    measure(state, {1, 1}, [&] {
        ++message.stamp.id.sequence;
        history.add(message);
    });
}

void naive_remember_alone(benchmark::State& state) {
    const std::string said(static_cast<std::size_t>(state.range(0)), 'x');
    NaiveHistory history(std::min(unhurried.history_messages, unhurried.history_bytes / said.size()));
    measure(state, {1, 1}, [&] { history.add("u0", said); });
}

// ---- Sending messages again

// Two members, and a history that the second has filled; the first has a session.
struct RememberingRoom : FullRoom<CountingTransport> {
    RememberingRoom() : FullRoom(2) {
        room.advance({}, {1'700'000'000'000'000'000});
        room.offer_sessions(secret);
        room.on_receive(0, "/session\n");
        for (std::size_t i = 0; i < unhurried.history_messages; ++i) (void)room.say(1, text);
        room.flush();
    }

    // The line with which the first member resumes, so that it has missed the last `missed` messages.
    [[nodiscard]] std::string resume_line(std::size_t missed) const {
        const minimeta::History& history = *room.history();
        MessageId seen = history[history.size() - 1].stamp.id;
        seen.sequence -= missed;
        for (const auto& member : room.members())
            if (member.connection == 0)
                return "/resume " + minimeta::TokenMint(secret).token_of(member.number) + " " + text_of(seen) + "\n";
        return {};
    }

    static constexpr minimeta::SipKey secret{1, 2};
};

void page(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    RememberingRoom full;
    const std::string line = "/history " + std::to_string(count) + "\n";
    measure(state, {1, count}, [&] { full.room.on_receive(0, line); });
}

// A member loses its connection, and resumes over another one at once.
void resume(benchmark::State& state) {
    const auto missed = static_cast<std::size_t>(state.range(0));
    RememberingRoom full;
    const std::string line = full.resume_line(missed);
    measure(state, {1, std::max<std::size_t>(missed, 1)}, [&] {
        full.room.on_close(0);
        full.room.on_open(0);
        full.room.on_receive(0, line);
        full.room.flush();
    });
}

// A member joins anew instead.
void come_anew(benchmark::State& state) {
    RememberingRoom full;
    measure(state, {1, 1}, [&] {
        full.room.on_open(2);
        full.room.on_receive(2, "name:lily\n");
        full.room.on_close(2);
        full.room.flush();
    });
}

void naive_page(benchmark::State& state) {
    const auto count = static_cast<std::size_t>(state.range(0));
    NaiveHistory history(unhurried.history_messages);
    for (std::size_t i = 0; i < unhurried.history_messages; ++i) history.add("u1", text);
    std::string queue;
    measure(state, {1, count}, [&] {
        queue.append(history.page(count));
        benchmark::DoNotOptimize(queue.data());
        queue.clear();
    });
}

BENCHMARK(say_remembered)->ArgNames({"kept", "bytes"})->ArgsProduct({{0, 500}, {64, 1024}});
BENCHMARK(remember_alone)->ArgName("bytes")->Arg(64)->Arg(1024);
BENCHMARK(naive_remember_alone)->ArgName("bytes")->Arg(64)->Arg(1024);
BENCHMARK(page)->ArgName("messages")->Arg(20)->Arg(100);
BENCHMARK(resume)->ArgName("missed")->Arg(0)->Arg(20)->Arg(500);
BENCHMARK(come_anew);
BENCHMARK(naive_page)->ArgName("messages")->Arg(20)->Arg(100)->Arg(500);

}  // namespace
