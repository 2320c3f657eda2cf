// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// QEMU's nRF51 runs at 16 MHz from the start.

#include "firmware/port/system.h"

namespace earshot {

void port::StartBoard() {}

}  // namespace earshot
