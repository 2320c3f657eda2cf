// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// FeatureExtractor: the core's front end, either of them, with memory of its own, for whole
// recordings.
#pragma once

#include <cstdint>
#include <vector>

#include "earshot/base/aligned_bytes.h"
#include "earshot/base/span.h"
#include "earshot/frontend/any_frontend.h"

namespace earshot::host {

class FeatureExtractor {
 public:
  // Throws UsageError when the stride is not possible with these tables.
  FeatureExtractor(const FrontendTables& tables, int stride_ms);

  // Hears some more samples and appends a row of channels() features for each frame that they
  // complete.
  void Extract(Span<const int16_t> samples, std::vector<uint16_t>* features);

  // The next samples begin a new recording.
  void Reset() { frontend_.Reset(); }

  size_t channels() const { return static_cast<size_t>(frontend_.channels()); }

  // The number of frames that a recording of this many samples gives.
  size_t FrameCount(size_t samples) const;

 private:
  AlignedBytes memory_;
  AnyFrontend frontend_;
};

}  // namespace earshot::host
