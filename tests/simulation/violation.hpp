// A violation: the room did what the model says it must not.
#pragma once

#include <ostream>
#include <string>
#include <string_view>

struct Violation {
    std::string what;
};

/// Text as it can be shown in a report, also where it is no UTF-8.
inline std::string in_quotes(std::string_view text) {
    constexpr std::size_t most = 600;
    std::string shown = "\"";
    for (const char c : text.substr(0, most)) {
        if (c == '\n') shown += "\\n";
        else if (c == '\r') shown += "\\r";
        else if (c == '\xE9') shown += "\\xE9";  // the only one that is typed
        else shown += c;
    }
    return shown + (text.size() > most ? "\" and more" : "\"");
}

/// The same for a stream.
struct Quoted {
    std::string_view text;
    friend std::ostream& operator<<(std::ostream& out, const Quoted& quote) { return out << in_quotes(quote.text); }
};
