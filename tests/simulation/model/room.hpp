// The naive model of a room: what each peer should have read, by the plainest means.
//
// Every peer has a string, and every event is written at once to the strings of all peers that it concerns. There are
// no turns, no logs and no protocols here, and all messages ever said are in one list. It is slow, and meant to be
// obviously right.
//
// What was written can be taken, a turn's worth at a time. The state is in state.hpp, the messages are in archive.hpp, the
// notices of joins and leaves in notices.hpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/features/naming.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/operations/member_ref.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/request.hpp"
#include "minimeta/state/session_token.hpp"
#include "minimeta/time.hpp"
#include "simulation/model/archive.hpp"
#include "simulation/model/friends.hpp"
#include "simulation/model/messages.hpp"
#include "simulation/model/moderation.hpp"
#include "simulation/model/notices.hpp"
#include "simulation/model/state.hpp"
#include "simulation/model/words.hpp"

class ModelRoom {
public:
    using Id = ModelState::Id;
    using Number = ModelState::Number;
    using Names = std::vector<std::string>;
    using MessageId = minimeta::MessageId;
    using Refusal = minimeta::Refusal;
    using Errc = minimeta::Errc;

    /// A member, by its number or its connection.
    using Ref = minimeta::MemberRef<Id>;

    ModelRoom(const minimeta::Limits& limits, minimeta::SipKey secret)
        : limits_(limits),
          mint_(secret),
          state_(limits),
          notices_(state_),
          moderation_(state_),
          archive_(state_),
          friends_(state_, archive_) {}

    ModelRoom(const ModelRoom&) = delete;  // its parts know each other
    ModelRoom& operator=(const ModelRoom&) = delete;

    const ModelPeer& operator[](Id id) const { return state_.peers.at(id); }

    /// Whether there is such a connection, and it is not gone.
    [[nodiscard]] bool is_open(Id id) const {
        const auto found = state_.peers.find(id);
        return found != state_.peers.end() && !found->second.gone;
    }
    /// Connections that the room knows, gone or not.
    [[nodiscard]] std::size_t known_connections() const {
        const auto known = [](const auto& each) { return each.second.known; };
        return static_cast<std::size_t>(std::count_if(state_.peers.begin(), state_.peers.end(), known));
    }
    /// The connection of the member with this name; none while it is lost.
    [[nodiscard]] std::optional<Id> find(const std::string& name) const {
        const std::optional<Number> number = state_.find(name);
        return number ? state_.members.at(*number).connection : std::nullopt;
    }

    /// The name of a connection; empty as long as there is none.
    [[nodiscard]] std::string name(Id id) const { return is_open(id) ? state_.name(id) : ""; }
    [[nodiscard]] bool is_member(Id id) const { return is_open(id) && state_.is_member(id); }

    /// The number of a member; 0 if there is none.
    [[nodiscard]] Number number(const Ref& who) const {
        if (!who.connection()) return state_.members.count(who.number().value) != 0 ? who.number().value : 0;
        return is_member(*who.connection()) ? state_.number(*who.connection()) : 0;
    }
    [[nodiscard]] minimeta::MemberNumber number_of(const std::string& name) const {
        return {state_.find(name).value_or(0)};
    }
    [[nodiscard]] MessageId newest() const { return archive_.newest(); }
    [[nodiscard]] std::size_t member_count() const { return state_.members.size(); }

    /// The names of all members, including those whose connection is lost.
    [[nodiscard]] Names members() const {
        Names names;
        for (const auto& [number, member] : state_.members) names.push_back(member.name);
        return names;
    }

    /// The names of the groups that a member is in, beside the lobby.
    [[nodiscard]] Names groups_of(const Ref& who) const {
        const Number found = number(who);
        return found != 0 ? group_names(state_.members.at(found)) : Names{};
    }

    // ---- Coming and going

    void open(Id id, std::uint64_t origin) {
        const auto open = known_connections();
        ModelPeer& peer = state_.peers[id];
        peer = ModelPeer{};
        peer.origin = origin;
        peer.opened = peer.heard = state_.now;
        peer.allowance = limits_.burst;
        peer.known = open < limits_.connections;
        peer.gone = !peer.known;
        if (!peer.known) {
            write(id, "! The room is full. The connection is closed.");
            return state_.tell_program_of(id, "refused", "room_full");
        }
        state_.nameless.push_back(id);
        patience_ = patience();
        write(id, "-- Hello! Tell us your name to come in, for example:  name:lily");
        state_.tell_program_of(id, "opened");
    }

    /// A connection is gone against its peer's will.
    void loses(Id id, Refusal why = {}) {
        const ModelPeer& peer = (*this)[id];
        if (peer.gone) return;
        const std::optional<Number> number = state_.cut(id);
        if (number) is_lost(*number, peer.origin, why);
        state_.tell_program_of(id, "closed", why ? name_of(*why) : "", number.value_or(0));
    }

    /// The room is told that a connection has ended; its id may be used again.
    void ends(Id id) {
        loses(id);
        state_.peers.erase(id);
    }

    void quits(Id id) {
        write(id, "-- Goodbye!");
        closes(id, {});
    }

    Refusal kick(const Ref& who, const std::string& words) {
        const Number member = number(who);
        std::optional<Id> id = who.connection();
        if (member != 0) id = state_.members.at(member).connection;
        else if (!id || !is_open(*id)) return Errc::not_a_member;
        if (!id) return departs(member, Errc::kicked), Refusal();
        write(*id, words.empty() ? "! You were removed. The connection is closed." : "! You were removed: " + words);
        closes(*id, Errc::kicked);
        return {};
    }

