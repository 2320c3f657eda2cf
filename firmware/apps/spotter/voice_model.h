// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// VoiceModel: the model that the application listens with, from the model slot or from the image,
// and the spotter on it.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"
#include "earshot/base/status.h"
#include "earshot/models/slot/model_slot.h"
#include "earshot/runtime/model.h"
#include "firmware/apps/spotter/image_model.h"

namespace earshot {

class VoiceModel {
 public:
  // Sets up the model in the board's slot or, where there is none that runs here, the one of the
  // image. Reports on the console which one it is and why not the other. False: neither runs.
  bool Start();

  ImageSpotter& spotter() { return spotter_; }
  // Precondition: 0 <= index < spotter().label_count().
  const char* label(int32_t index) const;
  // What there is for the spotter, used or not.
  static size_t memory_bytes();

 private:
  bool StartFromSlot();
  bool StartFromImage();
  Status Create(Span<const uint8_t> model, const SpotterConfig& config);

  ModelSlot slot_;  // Opened: the model comes from there.
  Model model_;
  ImageSpotter spotter_;
};

// One line on the console.
void SendError(const char* about, const Status& status);

}  // namespace earshot
