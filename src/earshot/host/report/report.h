// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The report of `earshot evaluate --report`: one HTML page that needs nothing beside it.
//
// Plots are SVG with tables as a fallback, spectrograms and sound are inside the page, it follows
// the reader's choice of light or dark, and it has no script. It is well-formed XML as well. Equal
// figures give equal pages.
#pragma once

#include <string>

#include "earshot/host/evaluation/results.h"
#include "earshot/host/report/sections.h"

namespace earshot::host {

// Reads the recordings that are shown; one that cannot be read any more is shown without picture
// and sound.
std::string ReportHtml(const Evaluation& evaluation, const ReportLimits& limits = {});

// Writes it to a file. Throws InputError.
void WriteReport(const Evaluation& evaluation, const std::string& path);

}  // namespace earshot::host
