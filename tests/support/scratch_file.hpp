// ScratchFile: a path at which a program under test may make a file.
#pragma once

#include <stdlib.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>

namespace test {

/// There is no file there at first, and none in the end.
class ScratchFile {
public:
    ScratchFile() {
        char name[] = "/tmp/minimeta-test-XXXXXX";
        close(mkstemp(name));
        path_ = name;
        std::remove(name);
    }
    ScratchFile(const ScratchFile&) = delete;
    ScratchFile& operator=(const ScratchFile&) = delete;
    ~ScratchFile() { std::remove(path_.c_str()); }

    operator const std::string&() const { return path_; }

    void write(const std::string& text) const { std::ofstream(path_, std::ios::binary) << text; }
    [[nodiscard]] std::string text() const {
        std::ostringstream all;
        all << std::ifstream(path_, std::ios::binary).rdbuf();
        return all.str();
    }

private:
    std::string path_;
};

}  // namespace test
