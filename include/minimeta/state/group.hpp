// A group: its audience, its history, and how many are in it. The lobby is the group in which every member is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "minimeta/base/timeout_queue.hpp"
#include "minimeta/base/unique_ptr.hpp"
#include "minimeta/delivery/fanout.hpp"
#include "minimeta/event.hpp"
#include "minimeta/history/history.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/state/group_rules.hpp"
#include "minimeta/state/name_table.hpp"

namespace minimeta {

/// A group; it is in a TimeoutQueue while its summary waits to be published.
template <class Types>
struct Group : Named, Timed {
    Group(std::string_view given, typename Types::Transport& transport, std::uint64_t& bytes, const Limits& limits)
        : Named(given), fanout(transport, bytes), history(limits.history_messages, limits.history_bytes) {}

    /// The rules; as by default as long as none was set.
    [[nodiscard]] bool has_rules() const { return static_cast<bool>(rules_); }
    [[nodiscard]] const GroupRules& rules() const {
        static const GroupRules none;
        return rules_ ? *rules_ : none;
    }
    [[nodiscard]] GroupRules& rules() {
        if (!rules_) rules_.reset(new GroupRules);
        return *rules_;
    }

    typename Types::Fanout fanout;  // seats the members that have a connection
    History history;
    MembershipSummary summary;  // of changes that have not been published
    std::size_t members = 0;    // with those whose connection is lost
    bool permanent = false;     // exists without members, too

private:
    UniquePtr<GroupRules> rules_;
};

}  // namespace minimeta
