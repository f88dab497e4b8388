// Writes replies as JSON objects, as event_writer.hpp does events. An answer has the number of the request that it is for.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "minimeta/base/variant.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/json/event_writer.hpp"
#include "minimeta/protocol/json/writer.hpp"
#include "minimeta/reply.hpp"
#include "minimeta/role.hpp"
#include "minimeta/time.hpp"

namespace minimeta {

class JsonReplyWriter {
public:
    void use(const Limits& limits) { limits_ = limits; }

    void write(ByteLog& log, const Reply& reply, std::optional<std::uint64_t> request) {
        JsonWriter json(log);
        visit([&](const auto& r) { write(json, r); }, reply);
        if (request) json.field("request", *request);
        json.end();
    }

private:
    // ---- Connections

    void write(JsonWriter& json, const Greeting&) const {
        json.begin("greeting")
            .field("line_bytes", limits_.line_bytes)
            .field("name_characters", limits_.name_characters);
        json.field("recipients", limits_.recipients).field("messages_per_second", limits_.messages_per_second);
        json.field("burst", limits_.burst).field("listed_messages", limits_.listed_messages);
    }
    static void write(JsonWriter& json, const Welcome& r) {
        json.begin("welcome").field("name", r.name).field("members", r.members);
    }
    static void write(JsonWriter& json, const NameChanged& r) { json.begin("name_changed").field("name", r.name); }
    static void write(JsonWriter& json, const CurrentName& r) { json.begin("current_name").field("name", r.name); }
    static void write(JsonWriter& json, const Refused& r) {
        json.begin("refused").field("why", name_of(r.why));
        if (!r.subject.empty()) json.array("subject", r.subject);
        json.optional("limit", r.limit).optional("words", r.words);
    }
    static void write(JsonWriter& json, const Told& r) { json.begin("told").field("text", r.text); }
    static void write(JsonWriter& json, const Usage& r) {
        json.begin("usage").array("custom", r.custom, [&](const CommandHelp& each) {
            json.open().field("usage", each.usage).field("meaning", each.meaning).close();
        });
    }
    static void write(JsonWriter& json, const Farewell&) { json.begin("farewell"); }
    static void write(JsonWriter& json, const Removed& r) {
        json.begin("removed").field("why", name_of(r.why)).optional("words", r.words).optional("limit", r.limit);
    }

    // ---- Messages

    static void write(JsonWriter& json, const Sent& r) {
        json.begin("sent").field("text", r.text);
        write_manner(json, r.manner);
        json.optional("group", r.group);
        if (!r.to.empty()) json.array("to", r.to);
        write_stamp(json, r.stamp);
    }
    static void write(JsonWriter& json, const Delivered& r) {
        json.begin("delivered").array("to", r.to);
        if (!r.away.empty())
            json.array("away", r.away, [&](const Absence& each) {
                json.open().field("name", each.name).optional("text", each.text).close();
            });
        if (!r.lost.empty()) json.array("lost", r.lost);
        if (!r.absent.empty()) json.array("absent", r.absent);
    }
    static void write(JsonWriter& json, const Recalled& r) {
        json.begin("recalled").optional("group", r.group).optional("with", r.with);
        write_messages(json, r.messages);
        json.field("older", r.older);
    }
    static void write(JsonWriter& json, const CaughtUp& r) {
        json.begin("caught_up").field("name", r.name);
        write_messages(json, r.messages);
        if (!r.gap_begin) return;
        json.field("gap_begin", std::string_view(text_of(r.gap_begin)));
        json.field("gap_end", std::string_view(text_of(r.gap_end)));
    }
    static void write(JsonWriter& json, const Waited& r) {
        json.begin("waited");
        write_messages(json, r.messages);
    }
    static void write(JsonWriter& json, const Session& r) {
        json.begin("session").field("token", r.token).field("newest", std::string_view(text_of(r.newest)));
        json.field("seconds", r.seconds);
    }

