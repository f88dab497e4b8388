// Rules: what can be done in a room, by whom, and what comes of it.
//
// Each operation goes in this order: it refuses; it changes the room; it appends bytes; it calls the hook, last. So a
// hook sees a room in order. What it does is done at once, nested; so after a hook nothing counts as known any more.
//
// Operations take the peer that they are about. A member is a peer with a name (`peer.entry`); where it takes one, that
// has been checked. What comes in before that, and what the embedding program calls, is in room.hpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/command.hpp"
#include "minimeta/delivery/delivery.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/features/lookup.hpp"
#include "minimeta/features/notices.hpp"
#include "minimeta/features/recipients.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/history/journal.hpp"
#include "minimeta/history/query.hpp"
#include "minimeta/hooks.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/state/presence.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/state/session_token.hpp"
#include "minimeta/state/sessions.hpp"
#include "minimeta/time.hpp"
#include "minimeta/transport.hpp"

namespace minimeta {

template <transport Transport, class Spoken>
class Rules {
public:
    using Peer = typename Registry<Transport, Spoken>::Peer;
    using Group = typename Registry<Transport, Spoken>::Group;
    using Entry = typename Registry<Transport, Spoken>::Entry;

    /// What has become of a private message, and which names that is about.
    struct Whispering {
        Refusal refused;
        std::vector<std::string_view> whom;
    };

    /// All of these outlive it.
    Rules(Transport& transport, Spoken& speech, const Limits& limits)
        : transport_(transport),
          limits_(limits),
          assembly_(transport, speech, limits),
          naming_(limits.name_seconds),
          listening_(limits.idle_seconds),
          sessions_(limits.resume_seconds) {}

    [[nodiscard]] Registry<Transport, Spoken>& assembly() noexcept { return assembly_; }
    [[nodiscard]] const Registry<Transport, Spoken>& assembly() const noexcept { return assembly_; }
    [[nodiscard]] const Directory<Transport, Spoken>& directory() const noexcept { return directory_; }

    void on_event(Hook hook) { hook_ = std::move(hook); }
    [[nodiscard]] bool in_hook() const noexcept { return hooks_ != 0; }

    // ---- Time

    void advance(Time now, WallTime wall_time) {
        MINIMETA_ASSERT(!now_ || now >= *now_);
        if (!now_)
            for (auto& [id, peer] : assembly_.peers()) peer.restarted = now;  // their time begins, too
        now_ = now;
        chronicle_.numbering().advance(wall_time);
        news_.advance(now);
        assembly_.delivery().begin_turn();
        while (Peer* peer = naming_.expired(now)) dismiss(*peer, removed(Errc::no_name_in_time), Errc::no_name_in_time);
        while (Peer* peer = listening_.expired(now)) dismiss(*peer, removed(Errc::idle), Errc::idle);
        while (Entry* entry = sessions_.overdue(now)) depart(*entry, {});
        while (Group* group = news_.overdue(now)) publish(*group, news_.take(*group));
    }

    [[nodiscard]] std::optional<Time> next_deadline() const {
        std::optional<Time> first;
        for (const auto due : {naming_.deadline(), listening_.deadline(), sessions_.deadline(), news_.deadline()})
            if (due && (!first || *due < *first)) first = due;
        return first;
    }

    void flush() {
        delivery_.flush([this](Peer& peer) { dismiss(peer, removed(Errc::too_slow), Errc::too_slow); });
    }

    // ---- Connections

    /// A peer is there, and has no name yet.
    void welcome(Peer& peer) { naming_.restart(peer, now()); }

    /// A peer gave a sign of life.
    void heard(Peer& peer) {
        if (peer.entry != nullptr) listening_.restart(peer, now());
    }

    /// Whether a peer may send a command now. Being refused for it is told once, until the peer has been calm for so
    /// long that it may use its whole burst again: a flood is not worth an answer each.
    bool admit(Peer& peer) {
        if (!now_) return true;
        if (peer.meter.rested(*now_)) peer.told_too_fast = false;
        if (peer.meter.admit(*now_, {limits_.messages_per_second, limits_.burst})) return true;
        if (!std::exchange(peer.told_too_fast, true)) refuse(peer, Errc::too_fast);
        return false;
    }

