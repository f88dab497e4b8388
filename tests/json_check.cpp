// json_check: whether standard input is one valid JSON text (RFC 8259), as this library reads it: status 0, or else 1.
#include <iostream>
#include <iterator>
#include <string>

#include "minimeta/protocol/json/scanner.hpp"

int main() {
    const std::string text{std::istreambuf_iterator<char>(std::cin), {}};
    return minimeta::is_json(text) ? 0 : 1;
}
