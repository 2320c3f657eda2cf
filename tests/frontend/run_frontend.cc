// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/frontend/run_frontend.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "earshot/base/aligned_bytes.h"

namespace earshot::test {

FrontendRun RunFrontend(const FrontendTables& tables, int32_t stride,
                        const std::vector<int16_t>& pcm, const std::vector<size_t>& chunks) {
  AlignedBytes memory(Frontend::RequiredBytes(tables));
  Frontend frontend;
  EXPECT_TRUE(Frontend::Create(tables, stride, memory.span(), &frontend).ok());
  FrontendRun run;
  size_t begin = 0;
  for (size_t i = 0; begin < pcm.size(); ++i) {
    const size_t size = std::min(chunks[i % chunks.size()], pcm.size() - begin);
    Span<const int16_t> chunk(pcm.data() + begin, size);
    begin += size;
    while (!chunk.empty()) {
      const Frontend::Result result = frontend.Process(chunk);
      run.features.insert(run.features.end(), result.features.begin(), result.features.end());
      chunk = chunk.subspan(result.consumed);
    }
  }
  const Span<const uint32_t> noise = frontend.noise_estimate();
  run.noise_estimate.assign(noise.begin(), noise.end());
  return run;
}

}  // namespace earshot::test
