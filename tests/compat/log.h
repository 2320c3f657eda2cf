// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What MicroPrintf() has said since the last look: this program's own DebugLog().
#pragma once

#include <string>

namespace earshot::test {

std::string TakeLog();

}  // namespace earshot::test
