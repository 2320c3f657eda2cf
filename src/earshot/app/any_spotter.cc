// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/any_spotter.h"

#include "earshot/app/keyword_spotter.inc"

namespace earshot {

template <>
struct DetectorBehind<AnyFrontend> {
  static Status Create(const Model& model, const OperatorResolver& resolver,
                       const SpotterConfig& config, size_t idle_bytes, Span<uint8_t> memory,
                       KeywordDetector* detector) {
    return IsLogMel(*config.tables)
               ? KeywordDetector::CreateLogMel(model, resolver, config, idle_bytes, memory,
                                               detector)
               : KeywordDetector::Create(model, resolver, config, idle_bytes, memory, detector);
  }
  static bool Push(const AnyFrontend& frontend, Span<const uint16_t> features,
                   KeywordDetector* detector) {
    return frontend.is_log_mel() ? detector->PushLogMel(features) : detector->Push(features);
  }
};

template class BasicKeywordSpotter<AnyFrontend>;

}  // namespace earshot
