// Moderation in the naive model: who may do what, and what the rules of a group forbid.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/error.hpp"
#include "minimeta/protocol/text/phrases.hpp"
#include "minimeta/protocol/text/phrases_en.hpp"
#include "minimeta/role.hpp"
#include "simulation/model/state.hpp"
#include "simulation/model/words.hpp"

class ModelModeration {
public:
    using Number = ModelState::Number;
    using Refusal = minimeta::Refusal;
    using Errc = minimeta::Errc;
    using Role = minimeta::Role;
    using Sanction = minimeta::Sanction;
    using Setting = minimeta::Setting;

    explicit ModelModeration(ModelState& state) : state_(state) {}

    // ---- Who may do what. The program is 0, and may do all.

    [[nodiscard]] Role own_role(Number member, int group) const {
        const auto& roles = state_.groups.at(group).roles;
        const auto found = roles.find(member);
        return found != roles.end() ? found->second : Role::member;
    }
    [[nodiscard]] Role role(Number member, int group) const {
        const Role in_room = own_role(member, ModelState::lobby), own = own_role(member, group);
        return in_room >= Role::op ? std::max(in_room, own) : own;
    }
    [[nodiscard]] Refusal needs(Number actor, int group, Role needed) const {
        if (actor == 0 || role(actor, group) >= needed) return {};
        return needed == Role::owner ? Errc::owner_required : Errc::operator_required;
    }
    [[nodiscard]] Refusal outranks(Number actor, Number target, int group) const {
        return actor == 0 || role(actor, group) > role(target, group) ? Refusal() : Errc::outranked;
    }

    // ---- What the rules forbid

    [[nodiscard]] bool is_sanctioned(int group, Sanction sanction, Number number, const std::string& name,
                                     const std::string& account, std::uint64_t origin) {
        expire(group);
        for (const ModelSanction& each : state_.groups.at(group).sanctions)
            if (each.sanction == sanction && concerns(each, number, name, account, origin)) return true;
        return false;
    }
    [[nodiscard]] bool is_muted(Number member, int group) {
        const ModelMember& who = state_.members.at(member);
        return is_sanctioned(group, Sanction::mute, member, who.name, who.account, origin_of(who));
    }
    [[nodiscard]] Refusal may_speak(Number member, int group) {
        if (is_muted(member, ModelState::lobby) || is_muted(member, group)) return Errc::muted;
        if (role(member, group) >= Role::voice) return {};
        ModelGroup& where = state_.groups.at(group);
        if (where.settings[Setting::moderated] != 0) return Errc::voice_required;
        const auto pause = 10 * static_cast<int>(where.settings[Setting::slow_seconds]);
        if (pause == 0) return {};
        const auto spoke = where.spoke.find(member);
        if (spoke != where.spoke.end() && state_.now - spoke->second < pause) return Errc::slow_down;
        where.spoke[member] = state_.now;
        return {};
    }
    [[nodiscard]] Refusal may_enter(Number member, int group, const std::string& key) {
        if (own_role(member, ModelState::lobby) >= Role::op) return {};
        ModelGroup& where = state_.groups.at(group);
        const ModelMember& who = state_.members.at(member);
        if (is_sanctioned(group, Sanction::ban, member, who.name, who.account, origin_of(who))) return Errc::banned;
        const std::uint64_t limit = where.settings[Setting::member_limit];
        if (limit != 0 && where.members.size() >= limit) return Errc::group_full;
        if (where.invited.erase(member) != 0) return {};
        if (where.settings[Setting::locked] != 0) return Errc::locked;
        return where.key.empty() || where.key == key ? Refusal() : Errc::wrong_key;
    }

    // ---- Changes

