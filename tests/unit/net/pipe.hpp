// A pipe, to have a descriptor that becomes ready when a test wants it to.
#pragma once

#include <unistd.h>

#include <stdexcept>

#include "minimeta/net/descriptor.hpp"

namespace test {

struct Pipe {
    Pipe() {
        int ends[2];
        if (::pipe(ends) != 0) return;
        reading.reset(ends[0]);
        writing.reset(ends[1]);
    }
    // No Catch in here: other threads do this too.
    void fill() const {
        if (::write(writing.value(), "x", 1) != 1) throw std::runtime_error("a pipe is full");
    }
    void empty() const {
        char byte;
        if (::read(reading.value(), &byte, 1) != 1) throw std::runtime_error("a pipe is empty");
    }

    minimeta::net::Descriptor reading;
    minimeta::net::Descriptor writing;
};

}  // namespace test
