// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/runtime/flexbuffer_map.h"

#include <cstring>

namespace earshot {
namespace {

// Kinds of values: the upper six bits of a byte whose lower two are log2 of a width in bytes.
enum Kind : uint8_t {
  kInt = 1,
  kUint = 2,
  kFloat = 3,
  kIndirectInt = 6,  // And so on, in the same order.
  kIndirectFloat = 8,
  kMap = 9,
  kBool = 26
};

uint8_t KindOf(uint8_t type) { return static_cast<uint8_t>(type >> 2); }
size_t WidthOf(uint8_t type) { return size_t{1} << (type & 3u); }

// Of a number of 1, 2, 4 or 8 bytes.
int64_t SignedOf(uint64_t number, size_t width) {
  const auto unused = static_cast<unsigned>(64 - 8 * width);
  // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult)
  return static_cast<int64_t>(number << unused) >> unused;
}

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

size_t FlexbufferMap::IndexOf(const char* name) const {
  for (size_t i = 0; i < count_; ++i) {
    size_t key = 0;
    if (Follow(keys_ + i * key_width_, key_width_, &key) && IsName(key, name)) return i;
  }
  return count_;
}

bool FlexbufferMap::Has(const char* name) const { return IndexOf(name) < count_; }

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

bool FlexbufferMap::Locate(const char* name, Place* place) const {
  const size_t index = IndexOf(name);
  const size_t types = values_ + count_ * width_;
  if (index == count_ || types + index >= bytes_.size()) return false;
  const uint8_t type = bytes_[types + index];
  const uint8_t kind = KindOf(type);
  *place = {values_ + index * width_, width_, kind};
  if (kind < kIndirectInt || kind > kIndirectFloat) return true;
  place->kind = static_cast<uint8_t>(kind - kIndirectInt + kInt);
  place->width = WidthOf(type);
  return Follow(place->at, width_, &place->at);
}

bool FlexbufferMap::Find(const char* name, int32_t* value) const {
  Place place;
  uint64_t number = 0;
  if (!Locate(name, &place) || (place.kind != kInt && place.kind != kUint && place.kind != kBool) ||
      !Read(place.at, place.width, &number)) {
    return false;
  }
  if (place.kind == kInt) {
    const int64_t whole = SignedOf(number, place.width);
    *value = static_cast<int32_t>(whole);
    return *value == whole;
  }
  *value = static_cast<int32_t>(number);
  return number <= INT32_MAX;
}

bool FlexbufferMap::FindReal(const char* name, float* value) const {
  Place place;
  uint64_t number = 0;
  if (!Locate(name, &place) || !Read(place.at, place.width, &number)) return false;
  if (place.kind == kInt) {
    *value = static_cast<float>(SignedOf(number, place.width));
  } else if (place.kind == kUint) {
    *value = static_cast<float>(number);
  } else if (place.kind == kFloat && place.width == sizeof(float)) {
    const auto bits = static_cast<uint32_t>(number);
    std::memcpy(value, &bits, sizeof(bits));
  } else if (place.kind == kFloat && place.width == sizeof(double)) {
    double real = 0;
    std::memcpy(&real, &number, sizeof(number));
    *value = static_cast<float>(real);
  } else {
    return false;
  }
  return true;
}

}  // namespace earshot
