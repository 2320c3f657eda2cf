// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Standard output and standard error, as the program uses them.
#pragma once

#include <string>
#include <string_view>

#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

// Writes results and hands them on at once. Throws OutputClosed when nobody reads any more, and
// InputError when it fails for another reason (a full disk).
void WriteStandardOutput(std::string_view text);

// Writes "earshot: <text>" as one line to standard error.
void Warn(std::string_view text);

// The same, about the memory that there is not; takes none.
void WarnOutOfMemory();

// Tells what the recording at `path` lacks. Returns the exit code: kExitBadInput where it is
// damaged, else kExitOk.
int TellFlaws(const std::string& path, const SoundFlaws& flaws);

// Where Warn() and Progress write to: a file descriptor, for programs that are started.
int StandardErrorFile();

// While it lives, only Warn(), Progress and StandardErrorFile() reach standard error: not what
// libraries write there by themselves, on whatever thread. There may be several at a time.
class OnlyOurStandardError {
 public:
  OnlyOurStandardError();
  ~OnlyOurStandardError();
  OnlyOurStandardError(const OnlyOurStandardError&) = delete;
  OnlyOurStandardError& operator=(const OnlyOurStandardError&) = delete;
};

// The same until the program ends: a stream whose server died at its beginning cannot be closed,
// and its library goes on writing.
void KeepStandardErrorForUs();

bool StandardOutputIsTerminal();
bool StandardErrorIsTerminal();

// Whether standard output is a pipe that nobody reads any more. Writing would tell as well, but
// there may be nothing to write for long.
bool StandardOutputIsClosed();

// Whether results may be coloured: standard output is a terminal that can, and NO_COLOR is not set
// (https://no-color.org).
bool ColourWanted();

// Has standard input, output and error be something where the program was started without them, so
// that no file which is opened takes their place. Reading from such an input, and writing to such
// an output, fails.
void OpenStandardFiles();

// From now on, writing to a closed pipe, or more than a file may hold, is an error instead of the
// program's sudden end.
void IgnoreOutputSignals();

}  // namespace earshot::host
