// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What is known about every setting of a spotter: unit, range, and where it lies. The settings
// themselves are in earshot/app/spotter_settings.inc.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/spotter_config.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"

namespace earshot {

enum class SettingUnit {
  kMs,       // Milliseconds of audio.
  kStrides,  // Strides of the front end. Only the model's input says how many are too many.
  kResults,  // Answers of the model.
  kScore,    // Q0.8; in manifests 1/256 to 1.
  kLabels,   // Bit i: label i, of the first 32; in manifests their names. Every value is one.
};

// Both ends are allowed.
struct SettingRange {
  int64_t lowest;
  int64_t highest;
};

// kSettingRanges.context_ms.highest.
struct SettingRanges {
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, ...) \
  SettingRange name = {lowest, highest};
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, ...) \
  SettingRange name = {lowest, highest};
#define EARSHOT_CLIP_SETTING(type, name, fallback, lowest, highest, ...) \
  SettingRange clip_##name = {lowest, highest};
#include "earshot/app/spotter_settings.inc"
};
inline constexpr SettingRanges kSettingRanges = {};

// A setting as a member of its struct, SpotterConfig or RecognizerConfig, and in a model slot.
struct SettingField {
  enum Kind : uint8_t {
    kByte,  // uint8_t.
    kWord,  // int32_t.
    kFree,  // 32 bits, of which the struct alone does not say what they may be.
  };

  StaticText name;       // "stride_ms".
  StaticText slot_name;  // "slot: stride_ms".
  uint8_t offset;        // In the struct.
  Kind kind;
  uint8_t slot;    // Offset in a slot's header, where every setting has 32 bits.
  uint8_t lowest;  // Of the range, as in kSettingRanges.
  uint32_t highest;
};

// Of labels every value is allowed; of strides the model's input says which.
constexpr SettingField::Kind FieldKind(SettingUnit unit, size_t bytes) {
  if (unit == SettingUnit::kLabels || unit == SettingUnit::kStrides) return SettingField::kFree;
  return bytes == 1 ? SettingField::kByte : SettingField::kWord;
}

// All members of the structs that are settings, in their order.
inline constexpr SettingField kSpotterFields[] = {
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, slot, ...) \
  {#name ""_text,                                                                       \
   "slot: " #name ""_text,                                                              \
   offsetof(SpotterConfig, name),                                                       \
   FieldKind(SettingUnit::unit, sizeof(type)),                                          \
   slot,                                                                                \
   lowest,                                                                              \
   highest},
#include "earshot/app/spotter_settings.inc"
};
inline constexpr SettingField kRecognizerFields[] = {
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, slot, ...) \
  {#name ""_text,                                                                          \
   "slot: " #name ""_text,                                                                 \
   offsetof(RecognizerConfig, name),                                                       \
   FieldKind(SettingUnit::unit, sizeof(type)),                                             \
   slot,                                                                                   \
   lowest,                                                                                 \
   highest},
#include "earshot/app/spotter_settings.inc"
};

// A member of `config`, which is the field's struct: its bits, the others being zeros.
uint32_t GetSetting(const void* config, const SettingField& field);
void SetSetting(void* config, const SettingField& field, uint32_t value);

// That each setting, alone, is within its range: kInvalidArgument, at `subject`, for the first that
// is not; `wanted` is the limit that it passed. kFree ones are not checked. `config`: the struct
// whose fields these are.
Status CheckSettings(StatusSubject subject, const void* config, Span<const SettingField> fields);

}  // namespace earshot
