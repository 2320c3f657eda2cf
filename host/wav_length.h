// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Whether a WAV file holds all that its header promises.
#pragma once

#include <string>

namespace earshot::host {

// libsndfile takes a WAV file that was cut short for a shorter one; a recording that lost its end
// should be noticed instead. Throws InputError when the data chunk is longer than the file. Says
// nothing about other files, nor where programs that write to a pipe leave the length open (0, or
// almost 2 or 4 GiB).
void CheckWavIsWhole(const std::string& path);

}  // namespace earshot::host
