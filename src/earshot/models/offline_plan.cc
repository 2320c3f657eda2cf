// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/offline_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "earshot/models/model_error.h"
#include "earshot/runtime/arena.h"

namespace earshot {
namespace {

constexpr char kMetadata[] = "OfflineMemoryAllocation";
constexpr size_t kHeadWords = 3;  // Version, subgraph, number of tensors.
constexpr int32_t kAnywhere = -1;

[[noreturn]] void Throw(const std::string& name, const std::string& wrong) {
  throw ModelError((name.empty() ? "" : name + ": ") + kMetadata + ": " + wrong);
}

// The file as a flatbuffer whose metadata nobody has verified: devices do not read it, so the
// verifier does not know of it.
class Metadata {
 public:
  Metadata(const std::string& name, Span<const uint8_t> bytes) : name_(name), bytes_(bytes) {}

  // The index of the buffer that an entry of this name leads to; -1: there is none.
  int64_t FindBuffer(std::string_view wanted) const {
    constexpr size_t kModelMetadata = 6;
    const size_t entries = Field(Follow(0), kModelMetadata);
    if (entries == 0) return -1;
    const size_t list = Follow(entries);
    for (uint32_t i = 0; i < Word(list); ++i) {
      const size_t entry = Follow(list + 4 + size_t{i} * 4);
      const size_t text = Field(entry, 0);
      if (text == 0 || Text(Follow(text)) != wanted) continue;
      const size_t buffer = Field(entry, 1);
      return buffer == 0 ? 0 : Word(buffer);
    }
    return -1;
  }

 private:
  void Check(size_t at, size_t size) const {
    if (at > bytes_.size() || size > bytes_.size() - at) {
      Throw(name_, fmt::format("found byte {}, wanted one of the file's {}", at, bytes_.size()));
    }
  }
  uint32_t HalfWord(size_t at) const {
    Check(at, 2);
    return flatbuffers::ReadScalar<uint16_t>(&bytes_[at]);
  }
  uint32_t Word(size_t at) const {
    Check(at, 4);
    return flatbuffers::ReadScalar<uint32_t>(&bytes_[at]);
  }
  size_t Follow(size_t at) const { return at + Word(at); }

  // Where a table has its field of that number; 0: nowhere.
  size_t Field(size_t table, size_t number) const {
    const auto back = static_cast<int32_t>(Word(table));
    const auto vtable = static_cast<size_t>(static_cast<int64_t>(table) - back);
    const size_t place = 4 + 2 * number;
    if (place + 2 > HalfWord(vtable)) return 0;
    const uint32_t offset = HalfWord(vtable + place);
    return offset == 0 ? 0 : table + offset;
  }

  std::string_view Text(size_t at) const {
    const uint32_t size = Word(at);
    Check(at + 4, size);
    const void* begin = bytes_.data() + at + 4;
    return {static_cast<const char*>(begin), size};
  }

  const std::string& name_;
  Span<const uint8_t> bytes_;
};

// The offset that a buffer has; kAnywhere: it has none, or there is nothing to place.
int32_t OffsetOf(const OfflinePlan& offline, Span<const PlannedBuffer> buffers, size_t i) {
  return i >= buffers.size() || buffers[i].bytes == 0 ? kAnywhere : offline[i];
}

}  // namespace

OfflinePlan ReadOfflinePlan(const std::string& name, const Model& model) {
  const Span<const uint8_t> bytes = model.bytes();
  const int64_t index = Metadata(name, bytes).FindBuffer(kMetadata);
  if (index < 0) return {};
  const auto* buffers = schema::GetModel(bytes.data())->buffers();
  const int64_t buffer_count = buffers == nullptr ? 0 : buffers->size();
  if (index >= buffer_count) {
    Throw(name, fmt::format("buffer: found {}, wanted less than {}", index, buffer_count));
  }
  const auto* data = buffers->Get(static_cast<flatbuffers::uoffset_t>(index))->data();
  const size_t words = data == nullptr ? 0 : data->size() / 4;
  const auto word = [&](size_t i) {
    return flatbuffers::ReadScalar<int32_t>(data->data() + 4 * i);
  };
  if (words < kHeadWords) {
    Throw(name, fmt::format("numbers: found {}, wanted {} or more", words, kHeadWords));
  }
  if (word(1) != 0) Throw(name, fmt::format("subgraph: found {}, wanted 0", word(1)));
  const auto tensors = static_cast<int64_t>(model.tensor_count(0));
  if (word(2) != tensors) {
    Throw(name, fmt::format("tensors: found {}, wanted the {} of the model", word(2), tensors));
  }
  if (words - kHeadWords < model.tensor_count(0)) {
    Throw(name, fmt::format("offsets: found {}, wanted {}", words - kHeadWords, tensors));
  }
  OfflinePlan offline;
  for (size_t i = 0; i < model.tensor_count(0); ++i) {
    const int32_t offset = word(kHeadWords + i);
    if (offset < kAnywhere || (offset >= 0 && offset % int32_t{kArenaAlignment} != 0)) {
      Throw(name, fmt::format("tensor {}: offset: found {}, wanted -1 or a multiple of {}", i,
                              offset, kArenaAlignment));
    }
    offline.push_back(offset);
  }
  return offline;
}

std::string OverlapIn(const OfflinePlan& offline, Span<const PlannedBuffer> buffers) {
  const auto end = [&](size_t i) { return int64_t{offline[i]} + buffers[i].bytes; };
  for (size_t a = 0; a < offline.size(); ++a) {
    if (OffsetOf(offline, buffers, a) == kAnywhere) continue;
    for (size_t b = a + 1; b < offline.size(); ++b) {
      if (OffsetOf(offline, buffers, b) == kAnywhere) continue;
      if (offline[a] >= end(b) || offline[b] >= end(a)) continue;
      const int from = std::max(buffers[a].first_use, buffers[b].first_use);
      if (from > std::min(buffers[a].last_use, buffers[b].last_use)) continue;
      return fmt::format(
          "{}: tensors {} and {}: found bytes {} to {} and {} to {}, wanted them apart while both "
          "are in use, from operator {} on",
          kMetadata, a, b, offline[a], end(a), offline[b], end(b), from);
    }
  }
  return "";
}

std::vector<uint16_t> PlacementOf(const OfflinePlan& offline, Span<const PlannedBuffer> buffers) {
  std::vector<uint16_t> order;
  if (!OverlapIn(offline, buffers).empty()) return order;
  for (size_t i = 0; i < offline.size(); ++i) {
    if (OffsetOf(offline, buffers, i) != kAnywhere) order.push_back(static_cast<uint16_t>(i));
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](uint16_t a, uint16_t b) { return offline[a] < offline[b]; });
  return order;
}

uint64_t OfflineBytes(const OfflinePlan& offline, Span<const PlannedBuffer> buffers) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < offline.size(); ++i) {
    const int32_t offset = OffsetOf(offline, buffers, i);
    if (offset == kAnywhere) continue;
    bytes = std::max(bytes, static_cast<uint64_t>(offset) + buffers[i].bytes);
  }
  return bytes;
}

}  // namespace earshot