    Refusal set_role(Number actor, int group, Number target, Role role) {
        ModelGroup& where = state_.groups.at(group);
        if (where.members.count(target) == 0) return Errc::not_there;
        const Role before = own_role(target, group);
        if (const Refusal refused = needs(actor, group, std::max(role, before) >= Role::op ? Role::owner : Role::op))
            return refused;
        if (actor != 0 && role == Role::owner) return Errc::owner_required;
        if (actor != target)
            if (const Refusal refused = outranks(actor, target, group)) return refused;
        if (role == before) return {};
        where.roles[target] = role;
        const std::string& name = state_.members.at(target).name;
        publish(group, english.role_changed, {{"name", name}, {"role", std::string(called(role))}}, actor);
        state_.tell_program({"role", name, name_of(role), name_of(actor), where.name, std::to_string(target)});
        return {};
    }
    Refusal set_topic(Number actor, int group, const std::string& text) {
        if (const Refusal refused = needs(actor, group, Role::op)) return refused;
        ModelGroup& where = state_.groups.at(group);
        where.topic = text;
        publish(group, text.empty() ? english.topic_removed : english.topic_changed, {{"text", text}}, actor);
        state_.tell_program({"topic", text, name_of(actor), where.name});
        return {};
    }
    Refusal configure(Number actor, int group, Setting setting, std::uint64_t value) {
        if (group == ModelState::lobby && (setting == Setting::hidden || setting == Setting::member_limit))
            return Errc::groups_only;
        if (const Refusal refused = needs(actor, group, Role::op)) return refused;
        ModelGroup& where = state_.groups.at(group);
        if (std::exchange(where.settings[setting], value) == value) return {};
        if (setting == Setting::slow_seconds) where.spoke.clear();
        publish(group, phrase_of(setting, value != 0), {{"count", std::to_string(value)}}, actor);
        state_.tell_program({"setting", name_of(setting), std::to_string(value), name_of(actor), where.name});
        return {};
    }
    Refusal set_key(Number actor, int group, const std::string& key) {
        if (group == ModelState::lobby) return Errc::groups_only;
        if (const Refusal refused = needs(actor, group, Role::op)) return refused;
        ModelGroup& where = state_.groups.at(group);
        if (std::exchange(where.key, key) == key) return {};
        publish(group, key.empty() ? english.key_removed : english.key_set, {}, actor);
        state_.tell_program({"key", key.empty() ? "removed" : "set", name_of(actor), where.name});
        return {};
    }
    Refusal invite(Number actor, int group, Number guest) {
        if (group == ModelState::lobby) return Errc::groups_only;
        ModelGroup& where = state_.groups.at(group);
        if (where.members.count(guest) != 0) return Errc::in_group_already;
        if (const Refusal refused = needs(actor, group, Role::op)) return refused;
        std::erase_if(where.invited, [this](Number number) { return state_.members.count(number) == 0; });
        if (where.invited.count(guest) == 0 && where.invited.size() >= state_.limits.sanctions)
            return Errc::too_many_sanctions;
        where.invited.insert(guest);
        const std::string name = state_.members.at(guest).name;
        state_.write_to(guest, filled(english.invitation, {{"group", where.name}, {"by", by(actor)}}));
        state_.tell_program({"invited", name, name_of(actor), where.name, std::to_string(guest)});
        return {};
    }

    /// Bans or mutes; returns whom to remove then, if that was not refused.
    Refusal punish(Number actor, int group, Sanction sanction, const std::string& name, std::uint64_t seconds,
                   std::optional<Number>& removed) {
        removed.reset();
        if (const Refusal refused = needs(actor, group, Role::op)) return refused;
        ModelGroup& where = state_.groups.at(group);
        ModelSanction made{sanction, 0, name, "", 0, {}};
        if (seconds != 0) made.until = state_.now + 10 * static_cast<int>(seconds);
        if (const std::optional<Number> target = state_.find(name)) {
            if (const Refusal refused = outranks(actor, *target, group)) return refused;
            const ModelMember& who = state_.members.at(*target);
            const bool by_origin = group == ModelState::lobby && sanction == Sanction::ban;
            made = {sanction, *target, who.name, who.account, by_origin ? origin_of(who) : 0, made.until};
            if (sanction == Sanction::ban && where.members.count(*target) != 0) removed = target;
        }
        expire(group);
        std::erase_if(where.sanctions, [&](const ModelSanction& each) {
            return each.sanction == sanction && ModelState::folded(each.name) == ModelState::folded(made.name);
        });
        if (where.sanctions.size() >= state_.limits.sanctions) return removed.reset(), Errc::too_many_sanctions;
        where.sanctions.push_back(made);
        publish(group, sanction == Sanction::ban ? english.banned : english.muted,
                {{"name", made.name}, {"time", time(seconds)}}, actor);
        state_.tell_program({sanction == Sanction::ban ? "banned" : "muted", made.name, std::to_string(seconds),
                             name_of(actor), where.name, std::to_string(made.number)});
        return {};
    }
    Refusal pardon(Number actor, int group, Sanction sanction, const std::string& name) {
        if (const Refusal refused = needs(actor, group, Role::op)) return refused;
        ModelGroup& where = state_.groups.at(group);
        std::string found;
        expire(group);
        const Number number = state_.find(name).value_or(0);
        std::erase_if(where.sanctions, [&](const ModelSanction& each) {
            if (each.sanction != sanction || !concerns(each, number, name, name, 0)) return false;
            found = each.name;
            return true;
        });
        if (found.empty()) return Errc::not_there;
        publish(group, sanction == Sanction::ban ? english.unbanned : english.unmuted, {{"name", found}}, actor);
        state_.tell_program({sanction == Sanction::ban ? "unbanned" : "unmuted", found, name_of(actor), where.name});
        return {};
    }

