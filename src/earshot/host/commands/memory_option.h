// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The option that limits memory, the same for every command that takes a model.
#pragma once

#include <cstdint>
#include <string_view>

#include "earshot/host/commands/command_line.h"

namespace earshot::host {

// Whether `text` is a whole number of bytes: "1000000", "512K", "512M", "2G" or "2GiB", in powers
// of 1024, of at least one byte and less than 2^63. `bytes` is left alone otherwise.
bool ReadBytes(std::string_view text, uint64_t* bytes);

// Adds --max-memory, which is SetMaxMemory().
void AddMaxMemory(CommandLine& command);

}  // namespace earshot::host
