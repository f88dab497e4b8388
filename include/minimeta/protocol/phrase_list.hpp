// PhraseList: several phrases as one text.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "minimeta/protocol/fill_in.hpp"

namespace minimeta {

/// Phrases with a comma between two, such as the names of some people.
class PhraseList {
public:
    explicit PhraseList(std::string_view comma) : comma_(comma) {}

    void clear() { text_.clear(); }
    void add(std::string_view phrase, std::initializer_list<Blank> blanks) {
        if (!text_.empty()) text_.append(comma_);
        fill_in(text_, phrase, blanks);
    }
    /// Becomes a list of these names, and returns its text, which lives until the list changes.
    std::string_view of(std::span<const std::string_view> names) {
        clear();
        for (const std::string_view name : names) add("{name}", {{"name", name}});
        return text_;
    }

    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }
    operator std::string_view() const noexcept { return text_; }

private:
    std::string_view comma_;
    std::string text_;
};

}  // namespace minimeta
