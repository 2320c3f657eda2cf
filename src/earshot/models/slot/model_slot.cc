// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/slot/model_slot.h"

#include "earshot/app/spotter_settings.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/frontend/standard_tables.h"
#include "earshot/models/slot/crc32.h"
#include "earshot/models/slot/slot_layout.h"
#include "earshot/runtime/model.h"

namespace earshot {
namespace {

static_assert(kSlotAlignment == kModelAlignment);

// Field by field from bytes: the same on every processor.
uint32_t Read(Span<const uint8_t> bytes, size_t offset) {
  return static_cast<uint32_t>(bytes[offset]) | static_cast<uint32_t>(bytes[offset + 1]) << 8 |
         static_cast<uint32_t>(bytes[offset + 2]) << 16 |
         static_cast<uint32_t>(bytes[offset + 3]) << 24;
}

const char* TextAt(Span<const uint8_t> bytes, size_t offset) {
  return reinterpret_cast<const char*>(bytes.data() + offset);
}

Status Damaged(StaticText what) {
  return MakeError(StatusCode::kInvalidModel, {StatusSubject::kModel}, what);
}

Status Wrong(StaticText what, int64_t found, int64_t wanted) {
  return MakeError(StatusCode::kInvalidModel, {StatusSubject::kModel}, what, StatusUnit::kCount,
                   found, wanted);
}

Status WrongBytes(StaticText what, int64_t found, int64_t wanted) {
  return MakeError(StatusCode::kInvalidModel, {StatusSubject::kModel}, what, StatusUnit::kBytes,
                   found, wanted);
}

bool AllAre(Span<const uint8_t> bytes, uint8_t value) {
  for (const uint8_t byte : bytes) {
    if (byte != value) return false;
  }
  return true;
}

// What a slot says beside the settings.
constexpr SettingField kOtherNumbers[] = {
    {nullptr, "slot: number of labels"_text, 0, SettingField::kWord, kSlotLabelCountAt, 1,
     CommandRecognizer::kMaxLabels},
    {nullptr, "slot: spotter_bytes"_text, 0, SettingField::kWord, kSlotSpotterBytesAt, 1,
     INT32_MAX},
    {nullptr, "slot: arena_bytes"_text, 0, SettingField::kWord, kSlotArenaBytesAt, 1, INT32_MAX},
};

void ReadSettings(Span<const uint8_t> bytes, Span<const SettingField> fields, void* config) {
  for (const SettingField& field : fields) SetSetting(config, field, Read(bytes, field.slot));
}

constexpr Span<const SettingField> kNumbers[] = {kOtherNumbers, kSpotterFields, kRecognizerFields};

// What depends on the model or on two numbers at once, KeywordSpotter::Create() checks.
[[gnu::always_inline]] inline Status CheckNumbers(Span<const uint8_t> bytes) {
  for (const Span<const SettingField>& fields : kNumbers) {
    for (const SettingField& field : fields) {
      const uint32_t found = Read(bytes, field.slot);
      if (found < field.lowest) return Wrong(field.slot_name, found, field.lowest);
      if (found > field.highest) return Wrong(field.slot_name, found, field.highest);
    }
  }
  const uint32_t threshold = Read(bytes, kSlotSettingsAt.threshold);
  const uint32_t release = Read(bytes, kSlotSettingsAt.release_threshold);
  if (release > threshold) return Wrong("slot: release_threshold"_text, release, threshold);
  const uint32_t arena_bytes = Read(bytes, kSlotArenaBytesAt);
  const uint32_t spotter_bytes = Read(bytes, kSlotSpotterBytesAt);
  if (arena_bytes > spotter_bytes) {
    return WrongBytes("slot: arena_bytes: more than spotter_bytes"_text, arena_bytes,
                      spotter_bytes);
  }
  return OkStatus();
}

// The length of the text at the front of `bytes`, without its zero byte; 0: it is empty, not ended
// within `bytes`, or has control characters, which a terminal would obey.
size_t TextLength(Span<const uint8_t> bytes) {
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (bytes[i] == 0) return i;
    if (bytes[i] < 0x20 || bytes[i] == 0x7F) return 0;
  }
  return 0;
}

// Precondition: `labels` lies within the slot.
[[gnu::always_inline]] inline Status CheckLabels(Span<const uint8_t> labels, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    const size_t most = labels.size() < kSlotMostLabelBytes ? labels.size() : kSlotMostLabelBytes;
    const size_t length = TextLength(labels.subspan(0, most));
    if (length == 0) {
      return Wrong(
          "slot: labels: one that is empty, too long or not text; whole ones before it"_text, i,
          count);
    }
    labels = labels.subspan(length + 1);
  }
  if (labels.empty()) return OkStatus();
  return WrongBytes("slot: behind the last label"_text, static_cast<int64_t>(labels.size()), 0);
}

