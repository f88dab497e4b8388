// The text of an event or a reply, as Text encodes it: so that a scenario states what is sent, and not in which words.
//
//     CHECK(scene.hears("bob") == told(GroupJoined{"lily", "dev"}));
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"

template <class Told>
std::string in_words(const Told& what) {
    minimeta::Text text;
    minimeta::ByteLog log;
    if constexpr (requires { text.encode(log, what); }) text.encode(log, what);
    else text.encode(log, what, "");
    log.commit();
    std::string all;
    for (minimeta::ByteLog::Position at = 0; at != log.end();) all.append(log.read(at));
    return all;
}

inline std::string told(const minimeta::Event& event) { return in_words(event); }
inline std::string told(const minimeta::Reply& reply) { return in_words(reply); }

/// The text of a refusal that is about this subject, or about this number.
inline std::string refused(minimeta::Errc why, std::string_view subject = {}, std::size_t limit = 0) {
    return told(minimeta::Refused{why, std::span(&subject, subject.empty() ? 0 : 1), limit});
}

/// The text for the sender of a private message that was delivered to these members.
inline std::string delivered(std::initializer_list<std::string_view> to) {
    return told(minimeta::Delivered{std::span(to.begin(), to.size()), {}});
}
