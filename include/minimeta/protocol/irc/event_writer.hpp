// Events as lines of IRC.
#pragma once

#include <string>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/irc/line_writer.hpp"
#include "minimeta/role.hpp"
#include "minimeta/time.hpp"

namespace minimeta::irc {

/// The mode that a role is, and its sign in front of a name; 0 for none.
[[nodiscard]] constexpr char mode_of(Role role) {
    return role == Role::owner ? 'q' : role == Role::op ? 'o' : role == Role::voice ? 'v' : '\0';
}
[[nodiscard]] constexpr char sign_of(Role role) {
    return role == Role::owner ? '~' : role == Role::op ? '@' : role == Role::voice ? '+' : '\0';
}

/// Writes events for who has some capabilities and, if it is one of few that they are for, a name. Writes nothing for what IRC has
/// no word for.
class EventWriter {
public:
    explicit EventWriter(const Identity& identity) : identity_(identity) {}

    [[nodiscard]] const std::string& write(const Event& event, unsigned enabled, WallTime now,
                                           std::string_view reader) {
        out_.clear();
        enabled_ = enabled;
        now_ = now;
        reader_ = reader;
        visit([&](const auto& e) { one(e); }, event);
        return out_;
    }

private:
    [[nodiscard]] LineWriter lines() { return {out_, identity_}; }
    void line(std::string_view from, std::string_view rest) { lines().line(from, rest, tags_of(enabled_, now_)); }

    // By whom it was done; by the room, if by nobody.
    void mode(std::string_view by, std::string_view group, const std::string& changes) {
        line(by, "MODE " + channel_of(group) + " " + changes);
    }
    void notice(std::string_view group, const std::string& text) {
        line({}, "NOTICE " + channel_of(group) + " :" + text);
    }

    void one(const Joined& e) { line(e.name, "JOIN #lobby"); }
    void one(const Renamed& e) { line(e.from, "NICK " + std::string(e.to)); }
    void one(const Said& e) {
        lines().text(e.from, channel_of(e.group), e.text, e.manner, tags_of(enabled_, e.stamp.at, e.stamp.id));
    }
    void one(const Whispered& e) {
        const std::string_view to = reader_.empty() && !e.to.empty() ? e.to.front() : reader_;
        lines().text(e.from, to, e.text, e.manner, tags_of(enabled_, e.stamp.at, e.stamp.id));
    }
    void one(const Announced& e) {
        lines().text({}, channel_of(e.group), e.text, Manner::notice, tags_of(enabled_, e.stamp.at, e.stamp.id));
    }
    void one(const GroupJoined& e) {
        if (was_kicked(e.name, e.group)) kicked_.clear();
        line(e.name, "JOIN " + channel_of(e.group));
    }
    void one(const GroupLeft& e) {
        if (!was_kicked(e.name, e.group)) line(e.name, "PART " + channel_of(e.group));
    }
    void one(const Left& e) { line(e.name, "QUIT :" + std::string(e.why ? reason(*e.why) : "Left")); }
    void one(const RoleChanged& e) {
        const std::string name(e.name), two = " " + name + " " + name;
        if (e.role == Role::member) return mode(e.by, e.group, "-qov " + name + two);
        std::string others;
        for (const Role role : {Role::owner, Role::op, Role::voice})
            if (role != e.role) others += mode_of(role);
        mode(e.by, e.group, std::string("+") + mode_of(e.role) + "-" + others + " " + name + two);
    }
    void one(const TopicChanged& e) { line(e.by, "TOPIC " + channel_of(e.group) + " :" + std::string(e.text)); }
    void one(const Kicked& e) {
        if (e.group.empty()) return;  // it leaves, which is told, too
        kicked_ = std::string(e.name) + " " + std::string(e.group);
        line(e.by, "KICK " + channel_of(e.group) + " " + std::string(e.name) + " :" +
                       std::string(e.text.empty() ? e.by : e.text));
    }
    void one(const Punished& e) {
        if (e.sanction == Sanction::ban) mode(e.by, e.group, "+b " + std::string(e.name) + "!*@*");
        else notice(e.group, std::string(e.name) + " is muted");
    }
    void one(const Pardoned& e) {
        if (e.sanction == Sanction::ban) mode(e.by, e.group, "-b " + std::string(e.name) + "!*@*");
        else notice(e.group, std::string(e.name) + " is no longer muted");
    }
    void one(const SettingChanged& e) {
        const std::string sign = e.value != 0 ? "+" : "-";
        switch (e.setting) {
            case Setting::locked: return mode(e.by, e.group, sign + "i");
            case Setting::moderated: return mode(e.by, e.group, sign + "m");
            case Setting::hidden: return mode(e.by, e.group, sign + "s");
            case Setting::member_limit:
                return mode(e.by, e.group, e.value != 0 ? "+l " + std::to_string(e.value) : "-l");
            case Setting::slow_seconds: break;
        }
        notice(e.group, e.value != 0 ? "One line in " + std::to_string(e.value) + " seconds from each"
                                     : "No pause between lines any more");
    }
    void one(const KeyChanged& e) { mode(e.by, e.group, e.needed ? "+k *" : "-k *"); }
    template <class Other>
    void one(const Other&) {}

    [[nodiscard]] static std::string_view reason(Errc why) {
        switch (why) {
            case Errc::kicked: return "Kicked";
            case Errc::banned: return "Banned";
            case Errc::idle: return "Ping timeout";
            case Errc::too_slow: return "Max SendQ exceeded";
            default: return "Left";
        }
    }

    // A member that was kicked has left by that, and leaves only once.
    [[nodiscard]] bool was_kicked(std::string_view name, std::string_view group) const {
        return kicked_.size() == name.size() + 1 + group.size() && kicked_.starts_with(name) &&
               kicked_.ends_with(group);
    }

    const Identity& identity_;
    std::string out_;
    unsigned enabled_ = 0;
    WallTime now_;
    std::string_view reader_;
    std::string kicked_;  // the last one, and where
};

}  // namespace minimeta::irc
