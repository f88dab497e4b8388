// as_text: an event or a reply as Text encodes it, so that a scenario states what is sent, and not in which words.
//
//     CHECK(scene.hears("bob") == as_text(GroupJoined{"lily", "dev"}));
#pragma once

#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "minimeta/minimeta.hpp"

template <class Sent>
std::string encoded_text(const Sent& what) {
    minimeta::Text text;
    minimeta::ByteLog log;
    if constexpr (requires { text.encode(log, what); }) text.encode(log, what);
    else text.encode(log, what, "");
    log.commit();
    std::string all;
    for (minimeta::ByteLog::Position at = 0; at != log.end();) all.append(log.read(at));
    return all;
}

inline std::string as_text(const minimeta::Event& event) { return encoded_text(event); }
inline std::string as_text(const minimeta::Reply& reply) { return encoded_text(reply); }

/// The text of a refusal that is about this subject, or about this number.
inline std::string refused(minimeta::Errc why, std::string_view subject = {}, std::size_t limit = 0) {
    return as_text(minimeta::Refused{why, std::span(&subject, subject.empty() ? 0 : 1), limit});
}

/// The text for the sender of a private message that was delivered to these members.
inline std::string delivered(std::initializer_list<std::string_view> to) {
    return as_text(minimeta::Delivered{std::span(to.begin(), to.size()), {}});
}
