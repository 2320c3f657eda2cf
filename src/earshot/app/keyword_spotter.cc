// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/keyword_spotter.h"

#include "earshot/app/keyword_spotter.inc"

namespace earshot {

template <>
struct DetectorBehind<Frontend> {
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory,
                       KeywordDetector* detector) {
    return KeywordDetector::Create(model, resolver, config, idle_bytes, memory, detector);
  }
  static bool Push(const Frontend& /*frontend*/, Span<const uint16_t> features,
                   KeywordDetector* detector) {
    return detector->Push(features);
  }
};

template class BasicKeywordSpotter<Frontend>;

}  // namespace earshot
