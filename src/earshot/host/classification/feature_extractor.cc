// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/classification/feature_extractor.h"

#include "earshot/app/units.h"
#include "earshot/host/audio/audio_file.h"
#include "earshot/host/errors.h"

namespace earshot::host {

FeatureExtractor::FeatureExtractor(const FrontendTables& tables, int stride_ms)
    : memory_(AnyFrontend::RequiredBytes(tables)) {
  const Status status =
      AnyFrontend::Create(tables, stride_ms * kSamplesPerMs, memory_.span(), &frontend_);
  if (!status.ok()) throw UsageError(Text(status));
}

void FeatureExtractor::Extract(Span<const int16_t> samples, std::vector<uint16_t>* features) {
  while (!samples.empty()) {
    const AnyFrontend::Result result = frontend_.Process(samples);
    features->insert(features->end(), result.features.begin(), result.features.end());
    samples = samples.subspan(result.consumed);
  }
}

size_t FeatureExtractor::FrameCount(size_t samples) const {
  const auto window = static_cast<size_t>(frontend_.window_samples());
  const auto stride = static_cast<size_t>(frontend_.stride_samples());
  return samples < window ? 0 : (samples - window) / stride + 1;
}

}  // namespace earshot::host
