// Reads commands from JSON objects. `type` says which one it is; the other members are those of the command's struct in
// command.hpp. What is missing there has its default here, too.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"
#include "minimeta/protocol/json/object.hpp"
#include "minimeta/role.hpp"

namespace minimeta {

/// Reads one command after the other. What it returns lives until the next one is read.
class JsonCommandReader {
public:
    /// The command of a text; Malformed if it is no object, lacks what the command needs, or has it in another form.
    Command read(std::string_view text) {
        request_.reset();
        if (!object_.read(text)) return command<Malformed>(Errc::malformed);
        request_ = object_.number("request");
        refused_.reset();
        const std::string_view type = this->text("type");
        const Command read = refused_ ? Command(*refused_) : of_type(type);
        return refused_ ? Command(*refused_) : read;
    }

    /// The number that the client gave to what was read last, to find the answers by.
    [[nodiscard]] std::optional<std::uint64_t> request() const { return request_; }

private:
    Command of_type(std::string_view type) {
        if (type == "name") return SetName{text("name")};
        if (type == "say") return Say{text("text"), manner(), text_or("group")};
        if (type == "whisper") return Whisper{texts("to"), text("text"), manner()};
        if (type == "who") return Who{text_or("group")};
        if (type == "whois") return Whois{text("name")};
        if (type == "join") return Join{text("group"), text_or("key")};
        if (type == "leave") return Leave{text("group")};
        if (type == "groups") return ListGroups{};
        if (type == "history")
            return Recall{text_or("group"), text_or("with"), message_or("before"), number_or("count")};
        if (type == "away") return Away{text_or("text")};
        if (type == "back") return Back{};
        if (type == "session") return OpenSession{};
        if (type == "resume") return Resume{text("token"), message("seen")};
        if (type == "ignore") return Ignore{text("name"), truth_or("hidden", true)};
        if (type == "ignored") return ListIgnored{};
        if (type == "befriend") return Befriend{text("name")};
        if (type == "unfriend") return Unfriend{text("name")};
        if (type == "friends") return ListFriends{};
        if (type == "role") return SetRole{text("name"), one_of_all<Role>("role", Role::owner), text_or("group")};
        if (type == "topic" && object_.has("text")) return SetTopic{text("text"), text_or("group")};
        if (type == "topic") return GetTopic{text_or("group")};
        if (type == "kick") return Kick{text("name"), text_or("text"), text_or("group")};
        if (type == "ban") return punish(Sanction::ban);
        if (type == "mute") return punish(Sanction::mute);
        if (type == "unban") return Pardon{Sanction::ban, text("name"), text_or("group")};
        if (type == "unmute") return Pardon{Sanction::mute, text("name"), text_or("group")};
        if (type == "sanctions") return ListSanctions{text_or("group")};
        if (type == "configure")
            return Configure{one_of_all<Setting>("setting", Setting::member_limit), number("value"), text_or("group")};
        if (type == "key") return SetKey{text_or("key"), text("group")};
        if (type == "invite") return Invite{text("name"), text("group")};
        if (type == "purge") return Purge{text("name"), text_or("group")};
        if (type == "help") return Help{};
        if (type == "quit") return Quit{};
        return Custom{type, text_or("rest"), type};
    }
    Command punish(Sanction sanction) { return Punish{sanction, text("name"), number_or("seconds"), text_or("group")}; }

    // ---- Members. The first that is missing, or has another form, is what the command is refused for.

    void refuse(Errc why, std::string_view key) {
        if (!refused_) refused_ = Malformed{why, key};
    }
    void refuse_needed(std::string_view key) {
        refuse(object_.has(key) ? Errc::invalid_argument : Errc::missing_argument, key);
    }
    template <class T>
    T needed(std::string_view key, std::optional<T> value) {
        if (!value) refuse_needed(key);
        return value.value_or(T{});
    }
    template <class T>
    T optional(std::string_view key, std::optional<T> value, T otherwise) {
        if (!value && object_.has(key)) refuse(Errc::invalid_argument, key);
        return value.value_or(otherwise);
    }

    std::string_view text(std::string_view key) { return needed(key, object_.string(key)); }
    std::string_view text_or(std::string_view key) { return optional(key, object_.string(key), std::string_view{}); }
    std::uint64_t number(std::string_view key) { return needed(key, object_.number(key)); }
    std::uint64_t number_or(std::string_view key) { return optional(key, object_.number(key), std::uint64_t{0}); }
    bool truth_or(std::string_view key, bool otherwise) { return optional(key, object_.boolean(key), otherwise); }
    Manner manner() {
        const bool acts = truth_or("action", false), notifies = truth_or("notice", false);
        return acts ? Manner::action : notifies ? Manner::notice : Manner::speech;
    }
    MessageId message(std::string_view key) { return needed(key, message_id_of(object_.string(key).value_or(""))); }
    MessageId message_or(std::string_view key) {
        return optional(key, message_id_of(object_.string(key).value_or("")), MessageId{});
    }
    std::vector<std::string_view>& texts(std::string_view key) {
        if (!object_.strings(key, texts_)) refuse_needed(key);
        return texts_;
    }
    // One of the enumerators up to `last`, by its name.
    template <class Enum>
    Enum one_of_all(std::string_view key, Enum last) {
        const std::string_view name = text(key);
        for (unsigned value = 0; value <= static_cast<unsigned>(last); ++value)
            if (name_of(static_cast<Enum>(value)) == name) return static_cast<Enum>(value);
        refuse(Errc::invalid_argument, key);
        return {};
    }

    JsonObject object_;
    std::vector<std::string_view> texts_;
    std::optional<Malformed> refused_;
    std::optional<std::uint64_t> request_;
};

}  // namespace minimeta
