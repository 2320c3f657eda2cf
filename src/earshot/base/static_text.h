// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// StaticText: a text of the program itself, such as what a Status says is wrong.
//
// Hosts want to read it, a microcontroller's flash has better uses for it. So there are two kinds
// of builds: with EARSHOT_STATUS_TEXTS a StaticText is a pointer to the text, without it is a
// number of 16 bits that is computed from the text while compiling, and the text is not in the
// image. docs/status_ids.md has all texts by their numbers.
//
//   return MakeError(code, place, "number of tensors"_text);
#pragma once

#include <cstddef>
#include <cstdint>

#ifndef EARSHOT_STATUS_TEXTS
#define EARSHOT_STATUS_TEXTS 1
#endif

// A Status is not as large in one kind of build as in the other. So it stands in an inline
// namespace of either kind, whose name becomes part of the symbol of every function that takes or
// returns a Status (abi_tag: GCC's manual, "C++ Attributes"; clang knows it, too). A program that
// was compiled for one kind does not link with a library of the other, where it would misread
// memory.
#if EARSHOT_STATUS_TEXTS
#define EARSHOT_BEGIN_STATUS_NAMESPACE \
  inline namespace with_status_texts __attribute__((abi_tag("with_status_texts"))) {
#else
#define EARSHOT_BEGIN_STATUS_NAMESPACE \
  inline namespace with_status_ids __attribute__((abi_tag("with_status_ids"))) {
#endif
#define EARSHOT_END_STATUS_NAMESPACE }

namespace earshot {

// The remainder of FNV-1a of 32 bits (source: Fowler, Noll, Vo; RFC 9923) by the largest prime of
// 16 bits, plus 1, so that 0 is no text. The numbers of all texts differ:
// firmware/tools/status_ids.py checks that.
constexpr uint16_t StaticTextId(const char* text, size_t length) {
  uint32_t hash = 0x811C9DC5;
  for (size_t i = 0; i < length; ++i) hash = (hash ^ static_cast<uint8_t>(text[i])) * 0x01000193;
  return static_cast<uint16_t>(1 + hash % 65521);
}

#if EARSHOT_STATUS_TEXTS

using StaticText = const char*;

constexpr StaticText operator""_text(const char* text, size_t /*length*/) { return text; }

#else

EARSHOT_BEGIN_STATUS_NAMESPACE

class StaticText {
 public:
  // No text.
  constexpr StaticText() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): null pointers stand for "no text" in either build.
  constexpr StaticText(std::nullptr_t) {}
  constexpr explicit StaticText(uint16_t id) : id_(id) {}

  constexpr uint16_t id() const { return id_; }

 private:
  uint16_t id_ = 0;
};

EARSHOT_END_STATUS_NAMESPACE

constexpr StaticText operator""_text(const char* text, size_t length) {
  return StaticText(StaticTextId(text, length));
}

#endif

}  // namespace earshot
