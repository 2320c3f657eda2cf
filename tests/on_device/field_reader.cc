// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/on_device/field_reader.h"

#include <cstring>

namespace earshot::test {
namespace {

constexpr size_t kLengthBytes = 4;

}  // namespace

FieldReader::FieldReader(const char* name) : file_(name) {
  if (!file_.opened()) error_ = "the data file cannot be opened";
}

size_t FieldReader::Begin() {
  if (error_ != nullptr) return 0;
  uint32_t size = 0;
  void* bytes = &size;
  if (!file_.Seek(next_) ||
      !file_.Read(Span<uint8_t>(static_cast<uint8_t*>(bytes), kLengthBytes))) {
    error_ = "the data file ends where a field was wanted";
    return 0;
  }
  if (size > file_.size() - next_ - kLengthBytes) {
    error_ = "a field is longer than the data file";
    return 0;
  }
  left_ = size;
  next_ += kLengthBytes + size;
  return size;
}

void FieldReader::Some(Span<uint8_t> bytes) {
  if (error_ == nullptr && (bytes.size() > left_ || !file_.Read(bytes))) {
    error_ = "a field is shorter than was wanted";
  }
  if (error_ != nullptr) {
    for (uint8_t& byte : bytes) byte = 0;
    return;
  }
  left_ -= bytes.size();
}

size_t FieldReader::PeekSize() {
  const size_t begin = next_;
  const size_t size = Begin();
  next_ = begin;
  return size;
}

void FieldReader::Exactly(Span<uint8_t> bytes) {
  if (Begin() != bytes.size() && error_ == nullptr) error_ = "a field has another size than wanted";
  Some(bytes);
}

const char* FieldReader::Text(Span<char> room) {
  const size_t size = Begin();
  if (size >= room.size()) {
    if (error_ == nullptr) error_ = "a text does not fit";
    return "";
  }
  void* bytes = room.data();
  Some(Span<uint8_t>(static_cast<uint8_t*>(bytes), size));
  room[size] = '\0';
  return room.data();
}

Span<uint8_t> FieldReader::Bytes(Span<uint8_t> room) {
  const size_t size = Begin();
  if (size > room.size() && error_ == nullptr) error_ = "a field does not fit";
  if (error_ != nullptr) return {};
  Some(room.subspan(0, size));
  return room.subspan(0, size);
}

bool FieldReader::EqualsBytes(Span<const uint8_t> bytes) {
  constexpr size_t kPiece = 64;
  uint8_t piece[kPiece];
  const size_t size = Begin();
  if (size != bytes.size() && error_ == nullptr) error_ = "a field has another size than wanted";
  for (size_t at = 0; error_ == nullptr && at < size;) {
    const size_t count = size - at < kPiece ? size - at : kPiece;
    Some(Span<uint8_t>(piece, count));
    if (std::memcmp(piece, bytes.data() + at, count) != 0) return false;
    at += count;
  }
  return error_ == nullptr;
}

void FieldReader::Rewind(size_t position) {
  if (error_ == nullptr) next_ = position;
}

void FieldReader::Skip(size_t fields) {
  for (size_t i = 0; i < fields; ++i) Begin();
}

}  // namespace earshot::test
