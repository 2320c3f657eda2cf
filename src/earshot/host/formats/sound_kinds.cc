// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/formats/sound_kinds.h"

#include <fmt/format.h>

#include <utility>

#include "earshot/host/files/plain_text.h"
#include "earshot/host/formats/sound_frames.h"
#include "earshot/host/formats/sound_signatures.h"

namespace earshot::host {
namespace {

// Sound behind text that does not belong to it, as headers of HTTP, or a byte-order mark of a
// program that took it for text.
SoundKind SoundBehindText(Span<const uint8_t> beginning) {
  const size_t text = TextBefore(beginning);
  const SoundKind behind = KindBySignature(beginning.subspan(text));
  if (text == 0 || !behind.is_sound) return {};
  return {fmt::format("{} bytes of text before {}; take them away, as with tail -c +{}", text,
                      behind.name, text + 1),
          false, false};
}

}  // namespace

std::string SoundKind::Format() const {
  const size_t begin = name.find(' ') + 1;
  return name.substr(begin, name.find(" file") - begin);
}

SoundKind KindOf(Span<const uint8_t> beginning) {
  SoundKind kind = KindBySignature(beginning);
  if (kind.is_sound) return kind;
  if (SoundKind behind = SoundBehindText(beginning); !behind.name.empty()) return behind;
  if (kind.name.empty()) kind = KindByFrames(beginning);
  if (kind.name.empty()) kind.name = TellText(beginning);
  return kind;
}

bool MayBeKnown(Span<const uint8_t> beginning) {
  return beginning.size() < kSurelyRaw || MayHaveSignature(beginning) || MayBeText(beginning) ||
         MayBeFrames(beginning) || MayHaveSignature(beginning.subspan(TextBefore(beginning)));
}

}  // namespace earshot::host
