// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What a listener hears as WAV files: all of it, or what is around each word.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "earshot/host/listening/listen_output.h"

namespace earshot::host {

// Writes all samples that are heard to `path`, which is replaced when there is something to hear,
// at Start(). What was lost is missing, so times in the file are times of words. Its functions
// throw InputError: cannot be written.
std::unique_ptr<ListenOutput> MakeSoundRecorder(const std::string& path);

// Reads the time of day.
using ReadDate = std::function<std::chrono::system_clock::time_point()>;

// Writes for each word what was heard from one second before its start to one second after its end,
// but nothing older than 10 s, to a file of its own below `directory`, which is made if it is not
// there: <date and time>_<time of the word>s_<label>_<score>.wav, the date in UTC; of the label no
// more than 100 bytes, '_' in place of what is no letter, digit or hyphen. No file is replaced; a
// number is put behind the name where there is one already. Throws InputError, also from its
// functions: cannot be written.
std::unique_ptr<ListenOutput> MakeHitSaver(const std::string& directory, ReadDate date);

}  // namespace earshot::host
