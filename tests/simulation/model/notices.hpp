// Joins, leaves and renames in the naive model: each is announced in a small group, summarised in a large one.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "minimeta/protocol/text/phrases.hpp"
#include "simulation/model/state.hpp"
#include "simulation/model/words.hpp"

class ModelNotices {
public:
    using Id = ModelState::Id;
    using Kind = std::size_t ModelSummary::*;

    explicit ModelNotices(ModelState& state) : state_(state) {}

    /// Announces a change in a group.
    void announce(int group, const std::string& line, Kind kind, std::optional<Id> except = {}) {
        if (!is_large(group)) return state_.write_to_all(group, line, except);
        ModelSummary& summary = state_.groups.at(group).summary;
        if (summary.joined + summary.left + summary.renamed == 0) {
            summary.since = state_.now;
            state_.summaries.push_back(group);
        }
        ++(summary.*kind);
    }

    /// Announces a change in the lobby; if that is large, to each friend and each member of the small ones among `groups`,
    /// once.
    void announce_of_member(const std::vector<int>& groups, const std::vector<Id>& friends, const std::string& line,
                            Kind kind, std::optional<Id> except = {}) {
        announce(ModelState::lobby, line, kind, except);
        if (!is_large(ModelState::lobby)) return;
        std::set<Id> neighbours(friends.begin(), friends.end());
        for (const int group : groups)
            if (!is_large(group))
                for (const Id id : state_.connections_in(group)) neighbours.insert(id);
        for (const Id id : neighbours)
            if (id != except) state_.write(id, line);
    }

    /// When the next summary is due.
    [[nodiscard]] std::optional<int> deadline() const {
        if (state_.summaries.empty()) return {};
        const ModelSummary& first = state_.groups.at(state_.summaries.front()).summary;
        return first.since + 10 * static_cast<int>(state_.limits.summary_seconds);
    }

    /// Sends the next summary.
    void send_summary() {
        const minimeta::Phrases& english = minimeta::english;
        const int group = state_.summaries.front();
        state_.summaries.erase(state_.summaries.begin());
        const ModelSummary summary = std::exchange(state_.groups.at(group).summary, {});
        std::vector<std::string> counts;
        const auto count = [&counts](std::string_view phrase, std::size_t number) {
            if (number != 0) counts.push_back(filled(phrase, {{"count", std::to_string(number)}}));
        };
        count(english.many_joined, summary.joined);
        count(english.many_left, summary.left);
        count(summary.renamed == 1 ? english.one_renamed : english.many_renamed, summary.renamed);
        const bool in_lobby = group == ModelState::lobby;
        state_.write_to_all(group, filled(in_lobby ? english.summary : english.summary_in,
                                          {{"group", state_.groups.at(group).name}, {"counts", listed(counts)}}));
        state_.tell_program({"summary", state_.groups.at(group).name, std::to_string(summary.joined),
                             std::to_string(summary.left), std::to_string(summary.renamed)});
    }

private:
    [[nodiscard]] bool is_large(int group) const {
        return state_.groups.at(group).members.size() > state_.limits.noticed_members;
    }

    ModelState& state_;
};
