// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Model slot: a model that lies in a region of flash of its own, apart from the program, so that it
// can be exchanged without building or flashing the program again.
//
// `earshot pack` writes such a slot; earshot/models/slot/slot_layout.h has the format. Here it is
// read in place: nothing is copied, and a few bytes of RAM are enough.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/app/keyword_spotter.h"
#include "earshot/base/span.h"
#include "earshot/base/status.h"

namespace earshot {

// What EmbeddedModel says about a model in the image, about the one in a slot. Only the kernels are
// missing: a slot brings no code, so the image must link those that its models may use.
class ModelSlot {
 public:
  // Shows nothing: usable only as the target of OpenModelSlot().
  ModelSlot() = default;

  bool opened() const { return !bytes_.empty(); }

  // The rest: preconditions are opened() and indices in range. All of it lies in the region.

  // The packed slot from its first to its last byte.
  Span<const uint8_t> bytes() const { return bytes_; }
  // The .tflite file, aligned for Model::Load().
  Span<const uint8_t> model_bytes() const;
  // What the one who packed it called it: 1 to 31 bytes of UTF-8 without control characters.
  const char* name() const;
  size_t label_count() const;
  // In the order of the model's outputs: 1 to 63 bytes of UTF-8 without control characters. Takes
  // longer the higher the index.
  const char* label(size_t index) const;
  // With the tables of the standard front end.
  SpotterConfig config() const;
  // With those of the log mel front end, and with those that the slot says. Three functions, so
  // that an image links only the tables that it uses.
  SpotterConfig log_mel_config() const;
  SpotterConfig any_config() const;
  // What KeywordSpotter::Create() needs, and what the interpreter needs alone, as measured when the
  // slot was packed. Create() measures again and says so where it is not enough.
  size_t spotter_bytes() const;
  size_t arena_bytes() const;
  // SHA-256 of model_bytes(), 32 bytes; not checked here.
  Span<const uint8_t> sha256() const;

 private:
  friend Status OpenModelSlot(Span<const uint8_t> region, ModelSlot* slot);
  friend Status OpenLogMelSlot(Span<const uint8_t> region, ModelSlot* slot);
  friend Status OpenAnySlot(Span<const uint8_t> region, ModelSlot* slot);

  // For slots of two front ends, given by their fingerprints.
  template <uint32_t kFrontend, uint32_t kOther>
  static Status Open(Span<const uint8_t> region, ModelSlot* slot);
  SpotterConfig ConfigOn(const FrontendTables& tables) const;

  Span<const uint8_t> bytes_;
};

// Whether a region begins as erased flash does (eight bytes of 0xFF, or of 0x00), so that no slot
// was ever written, or its beginning not yet. Also true for regions shorter than that.
bool ModelSlotIsEmpty(Span<const uint8_t> region);

// Checks the slot at the beginning of `region` and shows it through `slot`. The region stays with
// the caller, who keeps it unchanged as long as the slot, or anything made from it, is used.
//
// Two checksums hold every byte, so a slot that was written halfway, in whatever order, is refused.
// All sizes, numbers and labels are checked, too. What the model itself needs, Model::Load() and
// KeywordSpotter::Create() find out.
//
// After an error `*slot` shows nothing.
// kInvalidArgument: the region does not begin at a multiple of kModelAlignment.
// kInvalidModel: there is no slot (ModelSlotIsEmpty() tells whether the region is merely empty), it
//   is larger than the region, damaged, or says what cannot be.
// kUnsupported: a slot of another version, or for another front end.
Status OpenModelSlot(Span<const uint8_t> region, ModelSlot* slot);

// The same where the image's front end is the log mel one, and where it has both: kUnsupported is
// a slot for any other.
Status OpenLogMelSlot(Span<const uint8_t> region, ModelSlot* slot);
Status OpenAnySlot(Span<const uint8_t> region, ModelSlot* slot);

}  // namespace earshot
