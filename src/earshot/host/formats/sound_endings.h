// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the ending of a file's name tells, where a directory is searched for recordings. A file that
// is named itself is known by how it begins, whatever its ending
// (earshot/host/formats/sound_kinds.h).
#pragma once

#include <string>

namespace earshot::host {

enum class SoundEnding {
  kRecording,   // Of files that libsndfile reads.
  kUndecoded,   // Sound, or films with sound, that it does not decode, or not without a header.
  kMaybeSound,  // Of some recordings, but more often of other files.
  kOther,
};

// In upper or lower case.
SoundEnding SoundEndingOf(const std::string& path);

// The name's ending with its point, in lower case; empty: there is none.
std::string LoweredEnding(const std::string& path);

}  // namespace earshot::host
