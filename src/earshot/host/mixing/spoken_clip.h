// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// SpokenClip: a recording of one word, ready to be put into a stream, and where in it the word is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "earshot/base/span.h"
#include "earshot/host/formats/sound_flaws.h"

namespace earshot::host {

// Samples [begin, end) of a clip.
struct AudiblePart {
  size_t begin = 0;
  size_t end = 0;
  bool empty() const { return begin == end; }
};

// The part of a 16 kHz clip in which the word is heard, by energy:
//   1. The clip is cut into frames of 10 ms (the last one may be shorter); each has a level, the
//      rms around the clip's mean, in dB.
//   2. The noise floor is the level that a tenth of the frames stays below (but at least that of
//      one unit of a 16-bit sample), the peak that of the loudest frame.
//   3. A frame is audible when it is above a third of the way from floor to peak, and less than
//      35 dB below the peak; in a clip without quiet frames, when it is less than 6 dB below it.
//   4. Audible frames with up to 150 ms between them belong together (the closure of a stop, as in
//      "bed"); of several such parts, the one with the most energy is the word.
// Empty when the loudest frame's rms is not above one unit. Our own rule, in the manner of
// endpointing by energy (Rabiner and Sambur, 1975), without its second step by zero crossings.
AudiblePart FindAudiblePart(Span<const int16_t> clip);

// What is longer is no recording of a word.
constexpr int kLongestClipSeconds = 10;

struct SpokenClip {
  std::vector<int16_t> samples;  // 16 kHz.
  AudiblePart word;              // Never empty.
  double rms = 0;                // Of that part, in units of 16-bit samples.
  bool converted = false;
  SoundFlaws flaws;
};

// `channel`: as AudioFile(). Throws InputError: unreadable, too long, or nothing can be heard in
// it.
SpokenClip ReadSpokenClip(const std::string& path, int channel);

}  // namespace earshot::host
