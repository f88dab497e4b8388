// Names, numbers, ids and tokens of any bytes: what is equal has one hash, what is accepted can be written and read again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"
#include "minimeta/base/name.hpp"
#include "minimeta/base/parse_number.hpp"
#include "minimeta/base/utf8.hpp"
#include "minimeta/features/validation.hpp"
#include "minimeta/message.hpp"
#include "minimeta/state/session_token.hpp"

using namespace minimeta;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    const std::string a(input.bytes(40)), b(input.bytes(40));
    constexpr SipKey key{1, 2};

    const bool same = FoldedEqual{}(a, b), alike = SkeletonEqual{}(a, b);
    check(same == FoldedEqual{}(b, a) && alike == SkeletonEqual{}(b, a), "equality is symmetric");
    check(!same || FoldedHash{key}(a) == FoldedHash{key}(b), "equal names have one hash");
    check(!alike || SkeletonHash{key}(a) == SkeletonHash{key}(b), "names that look alike have one hash");
    check(!same || alike, "equal names look alike");
    check(FoldedEqual{}(a, a) && SkeletonEqual{}(a, a), "equality is reflexive");

    std::string_view rest = a;
    const std::string_view name = take_name(rest);
    check(name.size() + rest.size() == a.size(), "a name is taken from the front");
    if (!check_name(a, 32)) {
        check(name == a, "an accepted name is a name as a whole");
        check(!first_not_shown(a), "an accepted name can be shown");
        check(trim(a) == a, "an accepted name has no blanks around it");
    }
    const std::string_view shown = shown_beginning(a, 10);
    check(!first_not_shown(shown), "the beginning that is shown can be shown");
    check(std::string_view(a).starts_with(shown), "and is the beginning");

    if (const auto id = message_id_of(a); id && id->epoch != 0)
        check(message_id_of(text_of(*id)) == id, "an id is read as it is written");
    std::int64_t number = 0;
    if (parse_number(a, number) && a.front() != '0' && !a.starts_with("-0"))
        check(std::to_string(number) == a, "a number is read as it is written");
    const TokenMint mint(key);
    if (const auto member = mint.member_of(a)) check(mint.token_of(*member) == a, "there is one token of a member");
    return 0;
}
