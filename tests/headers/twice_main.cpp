// See CMakeLists.txt: it is enough that this links.
#include "all_headers.hpp"

int other();

int main() { return other(); }
