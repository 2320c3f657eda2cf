// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/spotter_config.h"

#include "earshot/app/argument_checks.h"
#include "earshot/app/spotter_settings.h"

namespace earshot {
namespace {

// Far beyond what words need; they keep all products of times and sizes within int32_t.
constexpr int32_t kMaxSampleRateHz = 192000;
constexpr int32_t kMaxChannels = 1024;

}  // namespace

Status CheckFrontend(const SpotterConfig& config) {
  constexpr StatusSubject kSubject = StatusSubject::kFrontend;
  if (config.tables == nullptr) return InvalidNumber(kSubject, "no tables"_text, 0, 1);
  const int32_t sample_rate_hz = config.tables->sample_rate_hz;
  const RangeCheck checks[] = {
      {"tables: sample_rate_hz"_text, sample_rate_hz, 1, kMaxSampleRateHz},
      {"tables: channels"_text, config.tables->filterbank.channels, 1, kMaxChannels},
  };
  EARSHOT_RETURN_IF_ERROR(CheckRanges(kSubject, checks));
  EARSHOT_RETURN_IF_ERROR(CheckSettings(kSubject, &config, kSpotterFields));
  const int32_t samples_by_1000 = sample_rate_hz * config.stride_ms;
  if (samples_by_1000 % 1000 == 0) return OkStatus();
  return InvalidNumber(kSubject, "stride_ms: thousandths of a sample beyond whole ones"_text,
                       samples_by_1000 % 1000, 0);
}

}  // namespace earshot