// Magic, version and the header's own checksum: afterwards its numbers are what somebody packed.
[[gnu::always_inline]] inline Status CheckHeader(Span<const uint8_t> region) {
  if (ModelSlotIsEmpty(region)) return Damaged("slot: empty, no model has been written"_text);
  for (size_t i = 0; i < sizeof(kSlotMagic); ++i) {
    if (region[kSlotMagicAt + i] != kSlotMagic[i])
      return Damaged("slot: there is something else in it"_text);
  }
  if (region.size() < kSlotHeaderBytes) {
    return WrongBytes("slot: region: shorter than the header"_text,
                      static_cast<int64_t>(region.size()), kSlotHeaderBytes);
  }
  const uint32_t version = Read(region, kSlotVersionAt);
  if (version != kSlotVersion) {
    return MakeError(StatusCode::kUnsupported, {StatusSubject::kModel}, "slot: version"_text,
                     StatusUnit::kCount, version, kSlotVersion);
  }
  if (Read(region, kSlotHeaderBytesAt) != kSlotHeaderBytes) {
    return WrongBytes("slot: header"_text, Read(region, kSlotHeaderBytesAt), kSlotHeaderBytes);
  }
  if (Crc32(region.subspan(0, kSlotHeaderCrcAt)) != Read(region, kSlotHeaderCrcAt)) {
    return Damaged("slot: header: damaged or half written (CRC-32)"_text);
  }
  return OkStatus();
}

// Behind the labels.
uint64_t PlacedFirstBegin(Span<const uint8_t> region) {
  return AlignUp(uint64_t{kSlotHeaderBytes} + Read(region, kSlotLabelsBytesAt), sizeof(uint16_t));
}

// All sizes against each other and against the region, then the rest's checksum.
[[gnu::always_inline]] inline Status CheckBody(Span<const uint8_t> region) {
  const uint32_t total = Read(region, kSlotTotalBytesAt);
  if (total > region.size()) {
    return WrongBytes("slot: larger than its region"_text, total,
                      static_cast<int64_t>(region.size()));
  }
  if (total < kSlotHeaderBytes) return WrongBytes("slot: total size"_text, total, kSlotHeaderBytes);
  const uint32_t model_offset = Read(region, kSlotModelOffsetAt);
  const uint32_t model_bytes = Read(region, kSlotModelBytesAt);
  if (model_offset > total || model_offset % kSlotAlignment != 0) {
    return Wrong("slot: model: offset"_text, model_offset, total);
  }
  if (model_bytes == 0 || model_bytes > total - model_offset) {
    return WrongBytes("slot: model"_text, model_bytes, total - model_offset);
  }
  const uint64_t placed_end =
      PlacedFirstBegin(region) + sizeof(uint16_t) * uint64_t{Read(region, kSlotPlacedFirstAt)};
  if (placed_end > model_offset) {
    return WrongBytes("slot: labels or placement: reach into the model: end"_text,
                      static_cast<int64_t>(placed_end), model_offset);
  }
  if (Crc32(region.subspan(kSlotHeaderBytes, total - kSlotHeaderBytes)) !=
      Read(region, kSlotBodyCrcAt)) {
    return Damaged("slot: damaged or half written (CRC-32)"_text);
  }
  return OkStatus();
}

}  // namespace

bool ModelSlotIsEmpty(Span<const uint8_t> region) {
  if (region.size() < sizeof(kSlotMagic)) return true;
  const Span<const uint8_t> magic = region.subspan(kSlotMagicAt, sizeof(kSlotMagic));
  return AllAre(magic, 0xFF) || AllAre(magic, 0x00);
}

