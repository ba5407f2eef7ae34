#pragma once

#include <memory>
#include <utility>

namespace kinora::core {

/// A value whose copies share one immutable object: copying is a reference count, changing makes a private copy first.
/// A project of thousands of shots is so copied in microseconds (undo steps, saving on another thread), and two versions
/// tell by `same_object` what they have in common. Distinct copies may be used from distinct threads.
template <typename T>
class SharedValue {
public:
    SharedValue() : object_(std::make_shared<const T>()) {}
    SharedValue(T value) : object_(std::make_shared<const T>(std::move(value))) {}

    const T& operator*() const { return *object_; }
    const T* operator->() const { return object_.get(); }

    /// Changes this copy only: `shot.update([](Shot& s) { s.prompt = "…"; });`
    template <typename Change>
    void update(Change&& change)
    {
        auto copy = std::make_shared<T>(*object_);
        std::forward<Change>(change)(*copy);
        object_ = std::move(copy);
    }

    /// True if both are the very same object; false says nothing about equality.
    [[nodiscard]] bool same_object(const SharedValue& other) const { return object_ == other.object_; }
    /// Identity of the shared object, for maps from old to new.
    [[nodiscard]] const T* identity() const { return object_.get(); }

    friend bool operator==(const SharedValue& a, const SharedValue& b) { return a.same_object(b) || *a == *b; }

private:
    std::shared_ptr<const T> object_;
};

}  // namespace kinora::core
