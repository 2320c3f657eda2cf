// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/fuzz/model_mutator.h"

#include <algorithm>
#include <cstring>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

#include "tests/fuzz/flatbuffer_map.h"

namespace earshot::test {
namespace {

constexpr size_t kContentAlignment = 16;
constexpr size_t kSteeringBytes = 8;  // Behind a file, for the target.

// Numbers that somebody might have forgotten to think of; as floats: 1, infinity, none, the
// smallest, -0, 2^-24, the largest.
constexpr uint32_t kWords[] = {
    0,          1,          2,          3,          4,          5,          7,
    8,          16,         31,         32,         127,        128,        255,
    256,        32767,      32768,      65535,      65536,      1u << 24,   1u << 30,
    0x7FFFFFFF, 0x80000000, 0x80000001, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFC, 0x3F800000,
    0x7F800000, 0x7FC00000, 0x00000001, 0x33800000, 0x7F7FFFFF};

class Mutator {
 public:
  Mutator(uint8_t* bytes, size_t size, size_t most, uint32_t seed)
      : bytes_(bytes), size_(size), most_(most), random_(seed) {}

  // False: there was nothing of the kind that was drawn.
  bool ChangeSomething();
  void ChangeAnyWord();
  size_t size() const { return size_; }

 private:
  uint32_t Below(size_t count) { return static_cast<uint32_t>(random_() % count); }
  uint32_t Word(size_t at) const {
    uint32_t word = 0;
    std::memcpy(&word, bytes_ + at, sizeof(word));
    return word;
  }
  void SetWord(size_t at, uint32_t word) { std::memcpy(bytes_ + at, &word, sizeof(word)); }

  // One of those places that `kind` says; null: there is none.
  const FilePlace* Draw(FilePlace::Kind kind);
  // Another place of the same field, which may be the same.
  const FilePlace& DrawAlike(const FilePlace& place);

  void ChangeNumber(size_t at, uint32_t bytes);
  bool ChangeScalar();
  bool ChangeElement();
  bool ChangeContent();
  bool ChangeLength();
  bool Redirect();
  bool DropField();
  bool SwapElements();
  bool CopyField();
  bool RewriteVector();
  bool ChangeSteering();

