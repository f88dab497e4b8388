// The deeds: what may happen in a step, and how often. A new command or event is a line in the table at the end.
//
// A deed chooses by the randomness of its own step only, so that a step does the same whichever others are left out; it
// looks at what there is, and does nothing where that does not fit.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "minimeta/minimeta.hpp"
#include "simulation/line.hpp"
#include "simulation/person.hpp"
#include "simulation/random.hpp"
#include "simulation/world.hpp"

namespace deeds {

using minimeta::Errc;
using Names = Line::Names;

/// One step: somebody, and what he needs to choose.
struct Step {
    World& world;
    Random& random;
    Person& person;

    void types(const Line& line) const { world.types(person, line); }
    [[nodiscard]] bool one_in(std::size_t n) const { return random.one_in(n); }
    [[nodiscard]] World::Id id() const { return person.wire && person.wire->id ? *person.wire->id : 1'000'000; }
    [[nodiscard]] Person& other() const { return world.person(random.below(world.persons())); }
};

// ---- Choices

inline std::string no_name(const Step& s) { return s.random.one_of("no such", "a@b", "-dash", "much-too-long-a-name"); }

/// Mostly the person's own, and sometimes one that somebody else wants, too.
inline std::string a_name(const Step& s) {
    static const char* const known[] = {"lily", "Lily", "bob", "BOB", "eve", "zoe", "李雷", "韩梅梅", "max", "tülin"};
    if (s.one_in(20)) return no_name(s);
    return s.one_in(4) ? s.random.of(known) : "p" + std::to_string(s.person.number);
}
/// Of a member, or of nobody.
inline std::string somebody(const Step& s) {
    std::string name = s.world.name(s.other());
    if (name.empty()) name = s.world.name(s.other());
    return name.empty() || s.one_in(12) ? s.random.one_of("Bob", "nobody", "lily", "李雷", "p2", "P3") : name;
}
inline Names some(const Step& s) {
    Names names;
    for (std::size_t i = 0, n = 1 + s.random.below(4); i < n; ++i) names.push_back(somebody(s));
    return names;
}
inline std::string an_account(const Step& s) { return s.random.one_of("lily@home", "李雷", "bob", "eve@home"); }
/// A member or, by its account, a friend that need not be here.
inline std::string a_friend(const Step& s) { return s.one_in(3) ? an_account(s) : somebody(s); }
inline std::string any_group(const Step& s) {
    if (s.one_in(3)) return "g" + std::to_string(s.random.below(30));
    return s.random.one_of("dev", "Dev", "tea", "茶", "ops-2", "attic", "lobby");
}
/// Mostly one that the person, or another member, is in.
inline std::string a_group(const Step& s, const minimeta::MemberRef<World::Id>& who) {
    const Names own = s.world.model().groups_of(who);
    return own.empty() || s.one_in(8) ? any_group(s) : s.random.of(own);
}
inline std::string a_group(const Step& s) { return a_group(s, s.id()); }
inline std::string text(const Step& s) {
    if (s.one_in(50)) return std::string(200, 'z');  // as long as may be
    return s.random.one_of("hello", "a: b", "你好，世界 🌍", "mail a＠b.com", "-- lily joined.", "@ x @", "{name}",
                           "+1-1 0 +");
}
inline std::string words(const Step& s) { return s.random.one_of("", "", "lunch", "{text}"); }

// ---- Persons come and go

/// Comes as somebody new, or as who it was, as far as it knows that.
inline void comes(const Step& s) {
    if (s.person.wire) {
        if (s.world.name(s.person).empty()) s.types(lines::takes_name(a_name(s)));
        return;
    }
    s.world.connects(s.person);
    if (!s.person.token().empty() && !s.one_in(4)) {
        s.types(lines::resumes(s.person.token(), s.person.seen(s.one_in(2) ? 0 : s.random.below(12))));
        if (!s.one_in(3)) return;
    }
    if (s.one_in(2)) s.types(lines::opens_session());
    if (!s.one_in(8)) s.types(lines::takes_name(a_name(s)));
}
inline void crowd_comes(const Step& s) {
    for (std::size_t i = 0; i < s.world.persons(); ++i)
        if (s.one_in(2)) comes({s.world, s.random, s.world.person(i)});
}
inline void goes(const Step& s) {
    switch (s.random.below(8)) {
        case 0: return s.types(lines::quits());
        case 1:
        case 2: return s.world.half_closes(s.person);
        case 3:
        case 4: return s.world.resets(s.person);
        default: return s.world.vanishes(s.person);
    }
}
/// Loses its connection and comes again, over and over.
inline void flaps(const Step& s) {
    if (s.person.token().empty()) return;
    for (std::size_t i = 0; i < 25; ++i) {
        s.one_in(2) ? s.world.vanishes(s.person) : s.world.resets(s.person);
        s.world.connects(s.person);
        s.types(lines::resumes(s.person.token(), s.person.seen(0)));
        if (s.one_in(3)) s.types(lines::says_in(a_group(s), text(s)));
        s.world.turn(s.one_in(8) ? 1 : 0, Random(s.random.next()));
        s.world.reads(s.person, s.one_in(4) ? 0 : 100'000);
    }
}
/// Shows a wrong token, that of somebody else, or an id that it cannot know.
inline void lies(const Step& s) {
    const minimeta::TokenMint mint(World::secret);
    std::string token = mint.token_of({s.random.below(2 * s.world.persons())});
    if (s.one_in(3)) token.back() = token.back() == '0' ? '1' : '0';
    if (s.one_in(6)) token = s.random.one_of("lily", "1.0");
    minimeta::MessageId seen = s.world.model().newest();
    seen.sequence += s.random.below(10);
    if (s.one_in(3)) seen = {0, s.random.below(20)};
    if (s.one_in(6)) seen = {7, s.random.below(10)};
    if (!s.person.wire) s.world.connects(s.person);
    s.person.lies();
    s.types(lines::resumes(token, seen));
}

// ---- Persons speak

inline void types_nonsense(const Step& s) {
    switch (s.random.below(8)) {
        case 0: return s.types(lines::is_malformed(std::string(s.one_in(2) ? 201 : 5'000, 'x'), Errc::line_too_long));
        case 1: return s.types(lines::is_refused("caf\xE9", Errc::invalid_utf8));
        case 2: return s.types(lines::custom(s.random.one_of("dance", "guest", "roll"), "2d6"));
        case 3: return s.types(lines::is_malformed("/msg lily", Errc::missing_argument, "/msg"));
        case 4: return s.types(lines::is_malformed("#dev", Errc::missing_argument, "#dev"));
        case 5: return s.types(lines::is_malformed("/history before x", Errc::invalid_argument, "x"));
        case 6: return s.types(lines::blank(s.random.one_of("", "  ")));
        default: return s.types(lines::takes_name(""));
    }
}
inline void asks_history(const Step& s) {
    const minimeta::MessageId newest = s.world.model().newest();
    minimeta::MessageId before{s.one_in(2) ? 0 : newest.epoch, 1 + s.random.below(newest.sequence + 2)};
    if (s.one_in(10)) before = {7, 1 + s.random.below(6)};
    if (s.one_in(2)) before = {};
    const std::size_t count = s.one_in(2) ? 0 : 1 + s.random.below(12);
    if (s.one_in(3)) return s.types(lines::asks_history("", somebody(s), before, count));
    s.types(lines::asks_history(s.one_in(3) ? "" : a_group(s), "", before, count));
}
/// More than it may.
inline void floods(const Step& s) {
    for (std::size_t i = 0, n = 5 + s.random.below(40); i < n; ++i)
        s.one_in(6) ? types_nonsense(s) : s.types(s.one_in(4) ? lines::asks_who() : lines::says(text(s)));
}

/// Talks to somebody in private, and has many names after that; the other one looks for what it said.
inline void hides(const Step& s) {
    Person& other = s.other();
    const std::string name = s.world.name(s.person), to = s.world.name(other);
    if (name.empty() || to.empty()) return;
    s.types(lines::messages({to}, "guess who"));
    for (std::size_t i = 0, n = 5 + s.random.below(6); i < n; ++i) s.types(lines::takes_name(name + std::to_string(i)));
    s.types(lines::takes_name(name));
    s.world.turn(3, Random(s.random.next()));
    s.world.types(other, lines::asks_history("", name, {}, 0));
}

// ---- The program

inline void program_speaks(const Step& s) {
    const std::string group = s.one_in(2) ? "" : any_group(s), what = text(s);
    s.world.does(
        "announce", what, [&](auto& room) { return room.announce(group, what); },
        [&](auto& model) { return model.announce(group, what); });
}
/// The person, by its connection or its number; or a resident.
inline minimeta::MemberRef<World::Id> whom(const Step& s) {
    const auto& residents = s.world.residents();
    if (!residents.empty() && s.one_in(6)) return residents[s.random.below(residents.size())];
    if (s.one_in(2)) return s.id();
    return s.one_in(4) ? s.world.model().number_of(somebody(s))
                       : minimeta::MemberNumber{s.world.model().number(s.id())};
}

inline void program_says(const Step& s) {
    const auto who = whom(s);
    const std::string group = s.one_in(2) ? "" : a_group(s, who), what = text(s);
    s.world.does(
        "say", what, [&](auto& room) { return room.say(who, group, what); },
        [&](auto& model) { return model.say(who, group, what); });
}
inline void program_whispers(const Step& s) {
    const auto who = whom(s);
    const Names to = some(s);
    const std::vector<std::string_view> views(to.begin(), to.end());
    s.world.does(
        "whisper", listed(to), [&](auto& room) { return room.whisper(who, views, "psst"); },
        [&](auto& model) { return model.whisper(who, to, "psst"); });
}
inline void program_renames(const Step& s) {
    const auto who = whom(s);
    const std::string name = a_name(s);
    s.world.does(
        "rename", name, [&](auto& room) { return room.rename(who, name); },
        [&](auto& model) { return model.rename(who, name); });
}
inline void program_seats(const Step& s) {
    const auto who = whom(s);
    const bool joins = s.one_in(2);
    const std::string group = joins ? any_group(s) : a_group(s, who);
    s.world.does(
        joins ? "join" : "leave", group,
        [&](auto& room) { return joins ? room.join(who, group) : room.leave(who, group); },
        [&](auto& model) { return joins ? model.join(who, group) : model.leave(who, group); });
}
inline void program_keeps_group(const Step& s) {
    const std::string group = any_group(s);
    const bool permanent = s.one_in(2);
    s.world.does(
        permanent ? "make permanent" : "make not permanent", group,
        [&](auto& room) { return room.make_permanent(group, permanent); },
        [&](auto& model) { return model.make_permanent(group, permanent); });
}
inline void program_removes(const Step& s) {
    const auto who = whom(s);
    const std::string why = s.one_in(2) ? "" : "enough";
    s.world.does(
        "kick", why, [&](auto& room) { return room.kick(who, why); },
        [&](auto& model) { return model.kick(who, why); });
}
inline void program_adds_resident(const Step& s) {
    if (s.world.residents().size() < 20) s.world.adds_resident(s.random.one_of("guard", "bot", "lily", "p7", "a b"));
}
inline void program_tells(const Step& s) {
    const auto who = whom(s);
    s.world.does(
        "tell", "psst", [&](auto& room) { return room.tell(who, "psst"); },
        [&](auto& model) { return model.tell(who, "psst"); });
}
inline void program_identifies(const Step& s) {
    const auto who = whom(s);
    const std::string account = s.one_in(3) ? "" : an_account(s);
    s.world.does(
        "identify", account, [&](auto& room) { return room.identify(who, account); },
        [&](auto& model) { return model.identify(who, account); });
    s.world.notes(who, s.random.below(1'000));
}
inline void program_marks_away(const Step& s) {
    const auto who = whom(s);
    const bool away = s.one_in(2);
    const std::string why = words(s);
    s.world.does(
        away ? "go away" : "come back", why,
        [&](auto& room) { return away ? room.go_away(who, why) : room.come_back(who); },
        [&](auto& model) { return away ? model.go_away(who, why) : model.come_back(who); });
}

// ---- Moderation, by persons and by the program

inline std::string where(const Step& s) { return s.one_in(3) ? "" : a_group(s); }
inline std::uint64_t a_time(const Step& s) { return s.random.one_of(0u, 1u, 5u, 60u, 600u, 7'200u, 200'000u); }
inline minimeta::Role a_role(const Step& s) {
    return s.random.one_of(minimeta::Role::member, minimeta::Role::voice, minimeta::Role::op);
}
inline minimeta::Setting a_setting(const Step& s) {
    using minimeta::Setting;
    return s.random.one_of(Setting::locked, Setting::moderated, Setting::hidden, Setting::slow_seconds,
                           Setting::member_limit);
}
inline std::uint64_t a_value(const Step& s, minimeta::Setting setting) {
    const bool counts = setting == minimeta::Setting::slow_seconds || setting == minimeta::Setting::member_limit;
    return counts ? s.random.one_of(0u, 0u, 2u, 5u) : s.random.below(3) / 2;  // mostly off
}
inline minimeta::Sanction a_sanction(const Step& s) {
    return s.one_in(2) ? minimeta::Sanction::ban : minimeta::Sanction::mute;
}
/// Mostly one of a few, so that who was punished is pardoned.
inline std::string a_suspect(const Step& s) {
    return s.one_in(3) ? somebody(s) : s.random.one_of("nobody", "Bob", "lily@home");
}
inline void moderates(const Step& s) {
    const std::string group = where(s);
    const minimeta::Setting setting = a_setting(s);
    switch (s.random.below(16)) {
        case 0:
        case 1: return s.types(lines::gives_role(group, somebody(s), a_role(s)));
        case 2: return s.types(lines::sets_topic(group, s.one_in(3) ? "" : text(s)));
        case 3: return s.types(lines::asks_topic(group));
        case 4: return s.types(lines::removes(group, somebody(s), words(s)));
        case 5:
        case 6:
        case 7: return s.types(lines::punishes(group, a_sanction(s), a_suspect(s), a_time(s)));
        case 8:
        case 9: return s.types(lines::pardons(group, a_sanction(s), a_suspect(s)));
        case 10:
        case 11: return s.types(lines::asks_bans(group));
        case 12: return s.types(lines::configures(group, setting, a_value(s, setting)));
        case 13: return s.types(lines::sets_key(a_group(s), s.random.one_of("", "", "sesame")));
        case 14: return s.types(lines::invites(a_group(s), somebody(s)));
        default: return s.types(lines::purges(group, somebody(s)));
    }
}
inline void program_ignores(const Step& s) {
    const auto who = whom(s);
    const auto other = s.world.model().number_of(somebody(s));
    const bool hidden = !s.one_in(3);
    s.world.does(
        "ignore", hidden ? "on" : "off", [&](auto& room) { return room.ignore(who, other, hidden); },
        [&](auto& model) { return model.ignore(who, other, hidden); });
}
inline void program_moderates(const Step& s) {
    const auto who = whom(s);
    const std::string group = s.one_in(3) ? "" : s.one_in(2) ? any_group(s) : a_group(s, who);
    const std::string name = a_suspect(s), topic = text(s);
    const auto role = s.one_in(3) ? minimeta::Role::owner : a_role(s);
    const auto setting = a_setting(s);
    const std::uint64_t value = a_value(s, setting), time = a_time(s);
    const auto does = [&](const char* what, auto&& act) { s.world.does(what, group + " " + name, act, act); };
    switch (s.random.below(12)) {
        case 0:
        case 1: return does("set role", [&](auto& room) { return room.set_role(group, who, role); });
        case 2: return does("set topic", [&](auto& room) { return room.set_topic(group, topic); });
        case 3: return does("configure", [&](auto& room) { return room.configure(group, setting, value); });
        case 4: return does("set key", [&](auto& room) { return room.set_key(group, value != 0 ? "sesame" : ""); });
        case 5: return does("invite", [&](auto& room) { return room.invite(group, who); });
        case 6: return does("kick from", [&](auto& room) { return room.kick_from(group, who, "enough"); });
        case 7: return does("ban", [&](auto& room) { return room.ban(group, name, time); });
        case 8: return does("mute", [&](auto& room) { return room.mute(group, name, time); });
        case 9: return does("unban", [&](auto& room) { return room.unban(group, name); });
        case 10: return does("unmute", [&](auto& room) { return room.unmute(group, name); });
        default: return does("purge", [&](auto& room) { return room.purge(group, name); });
    }
}

// ---- Friends

/// Asks, and often the other one agrees.
inline void befriends(const Step& s) {
    const std::string name = a_friend(s), own = s.world.name(s.person);
    s.types(lines::befriends(name));
    Person& other = s.other();
    if (!own.empty() && !s.one_in(3) && other.wire) s.world.types(other, lines::befriends(own));
}
inline void program_befriends(const Step& s) {
    const auto who = whom(s);
    const std::string name = a_friend(s);
    const bool befriends = !s.one_in(3);
    const auto act = [&](auto& room) { return befriends ? room.befriend(who, name) : room.unfriend(who, name); };
    s.world.does(befriends ? "befriend" : "unfriend", name, act, act);
}
inline void program_remembers_friendship(const Step& s) {
    using minimeta::Relationship;
    const std::string one = an_account(s), other = an_account(s);
    const minimeta::Friendship friendship{
        one, other,
        s.random.one_of(Relationship::friends, Relationship::friends, Relationship::outgoing, Relationship::none)};
    const auto act = [&](auto& room) { return room.remember_friendship(friendship); };
    s.world.does("remember friendship", one + " " + other, act, act);
    s.world.compares_friendships();
}

/// Writes to a friend that is not here, who comes then, and goes again.
inline void writes_to_absent(const Step& s) {
    const auto does = [&](const char* what, auto&& act) { s.world.does(what, "zoe@home", act, act); };
    const auto writer = whom(s);
    const auto reader = s.world.model().number_of(somebody(s));
    const Names to{"zoe@home"};
    const std::vector<std::string_view> views(to.begin(), to.end());
    does("identify", [&](auto& room) { return room.identify(writer, "lily@home"); });
    does("remember friendship", [&](auto& room) { return room.remember_friendship({"lily@home", "zoe@home"}); });
    s.world.does(
        "whisper", "zoe@home", [&](auto& room) { return room.whisper(writer, views, "psst"); },
        [&](auto& model) { return model.whisper(writer, to, "psst"); });
    does("identify", [&](auto& room) { return room.identify(reader, "zoe@home"); });
    does("identify", [&](auto& room) { return room.identify(reader, ""); });
}

// ---- The network and the clocks

inline void persons_read(const Step& s) {
    for (std::size_t i = 0; i < s.world.persons(); ++i) {
        Person& each = s.world.person(i);
        if (!each.stalled && !s.one_in(8)) s.world.reads(each, s.one_in(4) ? s.random.below(200) : 1'000'000);
    }
}
inline void turns(const Step& s) {
    const int tenths = s.random.one_of(0, 0, 1, 2, 5, static_cast<int>(s.random.below(15)));
    s.world.turn(tenths, Random(s.random.next()), s.one_in(6));
    persons_read(s);
}
inline void time_jumps(const Step& s) {
    s.world.turn(s.random.one_of(100, 700, 1'300, 40'000, 400'000), Random(s.random.next()), s.one_in(6));
    persons_read(s);
}
inline void clock_is_set(const Step& s) {
    s.world.sets_clock(minimeta::seconds(s.random.one_of(-86'400, -3'600, -1, 1, 3'600, 86'400)));
}
inline void stalls(const Step& s) { s.person.stalled = !s.one_in(3); }
inline void send_fails(const Step& s) { s.world.network().fail_after(s.random.below(60)); }

// ---- All of them

struct Deed {
    unsigned weight;
    const char* name;
    void (*act)(const Step&);
};

inline constexpr Deed all[] = {
    {90, "turn", turns},
    {1, "jump of time", time_jumps},
    {1, "clock is set", clock_is_set},
    {3, "stall", stalls},
    {1, "send fails", send_fails},
    {30, "come", comes},
    {1, "a crowd comes", crowd_comes},
    {6, "go", goes},
    {1, "flap", flaps},
    {2, "lie", lies},
    {2, "flood", floods},
    {4, "nonsense", types_nonsense},
    {4, "name", [](const Step& s) { s.types(lines::takes_name(a_name(s))); }},
    {20, "say", [](const Step& s) { s.types(lines::says(text(s))); }},
    {3, "act", [](const Step& s) { s.types(lines::acts(text(s))); }},
    {20, "say in a group", [](const Step& s) { s.types(lines::says_in(a_group(s), text(s), s.one_in(6))); }},
    {2, "say about a group", [](const Step& s) { s.types(lines::says_about(any_group(s), text(s))); }},
    {10, "mention", [](const Step& s) { s.types(lines::mentions(some(s), s.one_in(4))); }},
    {8, "message", [](const Step& s) { s.types(lines::messages(some(s), text(s))); }},
    {3, "message to a friend", [](const Step& s) { s.types(lines::messages({a_friend(s)}, text(s))); }},
    {20, "join",
     [](const Step& s) {
         s.types(lines::joins(s.one_in(20) ? no_name(s) : any_group(s), s.one_in(4) ? "sesame" : ""));
     }},
    {8, "leave", [](const Step& s) { s.types(lines::leaves(s.one_in(20) ? no_name(s) : a_group(s))); }},
    {3, "groups", [](const Step& s) { s.types(lines::asks_groups()); }},
    {4, "who", [](const Step& s) { s.types(lines::asks_who(s.one_in(2) ? "" : a_group(s))); }},
    {4, "whois", [](const Step& s) { s.types(lines::asks_whois(somebody(s))); }},
    {3, "away", [](const Step& s) { s.types(lines::goes_away(words(s))); }},
    {2, "back", [](const Step& s) { s.types(lines::comes_back()); }},
    {10, "history", asks_history},
    {1, "hide", hides},
    {4, "session", [](const Step& s) { s.types(lines::opens_session()); }},
    {4, "announce", program_speaks},
    {6, "program says", program_says},
    {3, "program whispers", program_whispers},
    {2, "rename", program_renames},
    {4, "program seats", program_seats},
    {3, "permanent group", program_keeps_group},
    {1, "removal", program_removes},
    {2, "program marks away", program_marks_away},
    {4, "ignore", [](const Step& s) { s.types(lines::ignores(somebody(s), !s.one_in(3))); }},
    {1, "ignored", [](const Step& s) { s.types(lines::asks_ignored()); }},
    {1, "program ignores", program_ignores},
    {18, "moderate", moderates},
    {10, "program moderates", program_moderates},
    {1, "resident", program_adds_resident},
    {2, "program tells", program_tells},
    {4, "identify", program_identifies},
    {8, "befriend", befriends},
    {2, "unfriend", [](const Step& s) { s.types(lines::unfriends(a_friend(s))); }},
    {3, "friends", [](const Step& s) { s.types(lines::asks_friends()); }},
    {2, "program befriends", program_befriends},
    {2, "write to an absent friend", writes_to_absent},
    {2, "program remembers friendship", program_remembers_friendship},
};

/// Does step `number` of a run.
inline void step(World& world, std::uint64_t run, std::uint64_t number) {
    static const unsigned weights = [] {
        unsigned sum = 0;
        for (const Deed& each : all) sum += each.weight;
        return sum;
    }();
    Random random(run, number);
    Person& person = world.person(random.below(world.persons()));
    auto left = static_cast<unsigned>(random.below(weights));
    const Deed* deed = all;
    while (left >= deed->weight) left -= deed++->weight;
    deed->act({world, random, person});
}

}  // namespace deeds