    // ---- Words

    /// The line of bans and mutes, which only an operator reads.
    [[nodiscard]] std::string listed_sanctions(int group) {
        expire(group);
        const ModelGroup& where = state_.groups.at(group);
        std::vector<std::string> all;
        for (const ModelSanction& each : where.sanctions) {
            const int left = each.until ? (*each.until - state_.now + 9) / 10 : 0;
            all.push_back(filled(each.sanction == Sanction::ban ? english.ban_listed : english.mute_listed,
                                 {{"name", each.name}, {"time", time(static_cast<std::uint64_t>(left))}}));
        }
        return filled(all.empty() ? english.sanctions_none : english.sanctions,
                      {{"where", in(group)}, {"names", listed(all)}});
    }
    [[nodiscard]] std::string topic_line(int group) const {
        const std::string& topic = state_.groups.at(group).topic;
        return filled(topic.empty() ? english.topic_none : english.topic_is, {{"where", in(group)}, {"text", topic}});
    }
    /// Writes a line about a group to its members, except to one.
    void publish(int group, std::string_view phrase, ModelBlanks blanks, Number actor,
                 std::optional<std::size_t> except = {}) {
        blanks["where"] = in(group);
        blanks["by"] = by(actor);
        blanks["group"] = state_.groups.at(group).name;
        state_.write_to_all(group, filled(phrase, blanks), except);
    }
    [[nodiscard]] std::string name_of(Number actor) const { return actor != 0 ? state_.members.at(actor).name : ""; }
    [[nodiscard]] std::string by(Number actor) const {
        return actor != 0 ? name_of(actor) : std::string(english.the_room);
    }
    [[nodiscard]] static std::string_view called(Role role) {
        if (role == Role::owner) return english.role_owner;
        if (role == Role::op) return english.role_op;
        return role == Role::voice ? english.role_voice : english.role_member;
    }
    [[nodiscard]] static std::string listed_as(Role role, const std::string& name) {
        std::string_view phrase = "{name}";
        if (role == Role::voice) phrase = english.member_voice;
        if (role == Role::op) phrase = english.member_op;
        if (role == Role::owner) phrase = english.member_owner;
        return filled(phrase, {{"name", name}});
    }

private:
    static constexpr const minimeta::Phrases& english = minimeta::english;

    static std::string_view name_of(Role role) { return minimeta::name_of(role); }
    static std::string_view name_of(Setting setting) { return minimeta::name_of(setting); }

    static bool concerns(const ModelSanction& each, Number number, const std::string& name, const std::string& account,
                         std::uint64_t origin) {
        const auto same = [](const std::string& a, const std::string& b) {
            return !a.empty() && ModelState::folded(a) == ModelState::folded(b);
        };
        return (number != 0 && each.number == number) || same(each.name, name) || same(each.name, account) ||
               same(each.account, account) || (origin != 0 && each.origin == origin);
    }
    [[nodiscard]] std::uint64_t origin_of(const ModelMember& member) const {
        return member.connection ? state_.peers.at(*member.connection).origin : 0;
    }
    void expire(int group) {
        std::erase_if(state_.groups.at(group).sanctions,
                      [this](const ModelSanction& each) { return each.until && *each.until <= state_.now; });
    }
    [[nodiscard]] std::string in(int group) const {
        return group == ModelState::lobby ? "" : "#" + state_.groups.at(group).name + ": ";
    }
    static std::string time(std::uint64_t seconds) {
        if (seconds == 0) return "";
        if (seconds < 120) return " for " + std::to_string(seconds) + " seconds";
        if (seconds < 7'200) return " for " + std::to_string(seconds / 60) + " minutes";
        if (seconds < 172'800) return " for " + std::to_string(seconds / 3'600) + " hours";
        return " for " + std::to_string(seconds / 86'400) + " days";
    }
    static std::string_view phrase_of(Setting setting, bool on) {
        if (setting == Setting::locked) return on ? english.locked : english.unlocked;
        if (setting == Setting::moderated) return on ? english.moderated : english.unmoderated;
        if (setting == Setting::hidden) return on ? english.hidden : english.shown;
        if (setting == Setting::slow_seconds) return on ? english.slow : english.not_slow;
        return on ? english.limited : english.unlimited;
    }

    ModelState& state_;
};
