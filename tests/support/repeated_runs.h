// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A model that is run again and again, for tests of what it remembers.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <vector>

#include "tests/support/run_model.h"

namespace earshot::test {

class RepeatedRuns {
 public:
  explicit RepeatedRuns(const ModelBuilder& builder, const AllocationOptions& options = {})
      : file_(builder.Build()), arena_(size_t{1} << 20) {
    SaveModel(file_.span());
    Status status = Model::Load(file_.span(), &model_);
    EXPECT_TRUE(status.ok()) << Text(status);
    interpreter_ = Interpreter(model_, AllKernelsResolver(), arena_.span());
    status = interpreter_.AllocateTensors(options);
    EXPECT_TRUE(status.ok()) << Text(status);
  }

  Interpreter& interpreter() { return interpreter_; }

  // The first output for the first input.
  template <typename T>
  std::vector<T> Run(const std::vector<T>& input) {
    const Span<T> to = interpreter_.input(0).as<T>();
    EXPECT_EQ(input.size(), to.size());
    std::memcpy(to.data(), input.data(), input.size() * sizeof(T));
    EXPECT_TRUE(interpreter_.Invoke().ok());
    const Span<T> from = interpreter_.output(0).as<T>();
    return {from.begin(), from.end()};
  }

 private:
  AlignedBytes file_;
  AlignedBytes arena_;
  Model model_;
  Interpreter interpreter_;
};

}  // namespace earshot::test
