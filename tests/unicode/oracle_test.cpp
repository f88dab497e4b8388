// The tables of names against two oracles: ICU, and the Unicode Consortium's NormalizationTest.txt. Built where ICU is
// installed, which should have the version of Unicode that base/unicode_tables.hpp was made of; a newer one knows more
// characters, which no name contains yet.
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uniset.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/uspoof.h>

#include <array>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "minimeta/features/validation.hpp"

using minimeta::check_name;
using minimeta::FoldedEqual;
using minimeta::FoldedHash;
using minimeta::is_name_character;
using minimeta::SkeletonEqual;
using minimeta::SkeletonHash;

namespace {

constexpr std::size_t any_length = 1'000;

std::string utf8(const icu::UnicodeString& text) {
    std::string bytes;
    return text.toUTF8String(bytes);
}
std::string utf8(char32_t c) { return utf8(icu::UnicodeString(static_cast<UChar32>(c))); }

icu::UnicodeString normalized(const icu::Normalizer2* form, const icu::UnicodeString& text) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString result = form->normalize(text, status);
    REQUIRE(U_SUCCESS(status));
    return result;
}

const icu::Normalizer2* nfc() {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
}
const icu::Normalizer2* nfd() {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFDInstance(status);
}
const icu::Normalizer2* nfkc_casefold() {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
}

// What names are compared by, as ICU has it.
icu::UnicodeString folded(const icu::UnicodeString& name) {
    return normalized(nfd(), normalized(nfkc_casefold(), name));
}

// Without what takes Hangul apart, which the room does not do: its parts are no name characters.
bool same_to_icu(const icu::UnicodeString& a, const icu::UnicodeString& b) { return folded(a) == folded(b); }

bool same(const icu::UnicodeString& a, const icu::UnicodeString& b) {
    const std::string one = utf8(a), other = utf8(b);
    const bool equal = FoldedEqual{}(one, other);
    if (equal) CHECK(FoldedHash{}(one) == FoldedHash{}(other));
    if (equal) CHECK(SkeletonEqual{}(one, other));
    if (SkeletonEqual{}(one, other)) CHECK(SkeletonHash{}(one) == SkeletonHash{}(other));
    return equal;
}

std::vector<char32_t> name_characters() {
    std::vector<char32_t> all;
    for (char32_t c = 0; c <= 0x10'FFFF; ++c)
        if (is_name_character(c)) all.push_back(c);
    return all;
}

bool is_made_of_name_characters(const icu::UnicodeString& text) {
    for (int at = 0; at < text.length(); at = text.moveIndex32(at, 1))
        if (!is_name_character(static_cast<char32_t>(text.char32At(at)))) return false;
    return true;
}

struct SpoofChecker {
    SpoofChecker() : checker(uspoof_open(&status)) {}
    SpoofChecker(const SpoofChecker&) = delete;
    SpoofChecker& operator=(const SpoofChecker&) = delete;
    ~SpoofChecker() { uspoof_close(checker); }
    UErrorCode status = U_ZERO_ERROR;
    USpoofChecker* checker;
};

}  // namespace

