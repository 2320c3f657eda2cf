// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/audio/resampler.h"

#include <soxr.h>

#include <string>

#include "earshot/host/errors.h"

namespace earshot::host {
namespace {

constexpr size_t kBlock = 4096;  // Output samples asked for at a time.

void Check(soxr_error_t error) {
  if (error != nullptr) throw InputError(std::string("resampling: ") + error);
}

}  // namespace

Resampler::Resampler(double from_hz, double to_hz) {
  const soxr_io_spec_t types = soxr_io_spec(SOXR_FLOAT64_I, SOXR_FLOAT64_I);
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, SOXR_DOUBLE_PRECISION);
  const soxr_runtime_spec_t runtime = soxr_runtime_spec(1);
  soxr_error_t error = nullptr;
  state_ = soxr_create(from_hz, to_hz, 1, &error, &types, &quality, &runtime);
  Check(error);
}

Resampler::~Resampler() { soxr_delete(state_); }

void Resampler::Process(Span<const double> input, std::vector<double>* output) {
  // A null pointer would mean the end of the input.
  if (!input.empty()) Run(input.data(), input.size(), output);
}

void Resampler::Finish(std::vector<double>* output) { Run(nullptr, 0, output); }

void Resampler::Run(const double* input, size_t count, std::vector<double>* output) {
  const bool finishing = input == nullptr;
  for (size_t begin = 0;;) {
    const size_t ready = output->size();
    output->resize(ready + kBlock);
    size_t taken = 0;
    size_t made = 0;
    Check(soxr_process(state_, finishing ? nullptr : input + begin, count - begin, &taken,
                       output->data() + ready, kBlock, &made));
    output->resize(ready + made);
    begin += taken;
    if (begin == count && made < kBlock) return;
  }
}

}  // namespace earshot::host
