// The rooms that most scenarios happen in; see the end of scene.hpp.
#include "scene.hpp"

template class minimeta::Room<minimeta::MemoryTransport, minimeta::Text>;
template class minimeta::Room<minimeta::MemoryTransport, minimeta::Text, minimeta::Unframed>;
template class SceneOf<minimeta::Text>;