// All of it, for one of two front ends. An image has one of the callers below: all is inlined
// there, as it was when there was one, so that the others cost it nothing.
template <uint32_t kFrontend, uint32_t kOther>
[[gnu::always_inline]] inline Status ModelSlot::Open(Span<const uint8_t> region, ModelSlot* slot) {
  *slot = ModelSlot();
  const size_t misalignment = reinterpret_cast<uintptr_t>(region.data()) % kSlotAlignment;
  if (misalignment != 0) {
    return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kModel},
                     "slot: region: remainder of its address to the wanted alignment"_text,
                     StatusUnit::kCount, static_cast<int64_t>(misalignment), kSlotAlignment);
  }
  EARSHOT_RETURN_IF_ERROR(CheckHeader(region));
  EARSHOT_RETURN_IF_ERROR(CheckBody(region));
  const uint32_t frontend = Read(region, kSlotFrontendAt);
  // NOLINTNEXTLINE(misc-redundant-expression): both are one where only one is taken.
  if (frontend != kFrontend && frontend != kOther) {
    return MakeError(StatusCode::kUnsupported, {StatusSubject::kFrontend},
                     "slot: its model was trained on another front end than this image's"_text);
  }
  EARSHOT_RETURN_IF_ERROR(CheckNumbers(region));
  if (TextLength(region.subspan(kSlotNameAt, kSlotNameBytes)) == 0) {
    return Damaged("slot: name: empty, too long or not text"_text);
  }
  EARSHOT_RETURN_IF_ERROR(
      CheckLabels(region.subspan(kSlotHeaderBytes, Read(region, kSlotLabelsBytesAt)),
                  Read(region, kSlotLabelCountAt)));
  slot->bytes_ = region.subspan(0, Read(region, kSlotTotalBytesAt));
  return OkStatus();
}

Status OpenModelSlot(Span<const uint8_t> region, ModelSlot* slot) {
  return ModelSlot::Open<kSlotStandardFrontend, kSlotStandardFrontend>(region, slot);
}

Status OpenLogMelSlot(Span<const uint8_t> region, ModelSlot* slot) {
  return ModelSlot::Open<kSlotLogMelFrontend, kSlotLogMelFrontend>(region, slot);
}

Status OpenAnySlot(Span<const uint8_t> region, ModelSlot* slot) {
  return ModelSlot::Open<kSlotStandardFrontend, kSlotLogMelFrontend>(region, slot);
}

Span<const uint8_t> ModelSlot::model_bytes() const {
  return bytes_.subspan(Read(bytes_, kSlotModelOffsetAt), Read(bytes_, kSlotModelBytesAt));
}

const char* ModelSlot::name() const { return TextAt(bytes_, kSlotNameAt); }

size_t ModelSlot::label_count() const { return Read(bytes_, kSlotLabelCountAt); }

const char* ModelSlot::label(size_t index) const {
  const char* label = TextAt(bytes_, kSlotHeaderBytes);
  for (; index > 0; --index) {
    while (*label != '\0') ++label;
    ++label;
  }
  return label;
}

[[gnu::always_inline]] inline SpotterConfig ModelSlot::ConfigOn(
    const FrontendTables& tables) const {
  SpotterConfig config;
  config.tables = &tables;
  config.label_count = static_cast<int32_t>(label_count());
  ReadSettings(bytes_, kSpotterFields, &config);
  ReadSettings(bytes_, kRecognizerFields, &config.recognizer);
  const void* placed_first = &bytes_[static_cast<size_t>(PlacedFirstBegin(bytes_))];
  config.plan.placed_first = Span<const uint16_t>(static_cast<const uint16_t*>(placed_first),
                                                  Read(bytes_, kSlotPlacedFirstAt));
  return config;
}

SpotterConfig ModelSlot::config() const { return ConfigOn(kStandardTables); }

SpotterConfig ModelSlot::log_mel_config() const { return ConfigOn(kLogMelTables); }

SpotterConfig ModelSlot::any_config() const {
  return Read(bytes_, kSlotFrontendAt) == kSlotLogMelFrontend ? log_mel_config() : config();
}

size_t ModelSlot::spotter_bytes() const { return Read(bytes_, kSlotSpotterBytesAt); }

size_t ModelSlot::arena_bytes() const { return Read(bytes_, kSlotArenaBytesAt); }

Span<const uint8_t> ModelSlot::sha256() const {
  return bytes_.subspan(kSlotSha256At, kSlotSha256Bytes);
}

}  // namespace earshot
