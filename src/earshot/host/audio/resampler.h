// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Resampler: changes the sample rate of a mono stream.
#pragma once

#include <memory>
#include <vector>

#include "earshot/base/span.h"

struct soxr;

namespace earshot::host {

// A linear-phase low-pass (libsoxr's "high quality" recipe, 20 bits, in double precision and on one
// thread so that the result is repeatable). The delay is taken out: output sample n lies at the
// same time as input sample n * from / to, and the output is as long as the input, to the sample.
class Resampler {
 public:
  // Rates in Hz. Throws InputError when libsoxr refuses them.
  Resampler(double from_hz, double to_hz);
  ~Resampler();
  Resampler(const Resampler&) = delete;
  Resampler& operator=(const Resampler&) = delete;

  // Takes all of `input` and appends what is ready to `output`.
  void Process(Span<const double> input, std::vector<double>* output);

  // No more input: appends the rest. Once.
  void Finish(std::vector<double>* output);

 private:
  void Run(const double* input, size_t count, std::vector<double>* output);

  soxr* state_ = nullptr;
};

}  // namespace earshot::host
