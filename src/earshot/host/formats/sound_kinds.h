// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What kind of file it is, by how it begins.
#pragma once

#include <cstdint>
#include <string>

#include "earshot/base/span.h"

namespace earshot::host {

// So many bytes tell all kinds apart; kSurelyRaw are enough for most that are none of them.
constexpr size_t kKindBytes = 4096;
constexpr size_t kSurelyRaw = 16;

struct SoundKind {
  std::string name;         // For people, e.g. "a FLAC file"; empty: nothing that is known.
  bool is_sound = false;    // Sound, maybe among other things; else something else altogether.
  bool is_decoded = false;  // By libsndfile, from files.

  // The name without "a" and "file", e.g. "FLAC".
  std::string Format() const;
};

// Of what begins so. Pass kKindBytes, or all there are. Raw 16-bit samples have no name, however
// they begin, unless they are text or frames that fit each other.
SoundKind KindOf(Span<const uint8_t> beginning);

// Whether more than these kSurelyRaw bytes are needed to be sure that it is none of the kinds.
bool MayBeKnown(Span<const uint8_t> beginning);

}  // namespace earshot::host
