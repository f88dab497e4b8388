// The cost of decoding a line.
#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

#include "minimeta/protocol/text.hpp"
#include "minimeta/protocol/text/phrases_zh.hpp"

namespace {

// Decodes 64 copies of a line, as if they arrived in one receive.
void decode(benchmark::State& state, const std::string& line) {
    constexpr int copies = 64;
    std::string bytes;
    for (int i = 0; i < copies; ++i) bytes += line + "\n";

    minimeta::Text protocol;
    minimeta::Text::decoder decoder;
    std::string_view nothing;
    (void)protocol.decode(decoder, nothing);  // the greeting
    for (auto _ : state) {
        std::string_view fed = bytes;
        while (auto command = protocol.decode(decoder, fed)) benchmark::DoNotOptimize(command);
    }
    state.counters["per line"] = benchmark::Counter(static_cast<double>(state.iterations()) * copies,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

BENCHMARK_CAPTURE(decode, said_64_bytes, std::string(64, 'x'));
BENCHMARK_CAPTURE(decode, said_1024_bytes, std::string(1024, 'x'));
BENCHMARK_CAPTURE(decode, whispered, std::string("could you have a look at this, @bob? it is quite urgent, I think"));
BENCHMARK_CAPTURE(decode, slash_command, std::string("/msg bob could you have a look at this?"));
BENCHMARK_CAPTURE(decode, chinese, std::string("大家好，今天晚上一起吃饭吗？我知道一家不错的饭馆。"));

}  // namespace
