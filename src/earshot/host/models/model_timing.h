// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// How much processor time an inference takes, with one set of kernels beside others.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "earshot/kernels/kernel_sets.h"
#include "earshot/runtime/model.h"

namespace earshot::host {

struct OperatorTiming {
  double microseconds = 0;  // Median; what the clock itself takes is taken off.
  std::string implementation;
};

struct ModelTiming {
  std::string kernels;      // The set's name.
  double microseconds = 0;  // Of processor time for one inference: median of the turns' means.
  double fastest = 0;       // The smallest of them.
  size_t arena_bytes = 0;
  size_t packed_bytes = 0;
  std::vector<OperatorTiming> operators;  // Of the main subgraph. Empty: not asked for.
};

struct TimingOptions {
  double seconds = 0.5;  // For each set, about.
  bool operators = false;
};

// Times a model with each of the sets: in turns of some milliseconds, one after the other, so that
// all see the same machine. Inputs are bytes at random, the same for all. Throws ModelError, with
// the model's name in front: it does not run.
std::vector<ModelTiming> TimeModel(const std::string& name, const Model& model,
                                   const std::vector<const KernelSet*>& sets,
                                   const TimingOptions& options);

// The processor time that this thread has taken, in seconds.
double ThreadSeconds();

// The middle one of some numbers, of which there is at least one.
double MiddleOf(std::vector<double> numbers);

}  // namespace earshot::host
