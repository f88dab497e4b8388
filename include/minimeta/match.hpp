// match: std::visit for one variant, at a tenth of what that costs to compile.
//
// std::visit makes a table of functions for each place where it is called; with as many alternatives as our variants
// have, that was a fifth of what including this library took.
#pragma once

#include <cstddef>
#include <utility>
#include <variant>

namespace minimeta {

/// Calls `use(alternative)` with what the variant holds.
template <class Variant, class Use>
void match(const Variant& variant, Use&& use) {
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (void)((variant.index() == Index && (use(*std::get_if<Index>(&variant)), true)) || ...);
    }
    (std::make_index_sequence<std::variant_size_v<Variant>>{});
}

}  // namespace minimeta
