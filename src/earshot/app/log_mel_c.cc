// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The log mel front end for C: apart from the rest, so that programs without it do not link it.

#include "earshot/app/c_interface.h"
#include "earshot/app/log_mel_spotter.h"
#include "earshot/earshot.h"

namespace earshot {
namespace {

constexpr earshot_frontend kLogMelFrontend = FrontendOf<LogMelSpotter>(kLogMelTables);

}  // namespace
}  // namespace earshot

extern "C" const earshot_frontend* earshot_log_mel_frontend(void) {
  return &earshot::kLogMelFrontend;
}