    /// What the program does with each event, at once. A hook, which is told of events as event_text.hpp has them.
    void on_event(std::function<void(const std::string& event)> hook) {
        state_.reflex = [this, hook = std::move(hook)](const std::string& event) {
            const bool held = std::exchange(held_to_rules_, false);
            hook(event);
            held_to_rules_ = held;
        };
    }

    /// What the program answers to requests (gatekeeper.hpp).
    void on_request(std::function<minimeta::Verdict(Id, const std::string& kind, const std::string& about)> gate) {
        gate_ = std::move(gate);
    }

    /// What the program should have been told since the last time.
    [[nodiscard]] std::string take_events() { return std::exchange(state_.events, {}); }

    /// What a peer should have been sent since the last time, in its lines.
    [[nodiscard]] std::string take(Id id) { return std::exchange(state_.peers.at(id).reads, {}); }

    // ---- Time

    void passes(int tenths, minimeta::WallTime wall_time) {
        state_.now += tenths;
        archive_.advance(wall_time);
        for (auto& [id, peer] : state_.peers)
            peer.allowance =
                std::min<double>(limits_.burst, peer.allowance + tenths * (limits_.messages_per_second / 10.0));
        for (auto& [number, member] : state_.members) member.resumes = std::min(100, member.resumes + tenths);
        patience_ = patience();
    }

    /// What is due at this time is done.
    void expires() {
        while (next_nameless() && *next_nameless() <= state_.now) {
            const Id id = state_.nameless.front();
            write(id, "! " + filled(english.reason(Errc::no_name_in_time), {{"limit", std::to_string(patience_)}}) +
                          " The connection is closed.");
            closes(id, Errc::no_name_in_time);
        }
        while (const auto silent = next_silent()) {
            if (silent->first > state_.now) break;
            close_silent(silent->second);
        }
        while (next_loss() && *next_loss() <= state_.now) departs(state_.lost.front(), {});
        while (notices_.deadline() && *notices_.deadline() <= state_.now) notices_.send_summary();
    }

    /// When something will happen by itself.
    [[nodiscard]] std::optional<int> deadline() const {
        std::optional<int> first;
        const auto consider = [&first](std::optional<int> due) {
            if (due && (!first || *due < *first)) first = due;
        };
        consider(next_nameless());
        if (const auto silent = next_silent()) consider(silent->first);
        consider(next_loss());
        consider(notices_.deadline());
        return first;
    }

    /// A peer has sent something.
    void hears(Id id) {
        if (is_member(id)) touch(id);
    }

    /// Whether a peer may send a line now.
    bool admits(Id id) {
        ModelPeer& peer = state_.peers.at(id);
        if (limits_.messages_per_second == 0) return true;
        if (peer.allowance >= limits_.burst - 0.001) peer.flooding = false;
        if (peer.allowance >= 0.999) {
            peer.allowance -= 1;
            return true;
        }
        if (std::exchange(peer.flooding, true)) return false;
        answer(id, Errc::too_fast);
        state_.tell_program_of(id, "limited", "too_fast", state_.number(id));
        return false;
    }

    // ---- What the program may do; and what peers may, once they have been admitted

    Refusal rename(const Ref& who, const std::string& name) {
        const Number self = number(who);
        if (self == 0 && !(who.connection() && is_open(*who.connection()))) return Errc::not_a_member;
        if (const Refusal refused = check_name(name)) return refused;
        if (self != 0 && name == state_.members.at(self).name) return Errc::name_unchanged;
        const std::optional<Number> holder = state_.find(name);
        if (self == 0) {
            if (const Refusal refused = lets_in(*who.connection(), name)) return refused;
            if (holder) return Errc::name_taken;
            return enters(*who.connection(), name), Refusal();
        }
        if (moderation_.is_sanctioned(ModelState::lobby, minimeta::Sanction::ban, 0, name, "", 0)) return Errc::banned;
        if (holder && holder != self) return Errc::name_taken;
        ModelMember& member = state_.members.at(self);
        const std::string before = std::exchange(member.name, name);
        if (limits_.private_history_messages != 0) {
            member.former_names.emplace_back(before, newest());
            if (member.former_names.size() > 8) member.former_names.erase(member.former_names.begin());
        }
        state_.write_to(self, "-- Your name is " + name + " now.");
        if (member.connection && state_.peers.at(*member.connection).stamped)
            write(*member.connection, "+name " + name);
        notices_.announce_of_member(member.groups, friends_.connections_of(self),
                                    "-- " + before + " is now " + name + ".", &ModelSummary::renamed,
                                    member.connection);
        state_.tell_program({"renamed", before, name, std::to_string(self)});
        return {};
    }

    Refusal say(const Ref& who, const std::string& group, const std::string& text, bool action = false) {
        const Number self = number(who);
        if (self == 0) return Errc::not_a_member;
        const std::optional<int> where = state_.own_group(self, group);
        if (!where) return Errc::not_in_group;
        if (held_to_rules_)
            if (const Refusal refused = moderation_.may_speak(self, *where)) return refused;
        const bool was_away = attends(self);
        const ModelMember& member = state_.members.at(self);
        say_in(*where, {.from = member.name, .text = text, .action = action, .author = self}, member.connection);
        if (was_away) is_back(self);
        return {};
    }

    /// What the program says to one connection.
    Refusal tell(const Ref& who, const std::string& text) {
        const Number member = number(who);
        if (member != 0) return state_.write_to(member, "[private] ** " + text), Refusal();
        if (!who.connection() || !is_open(*who.connection())) return Errc::not_a_member;
        return write(*who.connection(), "[private] ** " + text), Refusal();
    }

