// The baseline: a naive room. Each message is formatted once, and copied into the queue of each member.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

class NaiveRoom {
public:
    explicit NaiveRoom(std::size_t members) {
        for (std::size_t i = 0; i < members; ++i) members_.push_back({"u" + std::to_string(i), {}});
    }

    void say(std::size_t from, std::string_view text) {
        message_.assign(members_[from].name).append(": ").append(text).append("\n");
        for (std::size_t i = 0; i < members_.size(); ++i)
            if (i != from) members_[i].queue.append(message_);
    }

    /// Brings a member into a group, which is a number.
    void join(std::size_t member, std::size_t group) {
        if (groups_.size() <= group) groups_.resize(group + 1);
        groups_[group].push_back(member);
    }

    void say_in(std::size_t group, std::size_t from, std::string_view text) {
        message_.assign("#").append(std::to_string(group)).append(" ");
        message_.append(members_[from].name).append(": ").append(text).append("\n");
        for (const std::size_t i : groups_[group])
            if (i != from) members_[i].queue.append(message_);
    }

    /// What a member has to read; it is taken.
    template <class F>
    void read(std::size_t member, F&& use) {
        use(std::string_view(members_[member].queue));
        members_[member].queue.clear();
    }

private:
    struct Member {
        std::string name;
        std::string queue;
    };

    std::vector<Member> members_;
    std::vector<std::vector<std::size_t>> groups_;
    std::string message_;
};
