// The baseline of a history: the last lines as they were sent, each in a string of its own.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>

class NaiveHistory {
public:
    explicit NaiveHistory(std::size_t most) : most_(most) {}

    void add(std::string_view name, std::string_view text) {
        if (lines_.size() == most_) lines_.pop_front();
        lines_.emplace_back(name).append(": ").append(text).append("\n");
    }

    /// The last `count` lines, behind each other.
    [[nodiscard]] std::string_view page(std::size_t count) {
        page_.clear();
        for (std::size_t i = lines_.size() - count; i < lines_.size(); ++i) page_.append(lines_[i]);
        return page_;
    }

private:
    std::size_t most_;
    std::deque<std::string> lines_;
    std::string page_;
};
