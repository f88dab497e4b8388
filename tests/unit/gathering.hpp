// A registry in memory and members by their names, for tests that need no room.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "minimeta/delivery/delivery.hpp"
#include "minimeta/features/context.hpp"
#include "minimeta/limits.hpp"
#include "minimeta/protocol/protocol_set.hpp"
#include "minimeta/protocol/text.hpp"
#include "minimeta/state/registry.hpp"
#include "minimeta/transport/memory.hpp"

/// A registry, and messages in it. Events are published and replies sent as a room would do.
struct Gathering {
    using Protocols = minimeta::ProtocolSet<minimeta::Text>;
    using Types = minimeta::Types<minimeta::MemoryTransport, Protocols>;
    using Registry = minimeta::Registry<Types>;

    explicit Gathering(const minimeta::Limits& wanted = {}) : limits(wanted) {}

    /// Opens a connection; MemoryTransport requires a room for that.
    Registry::Peer& connects() {
        struct {
            Registry& registry;
            Registry::Peer* peer = nullptr;
            void on_open(std::size_t id, minimeta::ProtocolIndex) { peer = &registry.open(id); }
        } room{registry};
        transport.open(room);
        return *room.peer;
    }
    Registry::Member& enters(std::string_view name) { return *registry.enter(connects(), name); }

    /// Brings a member into the group of this name, creating it if there is none.
    Registry::Group& joins(Registry::Member& member, std::string_view name) {
        Registry::Group* group = registry.find_group(name);
        if (group == nullptr) group = registry.create_group(name);
        registry.join(member, *group, {});
        return *group;
    }

    /// Announces a text to a group; not to `except`.
    void says(Registry::Group& group, std::string_view text, Registry::Member* except = nullptr) {
        registry.delivery().publish(group, minimeta::Announced{text, group.name},
                                    except != nullptr ? except->peer : nullptr);
    }

    void flush() {
        registry.delivery().flush([](Registry::Peer&) {});
    }
    /// Returns what a connection was sent since the last look.
    std::string read(std::size_t id) { return transport.take(id); }
    std::string read(const Registry::Member& member) { return read(member.peer->id); }

    minimeta::MemoryTransport transport;
    minimeta::Limits limits;
    Protocols protocols;
    minimeta::Context<Types> context{transport, protocols, limits};
    Registry& registry = context.registry;
};
