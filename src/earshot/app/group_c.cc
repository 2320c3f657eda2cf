// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The C interface of KeywordGroup.

#include <new>

#include "earshot/app/argument_checks.h"
#include "earshot/app/c_interface.h"
#include "earshot/app/keyword_group.h"
#include "earshot/earshot.h"

// Somewhere in the caller's memory, as all that it points to.
struct earshot_group {
  earshot::KeywordGroup group;
  earshot::Span<const char* const*> labels;  // One array for each model.
  earshot_detection detection = {};          // What the latest result points to.
};

namespace earshot {
namespace {

static_assert(EARSHOT_MOST_MODELS == KeywordGroup::kMostModels);

// `count` T at the next place in the memory. Precondition: the arena fits all.
template <typename T>
Span<T> Make(size_t count, uint32_t offset, Span<uint8_t> memory) {
  for (size_t i = 0; i < count; ++i) new (memory.data() + offset + i * sizeof(T)) T();
  void* const begin = memory.data() + offset;
  return Span<T>(static_cast<T*>(begin), count);
}

// All that a group takes beside its block.
struct Parts {
  Parts(size_t count, Span<uint8_t> memory) : arena(memory) {
    Reserve<earshot_group>(1, &group);
    Reserve<Model>(count, &models);
    Reserve<SpotterConfig>(count, &configs);
    Reserve<KeywordDetector>(count, &detectors);
    Reserve<const char* const*>(count, &labels);
    arena.Reserve(0, kArenaAlignment, &block);
  }

  Arena arena;
  uint32_t group = 0;
  uint32_t models = 0;
  uint32_t configs = 0;
  uint32_t detectors = 0;
  uint32_t labels = 0;
  uint32_t block = 0;

 private:
  template <typename T>
  void Reserve(size_t count, uint32_t* offset) {
    static_assert(alignof(T) <= kArenaAlignment);
    arena.Reserve(count * sizeof(T), alignof(T), offset);
  }
};

Status BuildGroup(const earshot_model* const* models, size_t count, bool first_is_gate,
                  Span<uint8_t> memory, earshot_group** made, size_t* bytes) {
  if (models == nullptr) return NullPointer("models is null"_text);
  const RangeCheck known = {"models"_text, StatusNumber(static_cast<int64_t>(count)),
                            first_is_gate ? 2 : 1, KeywordGroup::kMostModels};
  EARSHOT_RETURN_IF_ERROR(CheckRanges(StatusSubject::kNone, {&known, 1}));
  const Parts parts(count, memory);
  if (!parts.arena.fits()) {
    return OfWholeMemory(MakeError(StatusCode::kArenaTooSmall, {StatusSubject::kArena},
                                   "memory for the group"_text, StatusUnit::kBytes, 0, 1),
                         parts.block, memory.size());
  }
  auto* const group = Make<earshot_group>(1, parts.group, memory).data();
  const auto loaded = Make<Model>(count, parts.models, memory);
  const auto configs = Make<SpotterConfig>(count, parts.configs, memory);
  const auto labels = Make<const char* const*>(count, parts.labels, memory);
  KeywordGroup::Member members[KeywordGroup::kMostModels] = {};
  for (size_t i = 0; i < count; ++i) {
    earshot_model model;
    EARSHOT_RETURN_IF_ERROR(TakeModel(models[i], &model));
    EARSHOT_RETURN_IF_ERROR(TakeConfig(model, &configs[i]));
    EARSHOT_RETURN_IF_ERROR(Model::Load(
        Span<const uint8_t>(static_cast<const uint8_t*>(model.bytes), model.size), &loaded[i]));
    labels[i] = model.labels;
    members[i] = {&loaded[i], reinterpret_cast<const OperatorResolver*>(model.kernels),
                  &configs[i]};
  }
  group->labels = labels;
  const Status status = KeywordGroup::Create(
      Span<const KeywordGroup::Member>(members, count), first_is_gate, Behind(parts.block, memory),
      Make<KeywordDetector>(count, parts.detectors, memory), &group->group);
  *made = group;
  *bytes = parts.block + group->group.used_bytes();
  return OfWholeMemory(status, parts.block, memory.size());
}

Status GroupBytes(const earshot_model* const* models, size_t count, bool first_is_gate, void* lent,
                  size_t lent_size, size_t* bytes) {
  if (bytes == nullptr) return NullPointer("bytes is null"_text);
  *bytes = 0;
  EARSHOT_RETURN_IF_ERROR(CheckMemory(lent, lent_size));
  const Span<uint8_t> memory(static_cast<uint8_t*>(lent), lent_size);
  earshot_group* trial = nullptr;
  size_t used = 0;
  const Status status = BuildGroup(models, count, first_is_gate, memory, &trial, &used);
  if (status.ok()) *bytes = used;
  if (status.code == StatusCode::kArenaTooSmall) *bytes = static_cast<size_t>(status.wanted);
  return status;
}

Status CreateGroup(const earshot_model* const* models, size_t count, bool first_is_gate,
                   void* memory, size_t size, earshot_group** group) {
  if (group == nullptr) return NullPointer("group is null"_text);
  *group = nullptr;
  EARSHOT_RETURN_IF_ERROR(CheckMemory(memory, size));
  earshot_group* made = nullptr;
  size_t used = 0;
  EARSHOT_RETURN_IF_ERROR(BuildGroup(models, count, first_is_gate,
                                     Span<uint8_t>(static_cast<uint8_t*>(memory), size), &made,
                                     &used));
  *group = made;
  return OkStatus();
}

Status FeedGroup(earshot_group* group, const int16_t* samples, size_t count, earshot_result* result,
                 size_t* model) {
  EARSHOT_RETURN_IF_ERROR(ClearResult(result));
  if (model == nullptr) return NullPointer("model is null"_text);
  *model = 0;
  if (group == nullptr) return NullPointer("group is null"_text);
  if (samples == nullptr && count != 0) return NullPointer("samples is null, count is not 0"_text);
  KeywordGroup::Result heard;
  EARSHOT_RETURN_IF_ERROR(group->group.Feed(Span<const int16_t>(samples, count), &heard));
  *model = heard.member;
  GiveResult(heard, heard.consumed, group->labels[heard.member], &group->detection, result);
  return OkStatus();
}

}  // namespace
}  // namespace earshot

extern "C" {

earshot_status earshot_group_bytes(const earshot_model* const* models, size_t count,
                                   int first_is_gate, void* lent, size_t lent_size, size_t* bytes) {
  return earshot::ToC(
      earshot::GroupBytes(models, count, first_is_gate != 0, lent, lent_size, bytes));
}

earshot_status earshot_group_create(const earshot_model* const* models, size_t count,
                                    int first_is_gate, void* memory, size_t size,
                                    earshot_group** group) {
  return earshot::ToC(earshot::CreateGroup(models, count, first_is_gate != 0, memory, size, group));
}

earshot_status earshot_group_feed(earshot_group* group, const int16_t* samples, size_t count,
                                  earshot_result* result, size_t* model) {
  return earshot::ToC(earshot::FeedGroup(group, samples, count, result, model));
}

void earshot_group_reset(earshot_group* group) {
  if (group != nullptr) group->group.Reset();
}

}  // extern "C"
