// A set of scripts, and whether these are written together: UTS #39, section 5.2, moderately restrictive. Latin stands beside
// one other script, but neither beside Cyrillic nor Greek, whose letters look like its own; Han beside those of Japan, of
// Korea, or Bopomofo.
#pragma once

#include "minimeta/base/unicode_tables.hpp"

namespace minimeta::unicode {

/// Scripts, as they come. Those that are common to many do not count.
class ScriptSet {
public:
    constexpr void add(Script script) {
        if (script == Script::common || script == Script::inherited) return;
        if (script == Script::latin) latin_ = true;
        else if (script >= Script::han && script <= Script::hangul) east_asian_ |= bit(script);
        else if (other_ == Script::common || other_ == script) other_ = script;
        else several_ = true;
    }

    /// Whether these are written together.
    [[nodiscard]] constexpr bool is_written_together() const {
        if (several_) return false;
        if (east_asian_ != 0) {
            const unsigned beside_han = east_asian_ & ~bit(Script::han);
            const bool japanese = (beside_han & ~(bit(Script::hiragana) | bit(Script::katakana))) == 0;
            return other_ == Script::common &&
                   (japanese || beside_han == bit(Script::bopomofo) || beside_han == bit(Script::hangul));
        }
        const bool is_looked_like = other_ == Script::cyrillic || other_ == Script::greek;
        return !latin_ || (!is_looked_like && other_ < first_limited_script);
    }

private:
    [[nodiscard]] static constexpr unsigned bit(Script script) { return 1u << static_cast<unsigned>(script); }

    bool latin_ = false, several_ = false;
    unsigned east_asian_ = 0;
    Script other_ = Script::common;
};

}  // namespace minimeta::unicode