    Refusal identify(const Ref& who, const std::string& account) {
        const Number member = number(who);
        if (member == 0) return Errc::not_a_member;
        if (!account.empty() &&
            moderation_.is_sanctioned(ModelState::lobby, minimeta::Sanction::ban, 0, "", account, 0))
            return is_expelled(member, ModelState::lobby, "", Errc::banned), Errc::banned;
        return friends_.identify(member, account), Refusal();
    }
    std::uint64_t* data(const Ref& who) {
        const Number member = number(who);
        return member != 0 ? &state_.members.at(member).data : nullptr;
    }

    minimeta::AddedResident add_resident(const std::string& name) {
        if (const Refusal refused = check_name(name)) return {refused};
        const auto is_resident = [](const auto& each) { return each.second.resident; };
        if (std::count_if(state_.members.begin(), state_.members.end(), is_resident) >=
            static_cast<std::ptrdiff_t>(limits_.residents))
            return {Errc::no_more_residents};
        if (state_.find(name)) return {Errc::name_taken};
        const Number number = ++state_.members_made;
        state_.members[number] = {.name = name, .connection = {}, .resident = true};
        state_.groups.at(ModelState::lobby).members.insert(number);
        notices_.announce(ModelState::lobby, "-- " + name + " joined.", &ModelSummary::joined);
        state_.tell_program({"joined", name, std::to_string(number)});
        return {{}, {number}};
    }

    Refusal announce(const std::string& group, const std::string& text) {
        const std::optional<int> where = state_.find_group(group);
        if (!where) return Errc::no_such_group;
        say_in(*where, {.text = text});
        return {};
    }

    Refusal whisper(const Ref& who, const Names& to, const std::string& text, bool action = false) {
        missing_.clear();
        const Number sender = number(who);
        if (sender == 0) return Errc::not_a_member;
        if (held_to_rules_ && moderation_.is_muted(sender, ModelState::lobby)) return Errc::muted;
        std::vector<Number> recipients;
        Names reached, absent;  // names, and friends that are not here
        const auto add = [](auto& list, const auto& item) {
            if (std::count(list.begin(), list.end(), item) != 0) return false;
            return list.push_back(item), true;
        };
        for (const std::string& name : to) {
            std::optional<Number> found = state_.find(name);
            if (!found) found = friends_.present_friend(sender, name);
            if (found == sender) continue;
            const auto away = found ? std::nullopt : friends_.absent_friend(sender, name);
            if (found && add(recipients, *found)) reached.push_back(state_.members.at(*found).name);
            if (away && add(absent, *away)) reached.push_back(friends_.name_of(*away));
            if (!found && !away) add(missing_, name);
            if (reached.size() + missing_.size() > limits_.recipients) return Errc::too_many_recipients;
        }
        if (!missing_.empty()) return Errc::absent;
        if (reached.empty()) return Errc::to_yourself;
        const bool keeps = limits_.private_history_messages != 0;
        for (const Number each : recipients)
            if (!keeps && state_.members.at(each).lost()) missing_.push_back(state_.members.at(each).name);
        if (!missing_.empty()) return Errc::unreachable;

        const bool was_away = attends(sender);
        ModelMessage& message = archive_.add({.group = ModelMessage::in_private,
                                              .from = state_.members.at(sender).name,
                                              .to = listed(reached, ","),
                                              .text = text,
                                              .action = action,
                                              .author = sender});
        // If private messages are not kept, a member that resumes is notified of a gap.
        if (keeps) message.audience = {sender};
        for (const Number each : recipients)
            if ((keeps || state_.members.at(each).has_session) && !state_.ignores(each, sender))
                message.audience.insert(each);
        message.waits_for = {absent.begin(), absent.end()};
        for (const Number each : recipients)
            if (state_.ignores(each, sender)) continue;
            else if (const auto connection = state_.members.at(each).connection) state_.write(*connection, message);
        if (const auto id = state_.members.at(sender).connection) {
            write(*id, "-- Sent in private to " + listed(reached) + "; nobody else can read it.");
            for (const Number each : recipients) write_away(*id, state_.members.at(each));
            for (const Number each : recipients)
                if (state_.members.at(each).lost())
                    write(*id, filled(english.connection_lost, {{"name", state_.members.at(each).name}}));
            for (const std::string& each : absent)
                write(*id, filled(english.delivered_later, {{"name", friends_.name_of(each)}}));
        }
        state_.tell_program(message.event());
        if (was_away) is_back(sender);
        return {};
    }

    // ---- Groups

    Refusal join(const Ref& who, const std::string& name, const std::string& key = "") {
        const Number self = number(who);
        if (self == 0) return Errc::not_a_member;
        std::optional<int> group = state_.find_group(name);
        if (!group)
            if (const Refusal refused = check_name(name)) return refused;
        if (!key.empty() && (!group || state_.groups.at(*group).key.empty())) return Errc::name_character;
        if (state_.own_group(self, name)) return Errc::in_group_already;
        ModelMember& member = state_.members.at(self);
        if (member.groups.size() >= limits_.groups_per_member) return Errc::too_many_groups;
        const bool makes = !group;
        if (!group) group = state_.create_group(name);
        if (!group) return Errc::no_more_groups;
        if (held_to_rules_)
            if (const Refusal refused = moderation_.may_enter(self, *group, key)) return refused;
        ModelGroup& joined = state_.groups.at(*group);
        if (makes) joined.roles[self] = minimeta::Role::owner;
        joined.members.insert(self);
        member.groups.push_back(*group);
        const ModelBlanks blanks{
            {"name", member.name}, {"group", joined.name}, {"count", std::to_string(joined.members.size())}};
        state_.write_to(self, filled(english.group_entered, blanks));
        if (!joined.topic.empty()) state_.write_to(self, moderation_.topic_line(*group));
        if (member.connection) archive_.tell_recent(*member.connection, *group);
        notices_.announce(*group, filled(english.group_joined, blanks), &ModelSummary::joined, member.connection);
        state_.tell_program({"group joined", member.name, joined.name, std::to_string(self)});
        return {};
    }

