// An owning pointer. std::unique_ptr would do; but <memory> costs two fifths of what <string>, <unordered_map> and <vector>
// cost together to compile.
#pragma once

#include <utility>

namespace minimeta {

/// Owns one T, or nothing.
template <class T>
class UniquePtr {
public:
    UniquePtr() = default;
    explicit UniquePtr(T* owned) noexcept : owned_(owned) {}
    UniquePtr(UniquePtr&& other) noexcept : owned_(other.release()) {}
    UniquePtr& operator=(UniquePtr&& other) noexcept {
        reset(other.release());
        return *this;
    }
    ~UniquePtr() { delete owned_; }

    void reset(T* owned = nullptr) noexcept { delete std::exchange(owned_, owned); }
    [[nodiscard]] T* release() noexcept { return std::exchange(owned_, nullptr); }

    [[nodiscard]] T* get() const noexcept { return owned_; }
    [[nodiscard]] T& operator*() const noexcept { return *owned_; }
    [[nodiscard]] T* operator->() const noexcept { return owned_; }
    [[nodiscard]] explicit operator bool() const noexcept { return owned_ != nullptr; }

private:
    T* owned_ = nullptr;
};

}  // namespace minimeta
