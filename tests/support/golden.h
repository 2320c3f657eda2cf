// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Where tests find recorded data: what the repository carries, and what may lie beside it.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "earshot/host/files/npy.h"

namespace earshot::test {

// A file under tests/golden of the repository, e.g. GoldenPath("frontend/wav_yes.pcm.npy").
std::string GoldenPath(const std::string& relative);

// A file of the repository itself, e.g. SourcePath("audio_samples/manifest.csv").
std::string SourcePath(const std::string& relative);

// The folder of larger test data outside the repository (EARSHOT_SHARED_DIR in the environment, or
// ../shared beside the checkout), or an empty string when there is none.
std::string SharedDir();

// A path inside SharedDir(). Precondition: SharedDir() is not empty.
std::string SharedPath(const std::string& relative);

// The cells of a tab-separated file, its header line first. Throws when it cannot be read.
std::vector<std::vector<std::string>> ReadTsv(const std::string& path);

// A whole file's bytes. Throws when it cannot be read.
std::vector<uint8_t> ReadBytes(const std::string& path);

}  // namespace earshot::test

// Ends the test as skipped, and says why, where the larger test data is absent.
#define EARSHOT_SKIP_WITHOUT_SHARED()                                                     \
  do {                                                                                    \
    if (::earshot::test::SharedDir().empty()) {                                           \
      GTEST_SKIP() << "needs the larger test data; set EARSHOT_SHARED_DIR to its folder"; \
    }                                                                                     \
  } while (false)