    Refusal leave(const Ref& who, const std::string& name) {
        const Number self = number(who);
        if (self == 0) return Errc::not_a_member;
        const std::optional<int> group = state_.own_group(self, name);
        if (!group) return Errc::not_your_group;
        if (*group == ModelState::lobby) return Errc::in_lobby_always;
        ModelMember& member = state_.members.at(self);
        ModelGroup& left = state_.groups.at(*group);
        left.members.erase(self);
        left.roles.erase(self);
        std::erase(member.groups, *group);
        archive_.leaves(self, *group);
        const ModelBlanks blanks{{"name", member.name}, {"group", left.name}};
        state_.write_to(self, filled(english.group_exited, blanks));
        notices_.announce(*group, filled(english.group_left, blanks), &ModelSummary::left);
        state_.remove_if_empty(*group);
        state_.tell_program({"group left", blanks.at("name"), blanks.at("group"), std::to_string(self)});
        return {};
    }

    Refusal make_permanent(const std::string& name, bool permanent) {
        std::optional<int> group = state_.find_group(name);
        if (!group && !permanent) return Errc::no_such_group;
        if (!group) {
            if (const Refusal refused = check_name(name)) return refused;
            group = state_.create_group(name);
            if (!group) return Errc::no_more_groups;
        }
        state_.groups.at(*group).permanent = permanent;
        state_.remove_if_empty(*group);
        return {};
    }

    void list_groups(Id id) {
        if (!is_member(id)) return answer(id, Errc::not_a_member);
        std::map<std::string, std::string> shown;  // by name, and so the lobby first
        for (auto& [number, group] : state_.groups) {
            if (is_hidden_from(state_.number(id), group)) continue;
            std::string_view phrase = english.group_listed;
            if (group.members.count(state_.number(id)) != 0) phrase = english.own_group_listed;
            if (number == ModelState::lobby) phrase = english.lobby_listed;
            shown[group.name] =
                filled(phrase, {{"group", group.name}, {"count", std::to_string(group.members.size())}});
        }
        write(id, filled(english.groups, {{"count", std::to_string(shown.size())}, {"groups", listed(values(shown))}}));
    }

    // ---- Moderation, by the program

    Refusal set_role(const std::string& group, const Ref& who, minimeta::Role role) {
        const Number target = number(who);
        if (target == 0) return Errc::not_a_member;
        return in(group, [&](int where) { return moderation_.set_role(0, where, target, role); });
    }
    Refusal set_topic(const std::string& group, const std::string& text) {
        return in(group, [&](int where) { return moderation_.set_topic(0, where, text); });
    }
    Refusal configure(const std::string& group, minimeta::Setting setting, std::uint64_t value) {
        return in(group, [&](int where) { return moderation_.configure(0, where, setting, value); });
    }
    Refusal set_key(const std::string& group, const std::string& key) {
        return in(group, [&](int where) { return moderation_.set_key(0, where, key); });
    }
    Refusal invite(const std::string& group, const Ref& who) {
        const Number guest = number(who);
        if (guest == 0) return Errc::not_a_member;
        return in(group, [&](int where) { return moderation_.invite(0, where, guest); });
    }
    Refusal kick_from(const std::string& group, const Ref& who, const std::string& words) {
        const Number target = number(who);
        if (target == 0) return Errc::not_a_member;
        return in(group, [&](int where) { return expel(0, where, target, words); });
    }
    Refusal ban(const std::string& group, const std::string& name, std::uint64_t seconds) {
        return in(group, [&](int where) { return punish(0, where, minimeta::Sanction::ban, name, seconds); });
    }
    Refusal mute(const std::string& group, const std::string& name, std::uint64_t seconds) {
        return in(group, [&](int where) { return punish(0, where, minimeta::Sanction::mute, name, seconds); });
    }
    Refusal unban(const std::string& group, const std::string& name) {
        return in(group, [&](int where) { return moderation_.pardon(0, where, minimeta::Sanction::ban, name); });
    }
    Refusal unmute(const std::string& group, const std::string& name) {
        return in(group, [&](int where) { return moderation_.pardon(0, where, minimeta::Sanction::mute, name); });
    }
    Refusal purge(const std::string& group, const std::string& name) {
        return in(group, [&](int where) { return purge(0, where, name); });
    }

    // ---- Moderation, by a peer that is in the group; `about` is what a refusal is about

