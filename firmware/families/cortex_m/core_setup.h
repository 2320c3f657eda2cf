// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the processor itself needs before the first ordinary function runs. One definition for
// ARMv6-M (Cortex-M0), which has none of it, and one for ARMv7-M and later.
#pragma once

namespace earshot::cortex_m {

// Points the processor at the image's vector table, wherever the image lies, and switches on the
// floating-point unit where there is one.
void SetUpCore();

}  // namespace earshot::cortex_m