    /// Closes a connection, whose member is gone with it; for somebody too slow, as for somebody lost.
    void dismiss(Peer& peer, const Reply& last_words, Refusal why) {
        peer.closing = true;
        delivery_.tell(peer, last_words);
        transport_.close(peer.id);
        if (why == Errc::too_slow) return lose(peer, why);
        TimeoutQueue<Peer>::cancel(peer);
        if (peer.entry != nullptr) depart(*peer.entry, why);
    }

    /// The embedding program closes a connection, in these words if there are any.
    Refusal kick(Peer& peer, std::string_view words) {
        if (Refusal refused = check_words(words)) return refused;
        dismiss(peer, Removed{Errc::kicked, words}, Errc::kicked);
        return {};
    }

    /// A connection is gone against its peer's will. Who has a session may come back, and stays a member until then.
    void lose(Peer& peer, Refusal why) {
        TimeoutQueue<Peer>::cancel(peer);
        if (peer.entry == nullptr) return;
        Entry& entry = *peer.entry;
        if (!sessions_.has(entry.second.number)) return depart(entry, why);
        assembly_.detach(peer);
        sessions_.lose(entry.second.number, now());
        if (sessions_.lost() > limits_.connections) depart(*sessions_.longest_lost(), {});
        tell_hook(ConnectionLost{entry.first});
    }

    // ---- Members

    /// Gives a peer a name, and so makes it a member, or another name. There are no blanks around it.
    Refusal set_name(Peer& peer, std::string_view name) {
        if (Refusal refused = check_name(name, limits_.name_characters)) return refused;
        if (peer.entry == nullptr) return enter(peer, name);

        const std::string before = peer.entry->first;
        if (name == before) return Errc::name_unchanged;
        if (!assembly_.rename(*peer.entry, name)) return Errc::name_taken;
        delivery_.tell(peer, NameChanged{peer.entry->first});
        publish_to_all(peer.entry->second, Renamed{before, peer.entry->first}, &MembershipSummary::renamed, &peer);
        return {};
    }

    /// A member says something in a group that it is in.
    Refusal say(Peer& peer, std::string_view group_name, std::string_view text, Manner manner) {
        Group* group = assembly_.group_of(peer, group_name);
        if (group == nullptr) return Errc::not_in_group;
        if (Refusal refused = check(text)) return refused;
        const bool was_away = attends(peer);
        const Stamp stamp = chronicle_.add(
            group->history, {.from = peer.name(), .text = text, .manner = manner, .author = peer.entry->second.number});
        publish(*group, Said{peer.name(), text, manner, group->name, stamp}, &peer);
        if (was_away && !peer.closing) tell_hook(CameBack{peer.name()});
        return {};
    }

    /// A member says something to few.
    Whispering whisper(Peer& peer, std::span<const std::string_view> to, std::string_view text, Manner manner) {
        if (Refusal refused = check(text)) return {refused, {}};
        const auto to_whom = Recipients<Entry>::look_up(assembly_.roster(), to, *peer.entry, limits_.recipients);
        if (to_whom.refused) return {to_whom.refused, to_whom.absent};
        std::vector<Journal::Party> parties;
        std::vector<Peer*> connected;
        std::vector<std::string_view> lost;
        std::vector<Absence> away;
        for (const Entry* entry : to_whom.entries) {
            parties.push_back(party_of(*entry));
            if (entry->second.peer != nullptr) connected.push_back(entry->second.peer);
            else lost.push_back(entry->first);
            if (const auto why = away_.text(entry->second.number)) away.push_back({entry->first, *why});
        }
        if (!lost.empty() && !chronicle_.keeps_private()) return {Errc::unreachable, std::move(lost)};

        const bool was_away = attends(peer);
        const Stamp stamp = chronicle_.add_private(party_of(*peer.entry), parties, {.text = text, .manner = manner});
        const Event event = Whispered{peer.name(), to_whom.names, text, manner, stamp};
        delivery_.publish(connected, event);
        delivery_.tell(peer, Delivered{to_whom.names, away, lost});
        tell_hook(event);
        if (was_away && !peer.closing) tell_hook(CameBack{peer.name()});
        return {};
    }