    /// Does something in a group as the peer, `act(moderation, its number, group)`.
    template <class Act>
    void moderates(Id id, const std::string& group, const std::string& about, Act&& act) {
        const std::optional<int> where = state_.own_group(state_.number(id), group);
        if (!where) return answer(id, Errc::not_your_group, group);
        answer(id, act(moderation_, state_.number(id), *where), about);
    }
    /// The same to a member. Who is to be removed is looked for before the group.
    template <class Act>
    void moderates_member(Id id, const std::string& group, const std::string& name, bool member_first, Act&& act) {
        const std::optional<int> where = state_.own_group(state_.number(id), group);
        const std::optional<Number> target = state_.find(name);
        if (member_first && !target) return answer(id, Errc::no_such_member, name);
        if (!where) return answer(id, Errc::not_your_group, group);
        if (!target) return answer(id, Errc::no_such_member, name);
        answer(id, act(moderation_, state_.number(id), *where, *target), name);
    }
    /// The same to a member that may not be in the group; a refusal is about the group.
    template <class Act>
    void moderates_guest(Id id, const std::string& group, const std::string& name, Act&& act) {
        const std::optional<Number> guest = state_.find(name);
        if (!guest) return answer(id, Errc::no_such_member, name);
        moderates(id, group, group,
                  [&](auto& moderation, Number self, int where) { return act(moderation, self, where, *guest); });
    }
    Refusal expel(Number actor, int group, Number target, const std::string& words) {
        if (state_.groups.at(group).members.count(target) == 0) return Errc::not_there;
        if (const Refusal refused = moderation_.needs(actor, group, minimeta::Role::op)) return refused;
        if (const Refusal refused = moderation_.outranks(actor, target, group)) return refused;
        const ModelMember& member = state_.members.at(target);
        const std::string group_name = state_.groups.at(group).name;
        if (group != ModelState::lobby)
            state_.write_to(target, filled(words.empty() ? english.kicked_from : english.kicked_from_saying,
                                           {{"group", group_name}, {"by", moderation_.by(actor)}, {"text", words}}));
        moderation_.publish(group, words.empty() ? english.kicked : english.kicked_saying,
                            {{"name", member.name}, {"text", words}}, actor, member.connection);
        state_.tell_program(
            {"kicked", member.name, words, moderation_.name_of(actor), group_name, std::to_string(target)});
        is_expelled(target, group, words, Errc::kicked);
        return {};
    }
    Refusal punish(Number actor, int group, minimeta::Sanction sanction, const std::string& name,
                   std::uint64_t seconds) {
        std::optional<Number> removed;
        if (const Refusal refused = moderation_.punish(actor, group, sanction, name, seconds, removed)) return refused;
        if (removed) is_expelled(*removed, group, "", Errc::banned);
        return {};
    }
    Refusal purge(Number actor, int group, const std::string& name) {
        if (const Refusal refused = moderation_.needs(actor, group, minimeta::Role::op)) return refused;
        const std::optional<Number> target = state_.find(name);
        if (target && *target != actor)
            if (const Refusal refused = moderation_.outranks(actor, *target, group)) return refused;
        std::string spelled = target ? state_.members.at(*target).name : "";
        if (!archive_.purge(group, target.value_or(0), name, spelled)) return Errc::not_there;
        moderation_.publish(group, english.purged, {{"name", spelled}}, actor);
        state_.tell_program({"purged", spelled, moderation_.name_of(actor), state_.groups.at(group).name,
                             std::to_string(target.value_or(0))});
        return {};
    }
    void tell_topic(Id id, const std::string& group) {
        moderates(id, group, group, [&](auto& moderation, Number, int where) {
            return write(id, moderation.topic_line(where)), Refusal();
        });
    }
    void list_sanctions(Id id, const std::string& group) {
        moderates(id, group, group, [&](auto& moderation, Number self, int where) -> Refusal {
            if (const Refusal refused = moderation.needs(self, where, minimeta::Role::op)) return refused;
            return write(id, moderation.listed_sanctions(where)), Refusal();
        });
    }

    // ---- Members and presence

    void who(Id id, const std::string& name = "") {
        if (!is_member(id)) return answer(id, Errc::not_a_member);
        const std::optional<int> where = state_.own_group(state_.number(id), name);
        if (!where) return answer(id, Errc::not_your_group, name);
        const ModelGroup& group = state_.groups.at(*where);
        std::map<std::string, std::string> shown;  // by name
        for (const Number each : group.members) {
            const ModelMember& member = state_.members.at(each);
            std::string_view phrase = "{name}";
            if (member.away) phrase = english.member_away;
            if (member.lost()) phrase = english.member_lost;
            shown[member.name] =
                filled(phrase, {{"name", moderation_.listed_as(moderation_.role(each, *where), member.name)}});
        }
        const std::string names = listed(values(shown)), count = std::to_string(shown.size());
        if (group.name.empty()) return write(id, "-- Here now (" + count + "): " + names);
        write(id, filled(english.members_in, {{"group", group.name}, {"count", count}, {"names", names}}));
    }

    void whois(Id id, const std::string& name) {
        if (!is_member(id)) return answer(id, Errc::not_a_member);
        const std::optional<Number> found = state_.find(name);
        if (!found) return answer(id, Errc::no_such_member, name);
        const ModelMember& member = state_.members.at(*found);
        if (member.lost()) write(id, filled(english.connection_lost, {{"name", member.name}}));
        if (member.resident) write(id, filled(english.is_resident, {{"name", member.name}}));
        if (member.connection) write_activity(id, member.name, (state_.now - (*this)[*member.connection].heard) / 10);
        if (!member.account.empty())
            write(id, filled(english.is_account, {{"name", member.name}, {"account", member.account}}));
        const minimeta::Role role = moderation_.role(*found, ModelState::lobby);
        if (role != minimeta::Role::member)
            write(id,
                  filled(english.is_role, {{"name", member.name}, {"role", std::string(moderation_.called(role))}}));
        write_away(id, member);
        Names groups;
        for (const int group : member.groups)
            if (!is_hidden_from(state_.number(id), state_.groups.at(group)))
                groups.push_back("#" + state_.groups.at(group).name);
        if (!groups.empty()) write(id, filled(english.is_in, {{"name", member.name}, {"groups", listed(groups)}}));
    }

    Refusal ignore(const Ref& who, const Ref& whom, bool hidden) {
        const Number self = number(who), other = number(whom);
        if (self == 0 || other == 0) return Errc::not_a_member;
        if (self == other) return Errc::to_yourself;
        const bool before = state_.ignores(self, other);
        auto& list = state_.members.at(self).ignores;
        if (!hidden && !before) return Errc::not_there;
        if (hidden && !before && list.size() >= limits_.sanctions) return Errc::too_many_sanctions;
        std::erase(list, other);
        if (hidden) list.push_back(other);
        state_.write_to(self, filled(hidden ? english.now_ignored : english.not_ignored,
                                     {{"name", state_.members.at(other).name}}));
        return {};
    }
    void ignores(Id id, const std::string& name, bool hidden) {
        const std::optional<Number> other = state_.find(name);
        answer(id, other ? ignore(id, minimeta::MemberNumber{*other}, hidden) : Refusal(Errc::no_such_member), name);
    }
    void list_ignored(Id id) {
        Names names;
        for (const Number each : state_.member_of(id).ignores) names.push_back(state_.members.at(each).name);
        write(id, filled(names.empty() ? english.nobody_ignored : english.ignored, {{"names", listed(names)}}));
    }

