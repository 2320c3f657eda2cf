// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How the report looks: one sheet for light and dark.
#pragma once

namespace earshot::host {

extern const char kReportStyle[];

}  // namespace earshot::host
