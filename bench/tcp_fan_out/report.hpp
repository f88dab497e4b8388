// The result, for people and for programs.
#pragma once

#include "measure.hpp"
#include "options.hpp"

void print_text(const Options& options, const Measured& measured);

/// One object on one line. What is not known is null.
void print_json(const Options& options, const Measured& measured);
