// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/flexbuffer_map.h"

namespace earshot {
namespace {

// Kinds of values: the upper six bits of a byte whose lower two are log2 of a width in bytes.
enum Kind : uint8_t {
  kInt = 1,
  kUint = 2,
  kIndirectInt = 6,
  kIndirectUint = 7,
  kMap = 9,
  kBool = 26
};

uint8_t KindOf(uint8_t type) { return static_cast<uint8_t>(type >> 2); }
size_t WidthOf(uint8_t type) { return size_t{1} << (type & 3u); }

}  // namespace

// The last byte is the width of the root, the one in front of it its type. A map's values follow
// their count; in front of that stand the width of its keys and the offset to them.
FlexbufferMap::FlexbufferMap(Span<const uint8_t> bytes) : bytes_(bytes) {
  if (bytes.size() < 3) return;
  const size_t end = bytes.size() - 2;
  const uint8_t type = bytes[end];
  const size_t root_width = bytes[end + 1];
  uint64_t count = 0;
  uint64_t key_width = 0;
  width_ = WidthOf(type);
  if (KindOf(type) != kMap || root_width > end || !Follow(end - root_width, root_width, &values_) ||
      values_ < 3 * width_ || !Follow(values_ - 3 * width_, width_, &keys_) ||
      !Read(values_ - 2 * width_, width_, &key_width) || key_width > sizeof(uint64_t) ||
      !Read(values_ - width_, width_, &count) || count > bytes.size()) {
    return;
  }
  key_width_ = static_cast<size_t>(key_width);
  count_ = static_cast<size_t>(count);
}

bool FlexbufferMap::Find(const char* name, int32_t* value) const {
  for (size_t i = 0; i < count_; ++i) {
    size_t key = 0;
    if (Follow(keys_ + i * key_width_, key_width_, &key) && IsName(key, name)) {
      return ReadValue(i, value);
    }
  }
  return false;
}

bool FlexbufferMap::Read(size_t at, size_t width, uint64_t* number) const {
  if (at > bytes_.size() || width > bytes_.size() - at || width > sizeof(*number)) return false;
  *number = 0;
  for (size_t i = width; i > 0; --i) *number = *number << 8 | bytes_[at + i - 1];
  return true;
}

bool FlexbufferMap::Follow(size_t at, size_t width, size_t* target) const {
  uint64_t back = 0;
  if (!Read(at, width, &back) || back > at) return false;
  *target = at - static_cast<size_t>(back);
  return true;
}

bool FlexbufferMap::IsName(size_t key, const char* name) const {
  for (size_t i = key; i < bytes_.size(); ++i, ++name) {
    if (bytes_[i] != static_cast<uint8_t>(*name)) return false;
    if (*name == 0) return true;
  }
  return false;
}

bool FlexbufferMap::ReadValue(size_t index, int32_t* value) const {
  const size_t types = values_ + count_ * width_;
  if (types + index >= bytes_.size()) return false;
  const uint8_t type = bytes_[types + index];
  uint8_t kind = KindOf(type);
  size_t at = values_ + index * width_;
  size_t width = width_;
  if (kind == kIndirectInt || kind == kIndirectUint) {
    if (!Follow(at, width, &at)) return false;
    width = WidthOf(type);
    kind = kind == kIndirectInt ? kInt : kUint;
  }
  uint64_t number = 0;
  if ((kind != kInt && kind != kUint && kind != kBool) || !Read(at, width, &number)) return false;
  if (kind == kInt) {
    const auto unused = static_cast<unsigned>(64 - 8 * width);
    // A width is 1, 2, 4 or 8.
    // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult)
    const int64_t whole = static_cast<int64_t>(number << unused) >> unused;
    *value = static_cast<int32_t>(whole);
    return *value == whole;
  }
  *value = static_cast<int32_t>(number);
  return number <= INT32_MAX;
}

}  // namespace earshot