    /// The embedding program says something in a group.
    Refusal announce(std::string_view group_name, std::string_view text) {
        Group* group = assembly_.find_group(group_name);
        if (group == nullptr) return Errc::no_such_group;
        if (Refusal refused = check(text)) return refused;
        const Stamp stamp = chronicle_.add(group->history, {.text = text});
        publish(*group, Announced{text, group->name, stamp});
        return {};
    }

    /// A member enters a group, which begins with it if need be.
    Refusal join(Peer& peer, std::string_view name) {
        Group* group = assembly_.find_group(name);
        if (group == nullptr)
            if (Refusal refused = check_name(name, limits_.name_characters)) return refused;
        if (group != nullptr && assembly_.is_in(peer, *group)) return Errc::in_group_already;
        if (peer.entry->second.groups.size() >= limits_.groups_per_member) return Errc::too_many_groups;
        if (group == nullptr) group = assembly_.found(name);
        if (group == nullptr) return Errc::no_more_groups;
        assembly_.join(peer, *group, chronicle_.numbering().newest());
        delivery_.tell(peer, GroupEntered{group->name, group->members});
        tell_recent(peer, *group);
        publish_news(*group, GroupJoined{peer.name(), group->name}, &MembershipSummary::joined, &peer);
        return {};
    }

    /// A member leaves a group, which ends with its last one.
    Refusal leave(Peer& peer, std::string_view name) {
        Group* group = assembly_.group_of(peer, name);
        if (group == nullptr) return Errc::not_your_group;
        if (group == &assembly_.lobby()) return Errc::in_lobby_always;
        const auto ended = assembly_.leave(peer, *group);  // keeps it, if it was its last member, until this is told
        delivery_.tell(peer, GroupExited{group->name});
        publish_news(*group, GroupLeft{peer.name(), group->name}, &MembershipSummary::left);
        return {};
    }

    /// A member does not attend from now on.
    Refusal go_away(Peer& peer, std::string_view text) {
        text = trim(text);
        if (Refusal refused = check_words(text)) return refused;
        away_.leave(peer.entry->second.number, text);
        delivery_.tell(peer, AwayChanged{true});
        tell_hook(WentAway{peer.name(), text});
        return {};
    }

    /// A member attends again.
    Refusal come_back(Peer& peer) {
        if (!attends(peer)) return Errc::not_away;
        tell_hook(CameBack{peer.name()});
        return {};
    }

    // ---- Coming back

    /// A member whose connection is lost is not waited for any longer.
    Refusal give_up(std::string_view name) {
        Entry* lost = assembly_.find(name);
        if (lost == nullptr || lost->second.peer != nullptr) return Errc::not_a_member;
        depart(*lost, Errc::kicked);
        return {};
    }

    /// A peer is able to resume, and hears messages with their stamps from now on.
    Refusal open_session(Peer& peer) {
        if (!offers_sessions()) return Errc::no_sessions;
        assembly_.use_stamps(peer);
        tell_session(peer);
        return {};
    }

    /// A peer that is no member goes on as the one whose token this is, and is told what it has missed.
    Refusal resume(Peer& peer, std::string_view token, MessageId seen) {
        if (!offers_sessions()) return Errc::no_sessions;
        if (peer.entry != nullptr) return Errc::named_already;
        assembly_.use_stamps(peer);
        Entry* entry = sessions_.find(token);
        if (entry == nullptr) return Errc::session_unknown;
        const MemberNumber number = entry->second.number;
        if (entry->second.peer != nullptr) hand_over(*entry->second.peer);
        assembly_.attach(peer, *entry);
        listening_.restart(peer, now());
        sessions_.regain(number);

        MissedMessages missed(number, chronicle_.numbering().completed(seen));
        missed.look_into(assembly_.lobby().history, {}, {});
        for (const auto& each : entry->second.groups)
            missed.look_into(each.group->history, each.group->name, each.since);
        if (const History* kept = chronicle_.private_history(number)) missed.look_into(*kept, {}, {});
        missed.settle(answer_bytes());
        delivery_.tell(peer, CaughtUp{entry->first, missed.messages(), missed.gap_begin(), missed.gap_end()});
        tell_session(peer);
        tell_hook(Resumed{entry->first});
        return {};
    }

    void offer_sessions(SipKey secret) { sessions_.offer(secret); }

