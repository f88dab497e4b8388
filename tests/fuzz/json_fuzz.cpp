// Whatever text arrives: what is read as an object is valid JSON, what is written is valid and reads as it was, and a command
// that is read can be written again.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/input.hpp"
#include "minimeta/bytes.hpp"
#include "minimeta/protocol/json/command_reader.hpp"
#include "minimeta/protocol/json/object.hpp"
#include "minimeta/protocol/json/writer.hpp"

using namespace minimeta;

namespace {

std::string written(std::string_view text) {
    ByteLog log;
    JsonWriter(log).begin("say").field("text", text).end();
    log.commit();
    ByteLog::Position from = 0;
    return std::string(log.read(from).view());
}

bool is_utf8(std::string_view text) {
    while (!text.empty())
        if (take_code_point(text) == invalid_code_point) return false;
    return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);  // of its own, so that a sanitizer knows its end
    static JsonObject object;
    const bool valid = is_json(text);
    if (object.read(text)) {
        check(valid, "what is read is JSON");
        for (const char* key : {"type", "text", "to", ""})
            if (const auto member = object.string(key)) check(is_utf8(*member), "a text that is read is UTF-8");
    }
    static JsonCommandReader commands;
    (void)commands.read(text);
    if (!is_utf8(text)) return 0;
    const std::string line = written(text);
    check(is_json(line), "what is written is JSON");
    check(line.find('\n') == line.size() - 1, "what is written is a line");
    JsonObject again;
    check(again.read(line) && again.string("text") == text, "what is written reads as it was");
    return 0;
}
