// The setting of a run: how many persons there are, how they are connected, and the limits of their room, as small as they
// may be, or not.
#pragma once

#include <cstddef>
#include <cstdint>

#include "minimeta/limits.hpp"
#include "simulation/person.hpp"
#include "simulation/random.hpp"

struct Setting {
    std::size_t persons;
    minimeta::Limits limits;
    bool reflexes;  // the program acts on events at once (reflex.hpp)
    bool gate;      // and decides about requests (gatekeeper.hpp)

    static constexpr std::size_t steps = 4'000;

    /// The setting of the run that this number decides.
    explicit Setting(std::uint64_t run) {
        Random random(run);
        persons = random.one_of(6u, 40u, 300u);
        reflexes = random.one_in(3);
        limits = {.line_bytes = 200, .name_characters = 16, .recipients = 3, .listed_names = 10'000};
        if (random.one_in(3)) limits.connections = 1 + persons / 2;
        limits.backlog_bytes = random.one_of(1'500u, 6'000u, 60'000u, 200'000u);
        if (random.one_in(6)) limits.backlog_bytes = 400;
        limits.messages_per_second = random.one_of(0u, 2u, 10u, 10u);
        limits.burst = limits.messages_per_second == 2 ? 3 : 20;
        limits.name_seconds = random.one_of(0u, 5u, 60u);
        limits.idle_seconds = random.one_of(0u, 0u, 20u, 100u);
        limits.groups = random.one_of(3u, 1'024u, 1'024u);
        limits.groups_per_member = random.one_of(2u, 128u, 128u);
        limits.history_messages = random.one_of(0u, 4u, 500u, 500u, 500u);
        limits.history_bytes = random.one_of(150u, 65'536u, 65'536u);
        limits.private_history_messages = random.one_of(0u, 5u, 500u);
        limits.private_history_bytes = random.one_of(100u, 16'384u);
        limits.listed_messages = random.one_of(7u, 100u);
        limits.recent_messages = random.one_of(0u, 0u, 3u);
        limits.resume_seconds = random.one_of(0u, 2u, 4u, 60u, 60u);
        limits.noticed_members = random.one_of(2u, 5u, 100u, 100u);
        limits.summary_seconds = random.one_of(2u, 10u);
        limits.residents = random.one_of(2u, 10u);
        gate = random.one_in(3);
        limits.sanctions = random.one_of(1u, 1u, 3u, 100u);
        limits.friends = random.one_of(1u, 2u, 5u, 100u);
        limits.friendships = random.one_of(3u, 20u, 500u);
    }

    /// Makes a person of it; always the same one.
    static void make(Person& person, std::uint64_t run, std::size_t number) {
        Random random(run, 1'000'000 + number);
        person.number = number;
        person.framed = !random.one_in(4);
        person.line_end = random.one_of("\n", "\n", "\r\n");
        person.origin = random.one_of(0u, 0u, 1u, 2u, 3u, 4u, 5u);
        person.capacity = random.one_of(100u, 1'000u, 10'000u, 100'000u);
        person.never_closes = random.one_in(10);
    }
};
