// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a recording lacks, found out by reading it to its end.
#pragma once

#include <string>

namespace earshot::host {

struct SoundFlaws {
  // Empty: none. The header promises more than there is, or mixing loses sound: all that is there
  // was heard as it is.
  std::string note;
  // Empty: none. The sound breaks off, or some of it is damaged; what could be heard was heard.
  std::string error;
  // Where the sound ends, and how much more its header promises; 0: nothing.
  double end_seconds = 0;
  double missing_seconds = 0;
};

// Adds to the sentences of a note or an error.
inline void AddSentence(const std::string& sentence, std::string* text) {
  if (!text->empty() && !sentence.empty()) *text += "; ";
  *text += sentence;
}

}  // namespace earshot::host
