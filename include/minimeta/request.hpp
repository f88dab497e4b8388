// Requests: what a peer asks the room for, shown to the embedding program before it is carried out; and the program's verdict.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "minimeta/command.hpp"
#include "minimeta/error.hpp"
#include "minimeta/message.hpp"

namespace minimeta {

/// A request of a peer. Views live for the call that they are passed to.
template <class connection_id>
struct Request {
    connection_id connection;
    MemberNumber number;       ///< {} if the connection has no name yet
    std::string_view name;     ///< empty in that case
    std::string_view account;  ///< that the program attached to the member, or empty
    const Command& command;
};

/// What is to be done about a request.
class Verdict {
public:
    /// It is carried out.
    [[nodiscard]] static Verdict allow() { return Verdict(Kind::allow); }

    /// It is carried out with this text instead of its own: that of a message, an away text, or a name. A request without a
    /// text is carried out as it is.
    [[nodiscard]] static Verdict allow_as(std::string text) { return {Kind::allow_as, std::move(text)}; }

    /// It is refused for this reason.
    [[nodiscard]] static Verdict refuse(Errc why = Errc::forbidden) { return {Kind::refuse, {}, why}; }

    /// It is refused in these words of the program; as above, if they may not be shown.
    [[nodiscard]] static Verdict refuse(std::string words) { return {Kind::refuse, std::move(words)}; }

    /// The program has dealt with it, or will; the room does nothing.
    [[nodiscard]] static Verdict done() { return Verdict(Kind::done); }

    enum class Kind : unsigned char { allow, allow_as, refuse, done };
    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] Errc why() const noexcept { return why_; }

private:
    Verdict(Kind kind, std::string text = {}, Errc why = Errc::forbidden)
        : kind_(kind), why_(why), text_(std::move(text)) {}

    Kind kind_;
    Errc why_;
    std::string text_;
};

}  // namespace minimeta
