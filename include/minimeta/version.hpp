// The version of the library. Kept here alone: CMake reads it from this file.
#pragma once

#define MINIMETA_VERSION_MAJOR 0
#define MINIMETA_VERSION_MINOR 1
#define MINIMETA_VERSION_PATCH 0
