#pragma once
// A response that outlives the read buffer: its octets and everything parsed out of them, in one block.

#include "coimap/wire/response.hpp"

#include <memory>
#include <span>
#include <string_view>
#include <utility>

namespace coimap::wire {

/// Shares one block among its copies; the views inside are valid as long as any copy lives. Immutable, so
/// copies may be read from several threads.
class kept_response {
public:
    kept_response() noexcept = default;

    /// Copies the octets into a new block and parses them there.
    static kept_response parse(std::string_view bytes, const parse_options& options,
                               std::span<const elided_literal> elided = {});

    /// About what a response of so many octets takes in memory when it is kept.
    static std::size_t footprint(std::size_t octets) noexcept;

    const response& operator*() const noexcept { return *value_; }
    const response* operator->() const noexcept { return value_.get(); }
    explicit operator bool() const noexcept { return value_ != nullptr; }

    /// Shares ownership of the block with somebody who refers to a part of it.
    const std::shared_ptr<const response>& share() const noexcept { return value_; }

private:
    explicit kept_response(std::shared_ptr<const response> value) noexcept : value_(std::move(value)) {}

    std::shared_ptr<const response> value_;
};

} // namespace coimap::wire

namespace coimap {

/// A value of one type that owns the response it came from: `kept<fetch_data>`. Cheap to move and to copy.
template<class T>
class kept {
public:
    kept() noexcept = default;

    /// Empty when the response is of another type.
    explicit kept(const wire::kept_response& source) noexcept {
        if (const T* value = source ? source->template as<T>() : nullptr)
            value_ = std::shared_ptr<const T>(source.share(), value);
    }

    const T& operator*() const noexcept { return *value_; }
    const T* operator->() const noexcept { return value_.get(); }
    explicit operator bool() const noexcept { return value_ != nullptr; }

    friend bool operator==(const kept& a, const kept& b) { return a && b ? *a == *b : !a && !b; }

private:
    std::shared_ptr<const T> value_;
};

} // namespace coimap
