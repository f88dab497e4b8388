// An event as a line, to be compared with what the model tells the program.
#pragma once

#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"
#include "simulation/model/words.hpp"

struct EventText {
    std::string operator()(const minimeta::Event& e) const { return minimeta::visit(*this, e); }

    std::string operator()(const minimeta::Joined& e) const { return told({"joined", e.name, text(e.number)}); }
    std::string operator()(const minimeta::Renamed& e) const { return told({"renamed", e.from, e.to, text(e.number)}); }
    std::string operator()(const minimeta::Said& e) const {
        const bool acted = e.manner == minimeta::Manner::action;
        return told({acted ? "acted" : "said", e.from, e.group, e.text, text_of(e.stamp.id), text(e.number)});
    }
    std::string operator()(const minimeta::Whispered& e) const {
        std::string to;
        for (const std::string_view name : e.to) to.append(to.empty() ? "" : ",").append(name);
        const bool acted = e.manner == minimeta::Manner::action;
        return told({acted ? "acted to" : "said to", to, e.from, e.text, text_of(e.stamp.id), text(e.number)});
    }
    std::string operator()(const minimeta::Announced& e) const {
        return told({"announced", e.group, e.text, text_of(e.stamp.id)});
    }
    std::string operator()(const minimeta::Left& e) const {
        return told({"left", e.name, e.why ? name_of(*e.why) : "", text(e.number), std::to_string(e.data)});
    }
    std::string operator()(const minimeta::GroupJoined& e) const {
        return told({"group joined", e.name, e.group, text(e.number)});
    }
    std::string operator()(const minimeta::GroupLeft& e) const {
        return told({"group left", e.name, e.group, text(e.number)});
    }
    std::string operator()(const minimeta::MembershipSummary& e) const {
        return told({"summary", e.group, std::to_string(e.joined), std::to_string(e.left), std::to_string(e.renamed)});
    }
    std::string operator()(const minimeta::WentAway& e) const { return told({"away", e.name, e.text, text(e.number)}); }
    std::string operator()(const minimeta::CameBack& e) const { return told({"back", e.name, text(e.number)}); }
    std::string operator()(const minimeta::ConnectionLost& e) const { return told({"lost", e.name, text(e.number)}); }
    std::string operator()(const minimeta::Resumed& e) const { return told({"resumed", e.name, text(e.number)}); }

    std::string operator()(const minimeta::FriendshipChanged& e) const {
        return told(
            {"friendship", e.name, e.account, name_of(e.relationship), e.other, e.other_account, text(e.number)});
    }

    std::string operator()(const minimeta::RoleChanged& e) const {
        return told({"role", e.name, name_of(e.role), e.by, e.group, text(e.number)});
    }
    std::string operator()(const minimeta::TopicChanged& e) const { return told({"topic", e.text, e.by, e.group}); }
    std::string operator()(const minimeta::Kicked& e) const {
        return told({"kicked", e.name, e.text, e.by, e.group, text(e.number)});
    }
    std::string operator()(const minimeta::Punished& e) const {
        return told({e.sanction == minimeta::Sanction::ban ? "banned" : "muted", e.name, std::to_string(e.seconds),
                     e.by, e.group, text(e.number)});
    }
    std::string operator()(const minimeta::Pardoned& e) const {
        return told({e.sanction == minimeta::Sanction::ban ? "unbanned" : "unmuted", e.name, e.by, e.group});
    }
    std::string operator()(const minimeta::SettingChanged& e) const {
        return told({"setting", name_of(e.setting), std::to_string(e.value), e.by, e.group});
    }
    std::string operator()(const minimeta::KeyChanged& e) const {
        return told({"key", e.needed ? "set" : "removed", e.by, e.group});
    }
    std::string operator()(const minimeta::Purged& e) const {
        return told({"purged", e.name, e.by, e.group, text(e.number)});
    }
    std::string operator()(const minimeta::Invited& e) const {
        return told({"invited", e.name, e.by, e.group, text(e.number)});
    }

    template <class Id>
    std::string operator()(const minimeta::ConnectionEvent<Id>& e) const {
        static constexpr std::string_view kinds[] = {"opened", "refused", "limited", "closed"};
        return told({"connection", kinds[static_cast<std::size_t>(e.kind)], std::to_string(e.connection),
                     e.why ? name_of(*e.why) : "", text(e.number)});
    }

    static std::string text(minimeta::MemberNumber number) { return std::to_string(number.value); }
};