TEST_CASE("every name character is assigned, is an identifier or an emoji, and can be seen") {
    for (const char32_t c : name_characters()) {
        CAPTURE(static_cast<std::uint32_t>(c));
        const auto icu_c = static_cast<UChar32>(c);
        const bool is_ascii = c < 0x80 || (c >= 0xFF01 && c <= 0xFF5E);
        if (!u_isdefined(icu_c) || u_hasBinaryProperty(icu_c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) FAIL("not seen");
        if (!is_ascii && !u_hasBinaryProperty(icu_c, UCHAR_XID_CONTINUE) && !u_hasBinaryProperty(icu_c, UCHAR_EMOJI))
            FAIL("no identifier");
    }
}

TEST_CASE("every character that UTS #39 recommends, and that is a letter, a digit or a mark, is a name character") {
    UErrorCode status = U_ZERO_ERROR;
    const icu::UnicodeSet* recommended = uspoof_getRecommendedUnicodeSet(&status);
    REQUIRE(U_SUCCESS(status));
    for (char32_t c = 0x80; c <= 0x10'FFFF; ++c) {
        const auto icu_c = static_cast<UChar32>(c);
        if (!recommended->contains(icu_c) || !u_hasBinaryProperty(icu_c, UCHAR_XID_CONTINUE)) continue;
        if ((U_GET_GC_MASK(icu_c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) == 0) continue;
        CAPTURE(static_cast<std::uint32_t>(c));
        if (!is_name_character(c)) FAIL("missing");
    }
}

TEST_CASE("a character is the same as what NFKC_Casefold makes of it") {
    for (const char32_t c : name_characters()) {
        const icu::UnicodeString text(static_cast<UChar32>(c));
        CAPTURE(static_cast<std::uint32_t>(c));
        if (c >= 0xAC00 && c <= 0xD7A3) continue;  // a syllable is not taken apart
        if (!same(text, normalized(nfkc_casefold(), text))) FAIL("not the same");
        if (is_made_of_name_characters(normalized(nfd(), text)) && !same(text, normalized(nfd(), text)))
            FAIL("not the same, decomposed");
    }
}

TEST_CASE("names are the same if they are to ICU, and only then") {
    const auto seed = GENERATE(range(1u, 5u));
    INFO("seed " << seed);
    std::mt19937 random(seed);
    const std::vector<char32_t> all = name_characters();
    std::vector<char32_t> cased, marks;
    for (const char32_t c : all) {
        if (u_isUUppercase(static_cast<UChar32>(c)) || u_isULowercase(static_cast<UChar32>(c))) cased.push_back(c);
        if (minimeta::unicode::combining_class(c) != 0) marks.push_back(c);
    }
    const auto one_of = [&](const std::vector<char32_t>& some) {
        return static_cast<UChar32>(some[std::uniform_int_distribution<std::size_t>(0, some.size() - 1)(random)]);
    };
    for (int i = 0; i < 5'000; ++i) {
        icu::UnicodeString name;
        const std::array<const std::vector<char32_t>*, 4> from = {&cased, &cased, &marks, &all};
        for (int length = 1 + i % 4; length != 0; --length) name.append(one_of(*from[random() % from.size()]));
        bool has_syllable = false;
        for (int at = 0; at < name.length(); ++at) has_syllable |= name[at] >= 0xAC00 && name[at] <= 0xD7A3;
        if (has_syllable) continue;
        icu::UnicodeString upper(name), lower(name), shuffled(name);
        upper.toUpper(icu::Locale::getRoot());
        lower.toLower(icu::Locale::getRoot());
        for (const icu::UnicodeString& other : {upper, lower, normalized(nfd(), name), normalized(nfc(), name),
                                                normalized(nfd(), upper), shuffled.reverse(), name + one_of(marks)}) {
            if (!is_made_of_name_characters(other)) continue;
            CAPTURE(utf8(name), utf8(other));
            REQUIRE(same(name, other) == same_to_icu(name, other));
        }
    }
}

TEST_CASE("scripts are written together if they are to ICU") {
    SpoofChecker spoof;
    uspoof_setRestrictionLevel(spoof.checker, USPOOF_MODERATELY_RESTRICTIVE);
    uspoof_setChecks(spoof.checker, USPOOF_RESTRICTION_LEVEL, &spoof.status);
    REQUIRE(U_SUCCESS(spoof.status));
    // One letter each, of which no other script makes use.
    const std::array<const char*, 21> letters = {"b", "я", "ψ", "你", "ぬ", "ヌ", "ㄆ", "한", "م", "ש", "ब",
                                                 "ต", "բ", "გ", "ክ",  "ক",  "ட",  "བ",  "က",  "ខ", "7"};
    for (const char* a : letters)
        for (const char* b : letters)
            for (const char* c : letters) {
                const std::string name = std::string(a) + b + c;
                const auto found = uspoof_checkUTF8(spoof.checker, name.data(), static_cast<std::int32_t>(name.size()),
                                                    nullptr, &spoof.status);
                CAPTURE(name);
                REQUIRE((check_name(name, any_length) == minimeta::Errc::name_scripts) == (found != 0));
            }
}

TEST_CASE("a letter that looks like an ASCII one is confusable with it") {
    SpoofChecker spoof;
    REQUIRE(U_SUCCESS(spoof.status));
    int found = 0;
    for (const char32_t c : name_characters()) {
        if (c < 0x80 || (c >= 0xFF01 && c <= 0xFF5E)) continue;
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString looks;
        // As a name is shown in either case, and is compared in the small one.
        uspoof_getSkeletonUnicodeString(spoof.checker, 0, folded(icu::UnicodeString(static_cast<UChar32>(c))), looks,
                                        &status);
        REQUIRE(U_SUCCESS(status));
        if (looks.length() != 1 || !u_isalnum(looks[0]) || looks[0] >= 0x80) continue;
        ++found;
        CAPTURE(utf8(c), utf8(looks));
        CHECK(SkeletonEqual{}(utf8(c), utf8(looks)));
    }
    CHECK(found > 100);
}

TEST_CASE("the forms of a text in NormalizationTest.txt are the same name") {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
        ::popen("bzcat /usr/share/unicode/NormalizationTest.txt.bz2 2>/dev/null", "r"), ::pclose);
    REQUIRE(file);
    std::array<char, 4'096> line;
    int compared = 0;
    while (std::fgets(line.data(), line.size(), file.get()) != nullptr) {
        std::istringstream fields(line.data());
        std::vector<icu::UnicodeString> forms;  // source, NFC, NFD
        bool is_name = true;
        for (std::string field; forms.size() < 3 && std::getline(fields, field, ';');) {
            std::istringstream numbers(field);
            icu::UnicodeString form;
            for (std::uint32_t c = 0; numbers >> std::hex >> c;) {
                is_name = is_name && is_name_character(c);
                form.append(static_cast<UChar32>(c));
            }
            forms.push_back(form);
        }
        if (forms.size() != 3 || !is_name || forms[0].isEmpty()) continue;
        ++compared;
        CAPTURE(std::string(line.data()));
        CHECK(same(forms[0], forms[1]));
        CHECK(same(forms[1], forms[2]));
    }
    if (compared == 0) WARN("there is no NormalizationTest.txt here (Debian: unicode-data)");
    CHECK((compared == 0 || compared > 500));
}
