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
#include "model_state.hpp"
#include "model_words.hpp"

class ModelNews {
public:
    using Id = ModelState::Id;
    using Kind = std::size_t ModelTurnover::*;

    explicit ModelNews(ModelState& state) : state_(state) {}

    /// Notifies a group.
    void tell(int group, const std::string& line, Kind kind, std::optional<Id> except = {}) {
        if (!is_large(group)) return state_.write_to_all(group, line, except);
        ModelTurnover& news = state_.groups.at(group).news;
        if (news.joined + news.left + news.renamed == 0) {
            news.since = state_.now;
            state_.counting.push_back(group);
        }
        ++(news.*kind);
    }

    /// Notifies the lobby; if that is large, each member of the small ones among `groups`, once.
    void tell_of_member(const std::vector<int>& groups, const std::string& line, Kind kind,
                        std::optional<Id> except = {}) {
        tell(ModelState::lobby, line, kind, except);
        if (!is_large(ModelState::lobby)) return;
        std::set<Id> told;
        for (const int group : groups)
            if (!is_large(group))
                for (const Id id : state_.connections_in(group)) told.insert(id);
        for (const Id id : told)
            if (id != except) state_.write(id, line);
    }

    /// When the next summary is due.
    [[nodiscard]] std::optional<int> deadline() const {
        if (state_.counting.empty()) return {};
        const ModelTurnover& first = state_.groups.at(state_.counting.front()).news;
        return first.since + 10 * static_cast<int>(state_.limits.summary_seconds);
    }

    /// Sends the next summary.
    void sum_up() {
        const minimeta::Phrases& english = minimeta::english;
        const int group = state_.counting.front();
        state_.counting.erase(state_.counting.begin());
        const ModelTurnover news = std::exchange(state_.groups.at(group).news, {});
        std::vector<std::string> counts;
        const auto count = [&counts](std::string_view phrase, std::size_t number) {
            if (number != 0) counts.push_back(filled(phrase, {{"count", std::to_string(number)}}));
        };
        count(english.many_joined, news.joined);
        count(english.many_left, news.left);
        count(news.renamed == 1 ? english.one_renamed : english.many_renamed, news.renamed);
        const bool in_lobby = group == ModelState::lobby;
        state_.write_to_all(group, filled(in_lobby ? english.summary : english.summary_in,
                                          {{"group", state_.groups.at(group).name}, {"counts", listed(counts)}}));
    }

private:
    [[nodiscard]] bool is_large(int group) const {
        return state_.groups.at(group).members.size() > state_.limits.noticed_members;
    }

    ModelState& state_;
};
