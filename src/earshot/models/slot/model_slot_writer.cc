// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/models/slot/model_slot_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "earshot/app/spotter_settings.h"
#include "earshot/frontend/log_mel_tables.h"
#include "earshot/models/sha256.h"
#include "earshot/models/slot/crc32.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/models/slot/slot_layout.h"
#include "earshot/runtime/arena.h"

namespace earshot {
namespace {

// Far beyond any flash, far below what 32 bits hold.
constexpr size_t kMostModelBytes = size_t{1} << 30;

void Write(Span<uint8_t> bytes, size_t offset, uint32_t value) {
  for (size_t i = 0; i < 4; ++i) bytes[offset + i] = static_cast<uint8_t>(value >> (8 * i));
}

void WriteText(Span<uint8_t> bytes, size_t offset, const std::string& text) {
  std::copy(text.begin(), text.end(), bytes.begin() + offset);
}

void WriteSha256(Span<uint8_t> bytes, Span<const uint8_t> model) {
  const std::string digits = Sha256(model);
  for (size_t i = 0; i < kSlotSha256Bytes; ++i) {
    bytes[kSlotSha256At + i] =
        static_cast<uint8_t>(std::stoul(digits.substr(2 * i, 2), nullptr, 16));
  }
}

// That settings lie where the header has room for them, each in bytes of its own.
constexpr bool SettingsFit() {
  constexpr size_t kAt[] = {
#define EARSHOT_SPOTTER_SETTING(type, name, fallback, lowest, highest, unit, slot, ...) slot,
#define EARSHOT_RECOGNIZER_SETTING(type, name, fallback, lowest, highest, unit, slot, ...) slot,
#include "earshot/app/spotter_settings.inc"
  };
  const auto is_free = [](size_t at) {
    return (at > kSlotFrontendAt && at < kSlotSpotterBytesAt) ||
           (at >= kSlotSha256End && at < kSlotHeaderCrcAt);
  };
  for (size_t i = 0; i < std::size(kAt); ++i) {
    if (kAt[i] % 4 != 0 || !is_free(kAt[i])) return false;
    for (size_t j = 0; j < i; ++j) {
      if (kAt[i] == kAt[j]) return false;
    }
  }
  return true;
}
static_assert(SettingsFit());

void WriteSettings(Span<uint8_t> bytes, Span<const SettingField> fields, const void* config) {
  for (const SettingField& field : fields) Write(bytes, field.slot, GetSetting(config, field));
}

// Throws ModelError for a text that would not be read back as it is. `what` names it; `most` counts
// the zero byte at the end.
void CheckText(const std::string& what, const std::string& text, size_t most) {
  const auto is_control = [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
  };
  if (text.empty() || text.size() >= most) {
    throw ModelError(fmt::format("{} \"{}\": found {} bytes, wanted 1 to {}", what, text,
                                 text.size(), most - 1));
  }
  if (std::any_of(text.begin(), text.end(), is_control)) {
    throw ModelError(fmt::format("{}: found a control character, wanted plain text", what));
  }
}

std::string LabelBytes(const std::string& origin, const std::vector<std::string>& labels) {
  std::string bytes;
  for (const std::string& label : labels) {
    CheckText(origin + ": label", label, kSlotMostLabelBytes);
    bytes += label + '\0';
  }
  return bytes;
}

}  // namespace

AlignedBytes PackModelSlot(const SlotContents& contents, const std::string& origin) {
  CheckText(origin + ": name", contents.name, kSlotNameBytes);
  const std::string labels = LabelBytes(origin, contents.labels);
  if (contents.model.size() > kMostModelBytes) {
    throw ModelError(fmt::format("{}: model: found {} bytes, wanted at most {}", origin,
                                 contents.model.size(), kMostModelBytes));
  }
  const Span<const uint16_t> placed_first = contents.config.plan.placed_first;
  const auto placed_begin =
      static_cast<size_t>(AlignUp(kSlotHeaderBytes + labels.size(), sizeof(uint16_t)));
  const auto model_offset = static_cast<size_t>(
      AlignUp(placed_begin + placed_first.size() * sizeof(uint16_t), kSlotAlignment));
  const auto total =
      static_cast<size_t>(AlignUp(model_offset + contents.model.size(), kSlotAlignment));

  AlignedBytes slot(total);
  const Span<uint8_t> bytes = slot.span();
  WriteText(bytes, kSlotHeaderBytes, labels);
  for (size_t i = 0; i < placed_first.size(); ++i) {
    bytes[placed_begin + 2 * i] = static_cast<uint8_t>(placed_first[i]);
    bytes[placed_begin + 2 * i + 1] = static_cast<uint8_t>(placed_first[i] >> 8);
  }
  std::copy(contents.model.begin(), contents.model.end(), bytes.begin() + model_offset);

  std::copy(std::begin(kSlotMagic), std::end(kSlotMagic), bytes.begin());
  Write(bytes, kSlotVersionAt, kSlotVersion);
  Write(bytes, kSlotHeaderBytesAt, kSlotHeaderBytes);
  Write(bytes, kSlotTotalBytesAt, static_cast<uint32_t>(total));
  Write(bytes, kSlotBodyCrcAt, Crc32(bytes.subspan(kSlotHeaderBytes)));
  Write(bytes, kSlotModelOffsetAt, static_cast<uint32_t>(model_offset));
  Write(bytes, kSlotModelBytesAt, static_cast<uint32_t>(contents.model.size()));
  Write(bytes, kSlotLabelsBytesAt, static_cast<uint32_t>(labels.size()));
  Write(bytes, kSlotLabelCountAt, static_cast<uint32_t>(contents.labels.size()));
  Write(bytes, kSlotFrontendAt,
        IsLogMel(*contents.config.tables) ? kSlotLogMelFrontend : kSlotStandardFrontend);
  WriteSettings(bytes, kSpotterFields, &contents.config);
  WriteSettings(bytes, kRecognizerFields, &contents.config.recognizer);
  Write(bytes, kSlotPlacedFirstAt, static_cast<uint32_t>(placed_first.size()));
  Write(bytes, kSlotSpotterBytesAt, static_cast<uint32_t>(contents.spotter_bytes));
  Write(bytes, kSlotArenaBytesAt, static_cast<uint32_t>(contents.arena_bytes));
  WriteText(bytes, kSlotNameAt, contents.name);
  WriteSha256(bytes, contents.model);
  Write(bytes, kSlotHeaderCrcAt, Crc32(bytes.subspan(0, kSlotHeaderCrcAt)));

  ModelSlot opened;
  ThrowUnlessOk(OpenAnySlot(bytes, &opened), origin);
  return slot;
}

}  // namespace earshot