    // ---- What a member asks. What it is told is refused, or the answer.

    Refusal tell_members(Peer& peer, std::string_view group_name) {
        const Group* group = assembly_.group_of(peer, group_name);
        if (group == nullptr) return Errc::not_your_group;
        delivery_.tell(peer, Members{directory_.members_of(*group), group->members, group->name});
        return {};
    }

    Refusal tell_profile(Peer& peer, std::string_view name) {
        const Entry* entry = assembly_.roster().find(name);
        if (entry == nullptr) return Errc::no_such_member;
        const Peer* other = entry->second.peer;
        delivery_.tell(peer,
                       Profile{directory_.presence_of(*entry), away_.text(entry->second.number).value_or(""),
                               directory_.groups_of(*entry), other != nullptr ? now() - other->restarted : Duration{}});
        return {};
    }

    void tell_groups(Peer& peer) {
        std::vector<GroupSize> some = directory_.groups();
        const std::size_t total = some.size();
        some.resize(std::min(total, limits_.listed_names));
        for (GroupSize& each : some) each.joined = assembly_.group_of(peer, each.name) != nullptr;
        delivery_.tell(peer, Groups{some, total});
    }

    Refusal tell_history(Peer& peer, const Recall& asked) {
        const Group* group = assembly_.group_of(peer, asked.group);
        if (group == nullptr) return Errc::not_your_group;
        const std::size_t usual = (limits_.listed_messages + 4) / 5;
        recall(peer, *group, asked.with, chronicle_.numbering().completed(asked.before),
               std::min(asked.count != 0 ? asked.count : usual, limits_.listed_messages));
        return {};
    }

    // ---- What the embedding program arranges

    Refusal make_permanent(std::string_view name, bool permanent) {
        Group* group = assembly_.find_group(name);
        if (group == nullptr && !permanent) return Errc::no_such_group;
        if (group == nullptr) {
            if (Refusal refused = check_name(name, limits_.name_characters)) return refused;
            group = assembly_.found(name);
            if (group == nullptr) return Errc::no_more_groups;
        }
        group->permanent = permanent;
        (void)assembly_.end_if_over(*group);
        return {};
    }

    Refusal remember(std::string_view group_name, Message message) {
        Group* group = assembly_.find_group(group_name);
        if (group == nullptr) return Errc::no_such_group;
        if (Refusal refused = check(message.text)) return refused;
        if (!message.from.empty())
            if (Refusal refused = check_name(message.from, limits_.name_characters)) return refused;
        if (!chronicle_.numbering().adopt(message.stamp.id)) return Errc::message_not_newer;
        message.to = {};
        message.author = 0;
        group->history.add(message);
        return {};
    }

    // ---- What is told to one

    void refuse(Peer& peer, Errc why, std::span<const std::string_view> subject = {}) {
        std::vector<std::string_view> shown;
        for (const std::string_view part : subject)
            if (const auto begin = shown_beginning(part, limits_.name_characters); !begin.empty())
                shown.push_back(begin);
        delivery_.tell(peer, Refused{why, shown, limit_behind(why, limits_)});
    }

    /// Why somebody has to leave.
    [[nodiscard]] Removed removed(Errc why) const { return {why, {}, limit_behind(why, limits_)}; }

private:
    // What is wrong with words that are shown to somebody, whoever they are from.
    [[nodiscard]] Refusal check_words(std::string_view words) const {
        return words.size() > limits_.line_bytes ? Errc::line_too_long : check_text(words);
    }
    // And with what is said, which cannot be nothing.
    [[nodiscard]] Refusal check(std::string_view text) const {
        const Refusal refused = check_words(text);
        return !refused && trim_front(text).empty() ? Errc::text_empty : refused;
    }

    Refusal enter(Peer& peer, std::string_view name) {
        const Entry* entry = assembly_.enter(peer, name);
        if (entry == nullptr) return Errc::name_taken;
        listening_.restart(peer, now());
        delivery_.tell(peer, Welcome{entry->first, assembly_.roster().size()});
        tell_recent(peer, assembly_.lobby());
        if (peer.stamped) tell_session(peer);
        publish_news(assembly_.lobby(), Joined{entry->first}, &MembershipSummary::joined, &peer);
        return {};
    }