    Refusal befriend(const Ref& who, const std::string& name) {
        const Number self = number(who);
        return self != 0 ? friends_.befriend(self, name) : Errc::not_a_member;
    }
    Refusal unfriend(const Ref& who, const std::string& name) {
        const Number self = number(who);
        return self != 0 ? friends_.unfriend(self, name) : Errc::not_a_member;
    }
    void list_friends(Id id) { friends_.list(id); }
    Refusal remember_friendship(const minimeta::Friendship& friendship) {
        return friends_.remember(std::string(friendship.account), std::string(friendship.other),
                                 friendship.relationship);
    }
    [[nodiscard]] std::vector<std::string> friendships() const { return friends_.all(); }

    Refusal go_away(const Ref& who, const std::string& text) {
        const Number self = number(who);
        if (self == 0) return Errc::not_a_member;
        ModelMember& member = state_.members.at(self);
        member.away = text;
        state_.write_to(self, std::string(english.now_away));
        for (const Id id : friends_.connections_of(self)) write_away(id, member);
        state_.tell_program({"away", member.name, text, std::to_string(self)});
        return {};
    }
    Refusal come_back(const Ref& who) {
        const Number self = number(who);
        if (self == 0) return Errc::not_a_member;
        if (!attends(self)) return Errc::not_away;
        is_back(self);
        return {};
    }

    // ---- What was said

    /// A message from before the room began.
    void remember(const minimeta::Stamp& stamp, const std::string& from, const std::string& text) {
        archive_.remember({.stamp = stamp, .from = from, .text = text});
    }

    /// Asks for what was said in a group; or in private, if `with` is not empty. {} and 0 where nothing is said of it.
    void recall(Id id, const std::string& group, const std::string& with, MessageId before, std::size_t count) {
        if (!is_member(id)) return answer(id, Errc::not_a_member);
        const std::optional<int> where = state_.own_group(state_.number(id), group);
        if (!where) return answer(id, Errc::not_your_group, group);
        if (count == 0) count = (limits_.listed_messages + 4) / 5;
        archive_.send_history(id, *where, with, archive_.completed(before), std::min(count, limits_.listed_messages));
    }

    // ---- Coming back

    void open_session(Id id) {
        state_.peers.at(id).stamped = true;
        identify(id);
        if (!offers_sessions()) answer(id, Errc::no_sessions);
    }

    void resume(Id id, const std::string& token, MessageId seen) {
        if (!offers_sessions()) return answer(id, Errc::no_sessions);
        if (is_member(id)) return answer(id, Errc::named_already);
        ModelPeer& peer = state_.peers.at(id);
        peer.stamped = true;
        const std::optional<Number> number = whose(token);
        if (!number) return answer(id, Errc::session_unknown);
        ModelMember& member = state_.members.at(*number);
        if (member.resumes < 10) {
            write(id, "! " + std::string(english.reason(Errc::resumed_too_often)) + " The connection is closed.");
            return closes(id, Errc::resumed_too_often);
        }
        member.resumes -= 10;
        const std::optional<Id> old = member.connection;
        if (old) {
            write(*old, "! You go on over another connection. The connection is closed.");
            state_.cut(*old);
        }
        std::erase(state_.lost, *number);
        member.connection = id;
        peer.member = *number;
        std::erase(state_.nameless, id);
        touch(id);
        archive_.send_missed(id, archive_.completed(seen));
        identify(id);
        friends_.delivers(*number);
        state_.tell_program({"resumed", member.name, std::to_string(*number)});
        if (old) state_.tell_program_of(*old, "closed", "resumed", *number);
    }

    /// A peer has sent much in few lines.
    void charges(Id id, std::size_t lines) {
        if (limits_.messages_per_second != 0) state_.peers.at(id).allowance -= static_cast<double>(lines);
    }

    /// What happens until this is called again is done by peers, who are held to the rules of groups; or by the program.
    void holds_to_rules(bool held) { held_to_rules_ = held; }

    /// Whether the program lets a peer's request pass, if it keeps the gate; if not, the peer has its answer. What the peer is
    /// allowed to say instead is in allowed() then.
    bool lets_pass(Id id, const std::string& kind, const std::string& about, bool needs_name) {
        instead_.reset();
        if (kind.empty()) return true;
        if (needs_name && !is_member(id)) return answer(id, Errc::not_a_member), false;
        if (!gate_) return true;
        const std::string account = is_member(id) ? state_.member_of(id).account : "";
        state_.events += told({"asked for", kind, about, name(id), account, std::to_string(number(id))});
        const minimeta::Verdict verdict = gate_(id, kind, about);
        if (!is_open(id) || (needs_name && !is_member(id))) return false;
        using Kind = minimeta::Verdict::Kind;
        if (verdict.kind() == Kind::allow_as) instead_ = verdict.text();
        if (verdict.kind() == Kind::refuse)
            verdict.text().empty() ? answer(id, verdict.why()) : write(id, "! " + verdict.text());
        return verdict.kind() == Kind::allow || verdict.kind() == Kind::allow_as;
    }
    [[nodiscard]] std::string allowed(const std::string& text) const { return instead_.value_or(text); }

