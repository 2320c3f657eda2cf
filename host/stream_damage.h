// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What decoders pass over without a word: the end that a compressed file lacks, and damaged pages.
#pragma once

#include <cstdio>
#include <string>

#include "host/sound_flaws.h"

namespace earshot::host {

// Walks through the pages of an Ogg file or the frames of an MP3 file. `flaws->note` and
// `flaws->error` say what is wrong; empty of whole files, and of other formats.
SoundFlaws FindStreamDamage(std::FILE* file);

}  // namespace earshot::host
