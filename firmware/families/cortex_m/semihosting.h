// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Semihosting: an emulated (or debugged) board asks the machine that runs it for files, text output
// and its end. Never linked into images for real boards.
//
// Source: Arm, "Semihosting for AArch32 and AArch64", release 3.0.
#pragma once

#include <cstddef>
#include <cstdint>

#include "earshot/base/span.h"

namespace earshot::semihosting {

// Opens a file of the host; negative: it cannot be opened. kWrite makes it anew.
enum class OpenMode : uint32_t { kRead = 1, kWrite = 5, kAppend = 9 };
int Open(const char* path, OpenMode mode);
void Close(int file);
// Reads up to buffer.size() bytes; returns how many came (less at the file's end).
size_t Read(int file, Span<uint8_t> buffer);
// Whether all bytes were written.
bool Write(int file, Span<const uint8_t> bytes);
bool Seek(int file, size_t position);
// Negative: unknown.
int Length(int file);

// The command line of the image, as the emulator was told; false where it does not fit.
bool CommandLine(Span<char> text);

[[noreturn]] void Exit(int code);

}  // namespace earshot::semihosting