    /// Answers a peer if its request was refused; `subject` is a name or a command that it wrote.
    void answer(Id id, Refusal refused, const std::string& subject = "") {
        if (!refused) return;
        const Errc why = *refused == Errc::not_a_member ? Errc::name_required : *refused;
        const bool about_names = why == Errc::absent || why == Errc::unreachable;
        const bool about_sessions = why == Errc::no_sessions || why == Errc::session_unknown;
        const bool long_one = subject.size() > limits_.name_characters;  // only ASCII is
        const std::string shown = long_one ? subject.substr(0, limits_.name_characters) : subject;
        write(id, (about_sessions ? "+nosession ! " : "! ") +
                      filled(english.reason(why), {{"subject", about_names ? listed(missing_) : shown},
                                                   {"limit", std::to_string(minimeta::limit_behind(why, limits_))}}));
    }

private:
    static constexpr const minimeta::Phrases& english = minimeta::english;

    void write(Id id, std::string_view line) { state_.write(id, std::string(line)); }

    static Names values(const std::map<std::string, std::string>& map) {
        Names list;
        for (const auto& [key, value] : map) list.push_back(value);
        return list;
    }
    [[nodiscard]] Names group_names(const ModelMember& member) const {
        Names names;
        for (const int group : member.groups) names.push_back(state_.groups.at(group).name);
        return names;
    }
    [[nodiscard]] Refusal check_name(const std::string& name) const {
        if (name.empty()) return Errc::name_empty;
        if (name.find_first_of(" @") != name.npos || name.front() == '-') return Errc::name_character;
        if (name.size() > limits_.name_characters) return Errc::name_too_long;  // the long ones are ASCII
        return {};
    }

    void enters(Id id, const std::string& name) {
        ModelPeer& peer = state_.peers.at(id);
        const Number number = ++state_.members_made;
        peer.member = number;
        std::erase(state_.nameless, id);
        touch(id);
        state_.members[number] = {.name = name, .connection = id};
        state_.groups.at(ModelState::lobby).members.insert(number);
        write(id, "-- Welcome, " + name + "! People here: " + std::to_string(state_.members.size()) +
                      ". What you can do: /help");
        if (!state_.groups.at(ModelState::lobby).topic.empty()) write(id, moderation_.topic_line(ModelState::lobby));
        archive_.tell_recent(id, ModelState::lobby);
        identify(id);
        notices_.announce(ModelState::lobby, "-- " + name + " joined.", &ModelSummary::joined, id);
        state_.tell_program({"joined", name, std::to_string(number)});
    }

    template <class Act>
    Refusal in(const std::string& group, Act&& act) {
        const std::optional<int> where = state_.find_group(group);
        return where ? act(*where) : Refusal(Errc::no_such_group);
    }
    [[nodiscard]] Refusal lets_in(Id id, const std::string& name) {
        const std::uint64_t origin = state_.peers.at(id).origin;
        if (moderation_.is_sanctioned(ModelState::lobby, minimeta::Sanction::ban, 0, name, "", origin))
            return Errc::banned;
        const auto& settings = state_.groups.at(ModelState::lobby).settings;
        const auto locked = settings.find(minimeta::Setting::locked);
        return locked != settings.end() && locked->second != 0 ? Refusal(Errc::locked) : Refusal();
    }
    // A member has to leave a group, or the room; unless what the program did meanwhile has removed it.
    void is_expelled(Number target, int group, const std::string& words, Errc why) {
        if (state_.groups.count(group) == 0 || state_.groups.at(group).members.count(target) == 0) return;
        if (group != ModelState::lobby)
            return (void)leave(minimeta::MemberNumber{target}, state_.groups.at(group).name);
        const std::optional<Id> id = state_.members.at(target).connection;
        if (!id) return departs(target, why);
        write(*id, words.empty() ? "! " + std::string(english.reason(why)) + " The connection is closed."
                                 : "! You were removed: " + words);
        closes(*id, why);
    }
    [[nodiscard]] static bool is_hidden_from(Number reader, const ModelGroup& group) {
        const auto hidden = group.settings.find(minimeta::Setting::hidden);
        return hidden != group.settings.end() && hidden->second != 0 && group.members.count(reader) == 0;
    }

    // The room closes a connection; its member, if there is one, leaves.
    void closes(Id id, Refusal why) {
        const std::optional<Number> number = state_.cut(id);
        if (number) departs(*number, why);
        state_.tell_program_of(id, "closed", why ? name_of(*why) : "", number.value_or(0));
    }

    void is_lost(Number number, std::uint64_t origin, Refusal why) {
        ModelMember& member = state_.members.at(number);
        if (!member.has_session) return departs(number, why);
        member.lost_at = state_.now;
        member.lost_from = origin;
        state_.lost.push_back(number);
        if (const auto displaced = has_no_place(member.lost_from)) departs(*displaced, {});
        if (state_.members.count(number) != 0) state_.tell_program({"lost", member.name, std::to_string(number)});
    }

    // A peer gave a sign of life.
    void touch(Id id) {
        state_.peers.at(id).heard = state_.now;
        state_.peers.at(id).heard_as = ++heard_;
    }

    void departs(Number number, Refusal why) {
        const ModelMember member = state_.members.at(number);
        state_.members.erase(number);
        for (auto& [other, each] : state_.members) std::erase(each.ignores, number);
        std::erase(state_.lost, number);
        for (auto& [each, group] : state_.groups) group.members.erase(number), group.roles.erase(number);
        std::string_view phrase = english.left;
        if (why == Errc::kicked || why == Errc::banned) phrase = english.left_kicked;
        if (why == Errc::idle) phrase = english.left_idle;
        if (why == Errc::too_slow) phrase = english.left_too_slow;
        notices_.announce_of_member(member.groups, friends_.connections_of_departed(number, member.account),
                                    filled(phrase, {{"name", member.name}}), &ModelSummary::left);
        friends_.departs(number, member.account);
        for (const int group : member.groups) state_.remove_if_empty(group);
        state_.tell_program(
            {"left", member.name, why ? name_of(*why) : "", std::to_string(number), std::to_string(member.data)});
    }

