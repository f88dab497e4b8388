// expect: minimeta needs C\+\+20
#ifndef MINIMETA_CONTROL
#undef __cplusplus
#define __cplusplus 201703L
#endif
#include "minimeta/version.hpp"

int main() {}
