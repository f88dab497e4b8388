// Writes events as JSON objects. The type is that of the struct in event.hpp, in small letters; the members are its members.
// What is empty, 0 or false is left out.
#pragma once

#include <cstdint>
#include <string_view>

#include "minimeta/base/variant.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/error.hpp"
#include "minimeta/event.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/json/writer.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// Writes the members of a stamp: `id`, which is unique for ever, and `at`, the milliseconds since 1970.
inline JsonWriter& write_stamp(JsonWriter& json, const Stamp& stamp) {
    if (stamp.id) json.field("id", std::string_view(text_of(stamp.id)));
    return json.optional("at", static_cast<std::uint64_t>(stamp.at.nanoseconds / 1'000'000));
}

/// Writes the member that a manner is, if it is not speech.
inline JsonWriter& write_manner(JsonWriter& json, Manner manner) {
    return json.optional("action", manner == Manner::action).optional("notice", manner == Manner::notice);
}

/// Appends nothing for events that are for the hook alone.
class JsonEventWriter {
public:
    static void write(ByteLog& log, const Event& event) {
        visit([&](const auto& e) { write_one(log, e); }, event);
    }

private:
    static void write_one(ByteLog& log, const Joined& e) {
        JsonWriter(log).begin("joined").field("name", e.name).field("number", e.number.value).end();
    }
    static void write_one(ByteLog& log, const Renamed& e) {
        JsonWriter(log).begin("renamed").field("from", e.from).field("to", e.to).field("number", e.number.value).end();
    }
    static void write_one(ByteLog& log, const Said& e) {
        JsonWriter json(log);
        json.begin("said").field("from", e.from).field("text", e.text);
        write_manner(json, e.manner);
        json.optional("group", e.group);
        write_stamp(json, e.stamp).field("number", e.number.value).end();
    }
    static void write_one(ByteLog& log, const Whispered& e) {
        JsonWriter json(log);
        json.begin("whispered").field("from", e.from).array("to", e.to).field("text", e.text);
        write_manner(json, e.manner);
        write_stamp(json, e.stamp).field("number", e.number.value).end();
    }
    static void write_one(ByteLog& log, const Announced& e) {
        JsonWriter json(log);
        json.begin("announced").field("text", e.text).optional("group", e.group);
        write_stamp(json, e.stamp).end();
    }
    static void write_one(ByteLog& log, const Left& e) {
        JsonWriter(log)
            .begin("left")
            .field("name", e.name)
            .optional("why", e.why ? name_of(*e.why) : std::string_view{})
            .field("number", e.number.value)
            .end();
    }
    static void write_one(ByteLog& log, const GroupJoined& e) { write_group(log, "group_joined", e); }
    static void write_one(ByteLog& log, const GroupLeft& e) { write_group(log, "group_left", e); }
    static void write_one(ByteLog& log, const MembershipSummary& e) {
        JsonWriter(log)
            .begin("membership_summary")
            .optional("group", e.group)
            .field("joined", e.joined)
            .field("left", e.left)
            .field("renamed", e.renamed)
            .end();
    }
    static void write_one(ByteLog& log, const RoleChanged& e) {
        JsonWriter json(log);
        json.begin("role_changed").field("name", e.name).field("role", name_of(e.role));
        end(json.optional("by", e.by).optional("group", e.group), e);
    }
    static void write_one(ByteLog& log, const TopicChanged& e) {
        JsonWriter(log)
            .begin("topic_changed")
            .field("text", e.text)
            .optional("by", e.by)
            .optional("group", e.group)
            .end();
    }
    static void write_one(ByteLog& log, const Kicked& e) {
        JsonWriter json(log);
        json.begin("kicked").field("name", e.name).optional("text", e.text);
        end(json.optional("by", e.by).optional("group", e.group), e);
    }
    static void write_one(ByteLog& log, const Punished& e) {
        JsonWriter json(log);
        json.begin("punished")
            .field("sanction", name_of(e.sanction))
            .field("name", e.name)
            .optional("seconds", e.seconds);
        end(json.optional("by", e.by).optional("group", e.group), e);
    }
    static void write_one(ByteLog& log, const Pardoned& e) {
        JsonWriter json(log);
        json.begin("pardoned").field("sanction", name_of(e.sanction)).field("name", e.name);
        json.optional("by", e.by).optional("group", e.group).end();
    }
    static void write_one(ByteLog& log, const SettingChanged& e) {
        JsonWriter json(log);
        json.begin("setting_changed").field("setting", name_of(e.setting)).field("value", e.value);
        json.optional("by", e.by).optional("group", e.group).end();
    }
    static void write_one(ByteLog& log, const KeyChanged& e) {
        JsonWriter(log)
            .begin("key_changed")
            .field("needed", e.needed)
            .optional("by", e.by)
            .field("group", e.group)
            .end();
    }
    static void write_one(ByteLog& log, const Purged& e) {
        JsonWriter json(log);
        end(json.begin("purged").field("name", e.name).optional("by", e.by).optional("group", e.group), e);
    }
    static void write_one(ByteLog& log, const WentAway& e) {
        JsonWriter(log)
            .begin("went_away")
            .field("name", e.name)
            .optional("text", e.text)
            .field("number", e.number.value)
            .end();
    }
    static void write_one(ByteLog& log, const CameBack& e) {
        JsonWriter(log).begin("came_back").field("name", e.name).field("number", e.number.value).end();
    }
    static void write_one(ByteLog&, const ConnectionLost&) {}
    static void write_one(ByteLog&, const Resumed&) {}
    static void write_one(ByteLog&, const FriendshipChanged&) {}
    static void write_one(ByteLog&, const Invited&) {}

    template <class E>
    static void write_group(ByteLog& log, std::string_view type, const E& e) {
        JsonWriter(log).begin(type).field("name", e.name).field("group", e.group).field("number", e.number.value).end();
    }

    // The member that it concerns need not be here.
    template <class E>
    static void end(JsonWriter& json, const E& e) {
        json.optional("number", e.number.value).end();
    }
};

}  // namespace minimeta
