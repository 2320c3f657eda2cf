// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a processor fault does: it says where, and ends the program.
#pragma once

extern "C" {

// For all fault vectors, and for every interrupt that nobody expects.
[[noreturn]] void FaultHandler();
}
