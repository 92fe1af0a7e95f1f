#pragma once
// A value or the reason why there is none: what functions below the I/O line return, since nothing there
// throws. (std::expected is C++23.)

#include "coimap/core/error.hpp"

#include <optional>
#include <system_error>
#include <utility>

namespace coimap {

template<class T>
class [[nodiscard]] result {
public:
    using value_type = T;

    result(T value) : value_(std::move(value)) {}
    result(std::error_code code) noexcept : code_(code) {}
    result(errc code) noexcept : code_(make_error_code(code)) {}

    bool has_value() const noexcept { return value_.has_value(); }
    explicit operator bool() const noexcept { return has_value(); }

    /// The reason; a default-constructed code when there is a value.
    std::error_code error() const noexcept { return code_; }

    T& operator*() & noexcept { return *value_; }
    const T& operator*() const& noexcept { return *value_; }
    T&& operator*() && noexcept { return *std::move(value_); }
    T* operator->() noexcept { return &*value_; }
    const T* operator->() const noexcept { return &*value_; }

    /// The value, or `coimap::error` thrown: for callers above the I/O line.
    T value() && {
        if (!value_)
            throw coimap::error(code_);
        return *std::move(value_);
    }
    const T& value() const& {
        if (!value_)
            throw coimap::error(code_);
        return *value_;
    }

    T value_or(T other) const& { return value_ ? *value_ : std::move(other); }

private:
    std::optional<T> value_;
    std::error_code code_;
};

} // namespace coimap