  uint8_t* bytes_;
  size_t size_;
  size_t most_;
  std::mt19937 random_;
  std::vector<FilePlace> places_;
};

const FilePlace* Mutator::Draw(FilePlace::Kind kind) {
  size_t count = 0;
  for (const FilePlace& place : places_) count += place.kind == kind ? 1 : 0;
  if (count == 0) return nullptr;
  size_t left = Below(count);
  for (const FilePlace& place : places_) {
    if (place.kind == kind && left-- == 0) return &place;
  }
  return nullptr;
}

const FilePlace& Mutator::DrawAlike(const FilePlace& place) {
  std::vector<const FilePlace*> alike;
  for (const FilePlace& other : places_) {
    if (other.kind == place.kind && other.what == place.what) alike.push_back(&other);
  }
  return *alike[Below(alike.size())];
}

void Mutator::ChangeNumber(size_t at, uint32_t bytes) {
  if (bytes == 1) {
    bytes_[at] = static_cast<uint8_t>(Below(3) == 0 ? random_() : Below(20));
    return;
  }
  const uint32_t word = Word(at);
  switch (Below(5)) {
    case 0:
      return SetWord(at, word + Below(5) - 2);
    case 1:
      return SetWord(at, Below(2) == 0 ? word * 2 : word / 2);
    case 2:
      return SetWord(at, Below(160));
    case 3:
      return SetWord(at, word ^ 1u << Below(32));
    default:
      return SetWord(at, kWords[Below(std::size(kWords))]);
  }
}

bool Mutator::ChangeScalar() {
  const FilePlace* place = Draw(FilePlace::kScalar);
  if (place == nullptr) return false;
  ChangeNumber(place->at, place->element_bytes);
  return true;
}

bool Mutator::ChangeElement() {
  const FilePlace* place = Draw(FilePlace::kVector);
  if (place == nullptr || place->count == 0 || place->element_bytes == 0) return false;
  // Of eight bytes, either half.
  const uint32_t words = place->count * place->element_bytes / 4;
  ChangeNumber(place->at + 4 + size_t{4} * Below(words), 4);
  return true;
}

bool Mutator::ChangeContent() {
  const FilePlace* place = Draw(FilePlace::kContent);
  if (place == nullptr || place->count == 0) return false;
  const bool as_word = place->count >= 4 && Below(2) == 0;
  const size_t begin = place->at + 4;
  if (as_word) {
    ChangeNumber(begin + size_t{4} * Below(place->count / 4), 4);
  } else {
    ChangeNumber(begin + Below(place->count), 1);
  }
  return true;
}

bool Mutator::ChangeLength() {
  const FilePlace* place = Draw(Below(3) == 0 ? FilePlace::kContent : FilePlace::kVector);
  if (place == nullptr) return false;
  SetWord(place->at, Below(3) == 0 ? Below(8) : place->count + Below(3) - 1);
  return true;
}

// Offsets lead forward only.
bool Mutator::Redirect() {
  const FilePlace* place = Draw(FilePlace::kReference);
  if (place == nullptr) return false;
  const FilePlace& other = DrawAlike(*place);
  const size_t target = other.at + Word(other.at);
  if (target <= place->at) return false;
  SetWord(place->at, static_cast<uint32_t>(target - place->at));
  return true;
}

// Of all tables that share the vtable.
bool Mutator::DropField() {
  const FilePlace* place = Draw(FilePlace::kVtableEntry);
  if (place == nullptr) return false;
  std::memset(bytes_ + place->at, 0, 2);
  return true;
}

bool Mutator::SwapElements() {
  const FilePlace* place = Draw(Below(2) == 0 ? FilePlace::kVector : FilePlace::kReference);
  if (place == nullptr) return false;
  if (place->kind == FilePlace::kVector) {
    if (place->count < 2 || place->element_bytes != 4) return false;
    const size_t a = place->at + 4 + size_t{4} * Below(place->count);
    const size_t b = place->at + 4 + size_t{4} * Below(place->count);
    const uint32_t word = Word(a);
    SetWord(a, Word(b));
    SetWord(b, word);
    return true;
  }
  const FilePlace& other = DrawAlike(*place);
  const size_t a = place->at + Word(place->at);
  const size_t b = other.at + Word(other.at);
  if (a <= other.at || b <= place->at) return false;
  SetWord(place->at, static_cast<uint32_t>(b - place->at));
  SetWord(other.at, static_cast<uint32_t>(a - other.at));
  return true;
}

bool Mutator::CopyField() {
  const FilePlace* place = Draw(FilePlace::kScalar);
  if (place == nullptr) return false;
  std::memmove(bytes_ + place->at, bytes_ + DrawAlike(*place).at, place->element_bytes);
  return true;
}

// The vector that a reference leads to, once more behind the end, with another length.
bool Mutator::RewriteVector() {
  const FilePlace* place = Draw(FilePlace::kVectorReference);
  if (place == nullptr) return false;
  const size_t old = place->at + Word(place->at);
  const uint32_t old_count = Word(old);
  const uint32_t unit = place->element_bytes;
  const uint32_t count = Below(3) == 0   ? old_count + Below(4) - std::min(old_count, 2u)
                         : Below(3) == 0 ? old_count * 2
                                         : Below(unit == 1 ? 64 : 7);
  // Where contents are aligned, as they have to be, a word in front of them.
  const size_t begin =
      (size_ + 4 + kContentAlignment - 1) / kContentAlignment * kContentAlignment - 4;
  const size_t end = begin + 4 + size_t{count} * unit;
  if (end + kSteeringBytes > most_) return false;
  std::memset(bytes_ + size_, 0, end + kSteeringBytes - size_);
  SetWord(begin, count);
  const size_t kept = size_t{std::min(count, old_count)} * unit;
  std::memcpy(bytes_ + begin + 4, bytes_ + old + 4, kept);
  for (size_t at = begin + 4 + kept; at < end; at += unit) {
    // What is new repeats what is there, or is something small.
    const bool repeats = kept != 0 && Below(2) == 0;
    if (repeats) {
      std::memcpy(bytes_ + at, bytes_ + begin + 4, unit);
    } else {
      bytes_[at] = static_cast<uint8_t>(Below(4));
    }
  }
  std::memcpy(bytes_ + end, bytes_ + size_ - kSteeringBytes, kSteeringBytes);
  SetWord(place->at, static_cast<uint32_t>(begin - place->at));
  size_ = end + kSteeringBytes;
  return true;
}

bool Mutator::ChangeSteering() {
  bytes_[size_ - 1 - Below(kSteeringBytes)] = static_cast<uint8_t>(random_());
  return true;
}

bool Mutator::ChangeSomething() {
  places_ = PlacesOf({bytes_, size_});
  if (places_.empty()) return false;
  using Change = bool (Mutator::*)();
  constexpr Change kChanges[] = {
      &Mutator::ChangeScalar,  &Mutator::ChangeScalar,  &Mutator::ChangeScalar,
      &Mutator::CopyField,     &Mutator::ChangeElement, &Mutator::ChangeElement,
      &Mutator::ChangeElement, &Mutator::ChangeContent, &Mutator::ChangeContent,
      &Mutator::ChangeLength,  &Mutator::Redirect,      &Mutator::Redirect,
      &Mutator::DropField,     &Mutator::SwapElements,  &Mutator::RewriteVector,
      &Mutator::RewriteVector, &Mutator::ChangeSteering};
  return (this->*kChanges[Below(std::size(kChanges))])();
}

void Mutator::ChangeAnyWord() { ChangeNumber(size_t{4} * Below(size_ / 4), 4); }

}  // namespace

size_t MutateModel(uint8_t* bytes, size_t size, size_t most, uint32_t seed) {
  if (size < 2 * kSteeringBytes) return size;
  Mutator mutator(bytes, size, most, seed);
  const uint32_t changes = seed / 8 % 4 == 0 ? 2 : 1;
  constexpr int kMostTries = 20;
  bool changed = false;
  for (uint32_t i = 0; i < changes; ++i) {
    for (int tries = 0; tries < kMostTries; ++tries) {
      if (!mutator.ChangeSomething()) continue;
      changed = true;
      break;
    }
  }
  if (!changed) mutator.ChangeAnyWord();
  return mutator.size();
}

}  // namespace earshot::test
