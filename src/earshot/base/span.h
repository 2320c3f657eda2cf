// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Span<T>: a pointer and a count that belong together; the C++17 stand-in for std::span.
//
// A Span never owns what it shows. Whoever hands one over keeps the memory alive and unmoved for as
// long as the callee's documentation says.
#pragma once

#include <cstddef>
#include <type_traits>
#include <utility>

namespace earshot {

template <typename T>
class Span {
 public:
  constexpr Span() = default;
  constexpr Span(T* data, size_t size) : data_(data), size_(size) {}

  // Conversions are implicit on purpose: who takes a Span takes whatever can be shown as one.
  template <size_t kSize>
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Span(T (&array)[kSize]) : data_(array), size_(kSize) {}

  // Any contiguous container: std::array, std::vector, std::string, another Span.
  template <typename Container,
            typename = std::enable_if_t<std::is_convertible_v<
                std::remove_pointer_t<decltype(std::declval<Container&>().data())> (*)[], T (*)[]>>>
  // NOLINTNEXTLINE(google-explicit-constructor, bugprone-forwarding-reference-overload)
  constexpr Span(Container&& container) : data_(container.data()), size_(container.size()) {}

  constexpr T* data() const { return data_; }
  constexpr size_t size() const { return size_; }
  constexpr bool empty() const { return size_ == 0; }
  constexpr T& operator[](size_t index) const { return data_[index]; }
  constexpr T* begin() const { return data_; }
  constexpr T* end() const { return data_ + size_; }

  // The `count` elements from `offset` on. Precondition: offset + count <= size().
  constexpr Span subspan(size_t offset, size_t count) const { return Span(data_ + offset, count); }
  // Everything from `offset` on. Precondition: offset <= size().
  constexpr Span subspan(size_t offset) const { return Span(data_ + offset, size_ - offset); }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
};

}  // namespace earshot
