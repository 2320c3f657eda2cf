// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "firmware/families/cortex_m/core_setup.h"

// The table is at address 0, where the image begins, and there is no floating-point unit.
void earshot::cortex_m::SetUpCore() {}
