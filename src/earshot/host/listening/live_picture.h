// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LivePicture: all that the live view shows at one moment.
#pragma once

#include <string>
#include <vector>

#include "earshot/host/listening/listen_output.h"
#include "earshot/host/listening/live_spectrogram.h"

namespace earshot::host {

struct LiveLabel {
  std::string name;
  // Above it a label is announced; 0: never.
  double threshold = 0;
  double score = 0;  // Of the last moments, 0 to 1.
  // The highest of the last seconds of what is compared with the threshold, the averages; 0 where
  // others were higher.
  double best_average = 0;
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
