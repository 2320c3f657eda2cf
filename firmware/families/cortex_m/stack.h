// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The stack lies at the bottom of RAM, so that one that grows too large leaves RAM (and faults on
// most chips) rather than eating variables. It is painted at start-up, which tells how deep it
// went.
#pragma once

namespace earshot::cortex_m {

// Fills what is not in use. Called by ResetHandler, before anything deep.
void PaintStack();

}  // namespace earshot::cortex_m
