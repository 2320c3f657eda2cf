// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/listening/silence_watch.h"

#include <algorithm>

namespace earshot::host {

SilenceWatch::Duration SilenceWatch::Look(TimePoint now, TimePoint latest) {
  if (now - looked_ > kLongestPause) since_ = now;
  looked_ = now;
  const Duration longest = latest == TimePoint() ? kLongestStart : kLongestSilence;
  const Duration silent = now - std::max(since_, latest);
  return silent < longest ? Duration::zero() : silent;
}

}  // namespace earshot::host