    void say_in(int group, ModelMessage message, std::optional<Id> except = {}) {
        message.group = group;
        message.group_name = state_.groups.at(group).name;
        message.audience = state_.groups.at(group).members;
        const ModelMessage& said = archive_.add(std::move(message));
        state_.write_to_all(group, said, except);
        state_.tell_program(said.event());
    }

    // Marks a member that says something as back.
    bool attends(Number number) {
        ModelMember& member = state_.members.at(number);
        if (!member.away) return false;
        member.away.reset();
        state_.write_to(number, std::string(english.now_back));
        for (const Id id : friends_.connections_of(number)) write(id, filled(english.is_back, {{"name", member.name}}));
        return true;
    }
    // The program is told, unless what it did meanwhile has removed the member.
    void is_back(Number number) {
        const auto found = state_.members.find(number);
        if (found != state_.members.end()) state_.tell_program({"back", found->second.name, std::to_string(number)});
    }
    void write_away(Id id, const ModelMember& member) {
        if (!member.away) return;
        write(id, filled(member.away->empty() ? english.is_away : english.is_away_saying,
                         {{"name", member.name}, {"text", *member.away}}));
    }
    void write_activity(Id id, const std::string& name, int seconds_ago) {
        std::string_view phrase = english.active_just_now;
        if (seconds_ago >= 2) phrase = english.active_seconds_ago;
        if (seconds_ago >= 120) phrase = english.active_minutes_ago;
        if (seconds_ago >= 7'200) phrase = english.active_hours_ago;
        const int unit = seconds_ago < 120 ? 1 : seconds_ago < 7'200 ? 60 : 3'600;
        const int count = seconds_ago / unit;
        write(id, filled(phrase, {{"name", name}, {"count", std::to_string(count)}}));
    }

    [[nodiscard]] bool offers_sessions() const { return limits_.resume_seconds != 0; }
    [[nodiscard]] std::optional<Number> whose(const std::string& token) const {
        for (const auto& [number, member] : state_.members)
            if (member.has_session && mint_.token_of({number}) == token) return number;
        return {};
    }
    void identify(Id id) {
        if (!state_.peers.at(id).stamped || !is_member(id)) return;
        write(id, "+name " + state_.member_of(id).name);
        if (!offers_sessions()) return;
        state_.member_of(id).has_session = true;
        write(id, "+session " + mint_.token_of({state_.number(id)}) + " " + text_of(newest()) + " " +
                      std::to_string(limits_.resume_seconds));
    }
    // Where places run short, peers that owe a name have less time for it. In seconds.
    [[nodiscard]] std::uint32_t patience() const {
        const bool crowded = known_connections() > limits_.connections - limits_.connections / 4;
        return crowded ? (limits_.name_seconds + 5) / 6 : limits_.name_seconds;
    }
    // When the connection that has owed a name for longest will be closed.
    [[nodiscard]] std::optional<int> next_nameless() const {
        if (state_.nameless.empty() || patience_ == 0) return {};
        return (*this)[state_.nameless.front()].opened + 10 * static_cast<int>(patience_);
    }
    // When the member that has been silent for longest will be closed, and which that is.
    [[nodiscard]] std::optional<std::pair<int, Id>> next_silent() const {
        if (limits_.idle_seconds == 0) return {};
        std::optional<Id> first;
        for (const auto& [id, peer] : state_.peers)
            if (peer.member && (!first || peer.heard_as < (*this)[*first].heard_as)) first = id;
        if (!first) return {};
        return std::pair((*this)[*first].heard + 10 * static_cast<int>(limits_.idle_seconds), *first);
    }
    void close_silent(Id id) {
        write(id, "! " + filled(english.reason(Errc::idle), {{"limit", std::to_string(limits_.idle_seconds)}}) +
                      " The connection is closed.");
        closes(id, Errc::idle);
    }

    // Who leaves because a member was lost that came from there: so many are lost from one place, or in all.
    [[nodiscard]] std::optional<Number> has_no_place(std::uint64_t origin) const {
        const auto from_there = [&](Number each) { return state_.members.at(each).lost_from == origin; };
        const auto& lost = state_.lost;
        const auto count = static_cast<std::size_t>(std::count_if(lost.begin(), lost.end(), from_there));
        if (origin != 0 && count > (limits_.connections + 3) / 4)
            return *std::find_if(lost.begin(), lost.end(), from_there);
        if (lost.size() > limits_.connections) return lost.front();
        return {};
    }

    // When the member lost for longest will leave.
    [[nodiscard]] std::optional<int> next_loss() const {
        if (state_.lost.empty()) return {};
        return state_.members.at(state_.lost.front()).lost_at + 10 * static_cast<int>(limits_.resume_seconds);
    }

    minimeta::Limits limits_;
    minimeta::TokenMint mint_;
    ModelState state_;
    ModelNotices notices_;
    ModelModeration moderation_;
    ModelArchive archive_;
    ModelFriends friends_;
    std::function<minimeta::Verdict(Id, const std::string&, const std::string&)> gate_;
    std::optional<std::string> instead_;  // of the request at hand
    bool held_to_rules_ = false;
    Names missing_;               // of the last whisper
    std::uint32_t patience_ = 0;  // when a connection was opened last, or time passed
    std::uint64_t heard_ = 0;     // signs of life
};
