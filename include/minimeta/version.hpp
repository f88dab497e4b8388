// The version of the library. Kept here alone: CMake reads it from this file.
#pragma once

#if defined(_MSVC_LANG) ? _MSVC_LANG < 202002L : __cplusplus < 202002L
#error "minimeta needs C++20: -std=c++20, /std:c++20 or, in CMake, target_compile_features(... cxx_std_20)"
#endif

#define MINIMETA_VERSION_MAJOR 0
#define MINIMETA_VERSION_MINOR 1
#define MINIMETA_VERSION_PATCH 0
