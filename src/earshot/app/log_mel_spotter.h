// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// LogMelSpotter: a KeywordSpotter for models on the log mel front end, MLPerf Tiny's.
#pragma once

#include "earshot/app/keyword_spotter.h"
#include "earshot/frontend/log_mel_frontend.h"

namespace earshot {

// SpotterConfig::tables are kLogMelTables; what the model's input must be, says
// KeywordDetector::CreateLogMel().
extern template class BasicKeywordSpotter<LogMelFrontend>;
using LogMelSpotter = BasicKeywordSpotter<LogMelFrontend>;

}  // namespace earshot
