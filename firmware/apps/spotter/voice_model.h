// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// VoiceModel: the model that the application listens with, and the spotter on it.
#pragma once

#include <cstddef>

#include "app/keyword_spotter.h"
#include "base/status.h"
#include "runtime/model.h"

namespace earshot {

class VoiceModel {
 public:
  // Sets up the model of the image. Reports on the console which one runs, or why none does.
  // False: none.
  bool Start();

  KeywordSpotter& spotter() { return spotter_; }
  // Precondition: 0 <= index < spotter().label_count().
  const char* label(int32_t index) const;
  // What there is for the spotter, used or not.
  static size_t memory_bytes();

 private:
  Model model_;
  KeywordSpotter spotter_;
};

// One line on the console.
void SendError(const Status& status);

}  // namespace earshot
