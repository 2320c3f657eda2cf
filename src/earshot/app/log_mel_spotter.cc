// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/log_mel_spotter.h"

#include "earshot/app/keyword_spotter.inc"

namespace earshot {

template <>
struct DetectorBehind<LogMelFrontend> {
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory,
                       KeywordDetector* detector) {
    return KeywordDetector::CreateLogMel(model, resolver, config, idle_bytes, memory, detector);
  }
  static bool Push(const LogMelFrontend& /*frontend*/, Span<const uint16_t> features,
                   KeywordDetector* detector) {
    return detector->PushLogMel(features);
  }
};

template class BasicKeywordSpotter<LogMelFrontend>;

}  // namespace earshot
