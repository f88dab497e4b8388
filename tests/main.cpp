// The main of every test program, compiled once. Catch2 3 brings its own, and there is nothing left to do here.
#if !__has_include(<catch2/catch_all.hpp>)
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
#endif
