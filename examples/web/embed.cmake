# Writes a header with the bytes of a file: cmake -D file=chat.html -D header=chat_page.hpp -P embed.cmake
file(READ "${file}" bytes HEX)
string(REGEX REPLACE "(................................)" "\\1\n    " bytes "${bytes}")
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1, " bytes "${bytes}")
file(
    WRITE "${header}"
    "#pragma once\n\n#include <string_view>\n\nnamespace web {\n\ninline constexpr unsigned char chat_page_bytes[] = {\n"
    "    ${bytes}\n};\ninline const std::string_view chat_page(reinterpret_cast<const char*>(chat_page_bytes), "
    "sizeof chat_page_bytes);\n\n}  // namespace web\n"
)
