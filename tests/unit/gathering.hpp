// A registry in memory and members by their names, for tests that need no room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "minimeta/delivery/delivery.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/transport/memory.hpp"

/// A registry, and messages in it. Events are published and replies sent as a room would do.
struct Gathering {
    using Spoken = minimeta::ProtocolSet<minimeta::Text>;
    using Registry = minimeta::Registry<minimeta::MemoryTransport, Spoken>;

    explicit Gathering(const minimeta::Limits& wanted = {}) : limits(wanted) {}

    /// Opens a connection; MemoryTransport requires a room for that.
    Registry::Peer& connects() {
        struct {
            Registry& assembly;
            Registry::Peer* peer = nullptr;
            void on_open(std::size_t id, minimeta::ProtocolIndex) { peer = &assembly.open(id); }
        } room{assembly};
        transport.open(room);
        return *room.peer;
    }
    Registry::Entry& enters(std::string_view name) { return *assembly.enter(connects(), name); }

    /// Brings a member into a group, which is created if there is none of this name.
    Registry::Group& joins(Registry::Entry& entry, std::string_view name) {
        Registry::Group* group = assembly.find_group(name);
        if (group == nullptr) group = assembly.found(name);
        assembly.join(*entry.second.peer, *group, {});
        return *group;
    }

    /// Says a text in a group, in no name or in that of a member, which does not receive it.
    void says(Registry::Group& group, std::string_view text, Registry::Entry* from = nullptr) {
        assembly.delivery().publish(group, minimeta::Announced{text, group.name},
                                    from != nullptr ? from->second.peer : nullptr);
    }

    void flush() {
        assembly.delivery().flush([](Registry::Peer&) {});
    }
    /// What a connection was sent since the last look.
    std::string read(std::size_t id) { return transport.take(id); }
    std::string read(const Registry::Entry& entry) { return read(entry.second.peer->id); }

    minimeta::MemoryTransport transport;
    minimeta::Limits limits;
    Spoken speech;
    Registry assembly{transport, speech, limits};
};
