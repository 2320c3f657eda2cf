// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// AnySpotter: a KeywordSpotter on the front end that its tables are of, for programs that learn of
// their models when they run.
#pragma once

#include "earshot/app/keyword_spotter.h"
#include "earshot/frontend/any_frontend.h"

namespace earshot {

// With kLogMelTables a LogMelSpotter, with all others a KeywordSpotter. It links both front ends.
extern template class BasicKeywordSpotter<AnyFrontend>;
using AnySpotter = BasicKeywordSpotter<AnyFrontend>;

}  // namespace earshot
