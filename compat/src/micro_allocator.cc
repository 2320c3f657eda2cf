// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_allocator.h"

#include <cstring>
#include <new>

#include "earshot/runtime/arena.h"

namespace tflite {
namespace {

size_t Aligned(size_t bytes) {
  return static_cast<size_t>(earshot::AlignUp(bytes, earshot::kArenaAlignment));
}

}  // namespace

MicroAllocator::MicroAllocator(size_t size, size_t lost)
    : size_(size), lost_(lost), persistent_(Aligned(sizeof(MicroAllocator))) {}

MicroAllocator* MicroAllocator::Create(uint8_t* tensor_arena, size_t arena_size) {
  if (tensor_arena == nullptr) return nullptr;
  const auto rest = reinterpret_cast<uintptr_t>(tensor_arena) % earshot::kArenaAlignment;
  const size_t lost = rest == 0 ? 0 : earshot::kArenaAlignment - rest;
  if (arena_size < lost + Aligned(sizeof(MicroAllocator))) return nullptr;
  const size_t size = (arena_size - lost) & ~(earshot::kArenaAlignment - 1);
  return new (tensor_arena + lost) MicroAllocator(size, lost);
}

size_t MicroAllocator::used_bytes() const {
  const size_t used = persistent_ + shared_;
  return lost_ + (used < peak_ ? peak_ : used);
}

void* MicroAllocator::AllocatePersistentBuffer(size_t bytes) {
  const size_t room = size_ - shared_ - persistent_;
  if (bytes > room || Aligned(bytes) > room) return nullptr;
  uint8_t* const buffer = begin() + persistent_;
  persistent_ += Aligned(bytes);
  std::memset(buffer, 0, bytes);
  return buffer;
}

earshot::Span<uint8_t> MicroAllocator::rest() const {
  // The object is a part of memory that the caller may write to.
  auto* const memory = const_cast<uint8_t*>(begin());
  return {memory + persistent_, size_ - persistent_};
}

void MicroAllocator::Take(size_t persistent, size_t shared) {
  persistent_ = persistent;
  shared_ = shared;
}

void MicroAllocator::TakePeak(size_t bytes) {
  if (peak_ < bytes) peak_ = bytes;
}

}  // namespace tflite