    static void write_messages(JsonWriter& json, std::span<const Message> messages) {
        json.array("messages", messages, [&](const Message& each) {
            json.open().optional("from", each.from);
            if (!each.to.empty()) {
                std::vector<std::string_view> to;
                each_recipient(each, [&](std::string_view name) { to.push_back(name); });
                json.array("to", to);
            }
            json.field("text", each.text);
            write_manner(json, each.manner);
            json.optional("group", each.group);
            write_stamp(json, each.stamp).optional("number", each.author.value).close();
        });
    }

    // ---- Members

    static void write(JsonWriter& json, const Members& r) {
        json.begin("members").optional("group", r.group).field("total", r.total);
        json.array("some", r.some, [&](const Presence& each) {
            json.open();
            write_presence(json, each);
            json.close();
        });
    }
    static void write(JsonWriter& json, const Profile& r) {
        json.begin("profile");
        write_presence(json, r.presence);
        json.optional("away_text", r.away_text).array("groups", r.groups);
        json.field("silent", static_cast<std::uint64_t>(r.silent.nanoseconds / 1'000'000'000));
        json.optional("account", r.account);
    }
    static void write_presence(JsonWriter& json, const Presence& presence) {
        json.field("name", presence.name).optional("away", presence.away).optional("lost", presence.lost);
        json.optional("resident", presence.resident);
        if (presence.role != Role::member) json.field("role", name_of(presence.role));
    }
    static void write(JsonWriter& json, const AwayChanged& r) { json.begin("away_changed").field("away", r.away); }
    static void write(JsonWriter& json, const IgnoreChanged& r) {
        json.begin("ignore_changed").field("name", r.name).field("hidden", r.hidden);
    }
    static void write(JsonWriter& json, const Ignored& r) { json.begin("ignored").array("names", r.names); }

    // ---- Friends

    static void write(JsonWriter& json, const FriendChanged& r) {
        json.begin("friend_changed").field("name", r.name).field("relationship", name_of(r.relationship));
    }
    static void write(JsonWriter& json, const FriendMoved& r) {
        json.begin("friend_moved").field("account", r.account).field("name", r.name).field("here", r.here);
    }
    static void write(JsonWriter& json, const Friends& r) {
        json.begin("friends").array("all", r.all, [&](const Friend& each) {
            json.open().field("name", each.name).optional("account", each.account);
            json.field("relationship", name_of(each.relationship)).field("here", each.here);
            json.optional("away", each.away).close();
        });
    }

    // ---- Groups

    static void write(JsonWriter& json, const Groups& r) {
        json.begin("groups").field("total", r.total);
        json.array("some", r.some, [&](const GroupSize& each) {
            json.open().field("name", each.name).field("members", each.members).optional("joined", each.joined).close();
        });
    }
    static void write(JsonWriter& json, const GroupEntered& r) {
        json.begin("group_entered").field("group", r.group).field("members", r.members);
    }
    static void write(JsonWriter& json, const GroupExited& r) { json.begin("group_exited").field("group", r.group); }
    static void write(JsonWriter& json, const Topic& r) {
        json.begin("topic").field("text", r.text).optional("by", r.by).optional("group", r.group);
    }
    static void write(JsonWriter& json, const KickedFrom& r) {
        json.begin("kicked_from").field("group", r.group).optional("text", r.text).optional("by", r.by);
    }
    static void write(JsonWriter& json, const Invitation& r) {
        json.begin("invitation").field("group", r.group).optional("by", r.by);
    }
    static void write(JsonWriter& json, const Sanctions& r) {
        json.begin("sanctions").optional("group", r.group);
        json.array("all", r.all, [&](const ListedSanction& each) {
            json.open().field("sanction", name_of(each.sanction)).field("name", each.name);
            json.optional("seconds", each.seconds).close();
        });
    }

    Limits limits_;
};

}  // namespace minimeta
