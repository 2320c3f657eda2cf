// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LivePicture: all that the live view shows at one moment.
#pragma once

#include <string>
#include <vector>

#include "host/listening/listen_output.h"
#include "host/listening/live_spectrogram.h"

namespace earshot::host {

struct LiveLabel {
  std::string name;
  double score = 0;  // Over the last moments, 0 to 1.
  double peak = 0;   // The highest of the last seconds, 0 to 1.
};

struct LiveModel {
  std::string name;
  std::vector<LiveLabel> labels;
};

struct LiveLevel {
  // dBFS: 0 is 32768. Never below kSilenceDb.
  double rms_db = kSilenceDb;
  double peak_db = kSilenceDb;  // The highest of the last second.
  bool clipped = false;         // Within the last second.
  bool sound = false;           // Some came in just now.

  static constexpr double kSilenceDb = -99;
};

struct LivePicture {
  std::string source;
  LiveLevel level;
  Spectrogram spectrogram;
  std::vector<LiveModel> models;
  ListenTotals totals;
};

}  // namespace earshot::host