    // Whoever says something is not away any more; tells whether it was.
    bool attends(Peer& peer) {
        if (!away_.come_back(peer.entry->second.number)) return false;
        delivery_.tell(peer, AwayChanged{false});
        return true;
    }

    [[nodiscard]] bool offers_sessions() const { return now_ && sessions_.offered() && limits_.resume_seconds != 0; }

    // A member goes on over another connection than this one, which may not even know that it is dead.
    void hand_over(Peer& peer) {
        peer.closing = true;
        delivery_.tell(peer, removed(Errc::resumed));
        transport_.close(peer.id);
        TimeoutQueue<Peer>::cancel(peer);
        assembly_.detach(peer);
    }

    // A member is not one any more.
    void depart(Entry& member, Refusal why) {
        sessions_.end(member.second.number);
        away_.come_back(member.second.number);
        chronicle_.forget(member.second.number);
        const auto departed = assembly_.remove(member);
        publish_to_all(departed.entry.mapped(), Left{departed.entry.key(), why}, &MembershipSummary::left);
    }

    // Says something to everybody in a group but `except`, and tells the hook.
    void publish(Group& group, const Event& event, Peer* except = nullptr) {
        delivery_.publish(group, event, except);
        tell_hook(event);
    }

    // The same for who comes and goes in a group; and for what happens to a member as such.
    void publish_news(Group& group, const Event& event, std::size_t MembershipSummary::*what, Peer* except = nullptr) {
        news_.tell(group, event, what, except);
        tell_hook(event);
    }
    void publish_to_all(const typename Registry<Transport, Spoken>::Member& member, const Event& event,
                        std::size_t MembershipSummary::*what, Peer* except = nullptr) {
        news_.tell_all(member, event, what, except);
        tell_hook(event);
    }

    void tell_hook(const Event& event) {
        ++hooks_;
        hook_(event);
        --hooks_;
    }

    void tell_session(Peer& peer) {
        if (peer.entry == nullptr) return;
        const std::string token = sessions_.open(peer.entry->second.number, *peer.entry);
        delivery_.tell(peer, Session{token, chronicle_.numbering().newest(), limits_.resume_seconds});
    }

    void tell_recent(Peer& peer, const Group& group) {
        if (limits_.recent_messages != 0 && group.history.size() != 0)
            recall(peer, group, {}, {}, limits_.recent_messages);
    }

    // Answers with a page of a group's history; or, if `with` is not empty, of the peer's own private one.
    void recall(Peer& peer, const Group& group, std::string_view with, MessageId before, std::size_t count) {
        const History* kept = with.empty() ? &group.history : chronicle_.private_history(peer.entry->second.number);
        const auto wanted = [&](const Message& message) { return with.empty() || is_between(message, with); };
        const HistoryPage page =
            kept != nullptr ? page_before(*kept, group.name, before, count, answer_bytes(), wanted) : HistoryPage{};
        delivery_.tell(peer,
                       Recalled{group.name, with, page.messages, page.older, chronicle_.numbering().newest().epoch});
    }

    // How long an answer may be: one must not make who asks for it too slow.
    [[nodiscard]] std::size_t answer_bytes() const { return limits_.backlog_bytes / 2; }

    [[nodiscard]] Journal::Party party_of(const Entry& entry) const {
        return {entry.second.number, entry.first, sessions_.has(entry.second.number)};
    }

    // Before the first advance, everything happens at one time.
    [[nodiscard]] Time now() const { return now_.value_or(Time{}); }

    Transport& transport_;
    const Limits& limits_;
    std::optional<Time> now_;  // nothing before the first advance

    Registry<Transport, Spoken> assembly_;
    Delivery<Transport, Spoken>& delivery_ = assembly_.delivery();
    Journal chronicle_{limits_};
    Notices<Transport, Spoken> news_{assembly_, limits_};

    TimeoutQueue<Peer> naming_;     // waits for a name
    TimeoutQueue<Peer> listening_;  // waits for a sign of life from members
    PresenceBoard away_;
    Sessions<Entry> sessions_;  // keeps the places of members whose connection is lost
    Directory<Transport, Spoken> directory_{assembly_, away_, sessions_, limits_};

    Hook hook_;
    int hooks_ = 0;  // that are running, one within another
};

}  // namespace minimeta
