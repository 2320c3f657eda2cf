// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Event lists whose times are no seconds of their recording.
#pragma once

#include <optional>

#include "earshot/host/evaluation/data_sets.h"

namespace earshot::host {

// How far an event may reach beyond the end, in seconds: lists are rounded, and lossy formats begin
// and end a little elsewhere than what they were made of.
constexpr double kMostOverhangSeconds = 0.1;

// Whether all events of the stream lie within its recording, which is so many seconds long. If not,
// the first that does not, as something that cannot be used: the list's path and line, what was
// found and wanted, and if the times would fit in another unit, which.
std::optional<Unread> EventBehindTheEnd(const LabelledStream& stream, double seconds);

}  // namespace earshot::host
