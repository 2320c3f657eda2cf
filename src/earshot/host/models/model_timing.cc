// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/models/model_timing.h"

#include <algorithm>
#include <cstring>
#include <ctime>
#include <memory>
#include <random>

#include "earshot/host/errors.h"
#include "earshot/host/models/model_file.h"

namespace earshot::host {
namespace {

constexpr double kTurnSeconds = 0.005;
constexpr int kFewestTurns = 5;
constexpr double kMicro = 1e6;

// A model with one set of kernels, and what was measured of it.
class Contender {
 public:
  Contender(const std::string& name, const Model& model, const KernelSet& set) : set_(set) {
    ThrowUnlessOk(MakeRunner(name, model, set.kernels, &runner_), name);
    std::mt19937 random;  // The same numbers for all.
    Interpreter& interpreter = runner_.interpreter;
    for (size_t i = 0; i < interpreter.input_count(); ++i) {
      std::vector<uint8_t> bytes(interpreter.input(i).bytes.size());
      for (uint8_t& byte : bytes) byte = static_cast<uint8_t>(random());
      // Bytes at random are no usual floats: numbers between -1 and 1 are.
      if (interpreter.input(i).info.type == TensorType::FLOAT32) FillWithFloats(&bytes, &random);
      inputs_.push_back(std::move(bytes));
    }
  }

  void TakeTurn(const std::string& name) {
    const double begin = ThreadSeconds();
    double taken = 0;
    int count = 0;
    do {
      Invoke(name);
      ++count;
      taken = ThreadSeconds() - begin;
    } while (taken < kTurnSeconds);
    turns_.push_back(taken / count * kMicro);
  }

  // As long as half of what the turns took, operator by operator.
  void TimeOperators(const std::string& name, const Model& model, double seconds) {
    const size_t count = model.operator_count(0);
    std::vector<std::vector<double>> times(count);
    struct Clock {
      std::vector<std::vector<double>>* times;
      double begin;
    } clock = {&times, 0};
    const Profiler profiler = {
        [](void* user, size_t) { static_cast<Clock*>(user)->begin = ThreadSeconds(); },
        [](void* user, size_t op) {
          auto* const own = static_cast<Clock*>(user);
          (*own->times)[op].push_back(ThreadSeconds() - own->begin);
        },
        &clock};
    runner_.interpreter.set_profiler(&profiler);
    const double begin = ThreadSeconds();
    do {
      Invoke(name);
    } while (ThreadSeconds() - begin < seconds);
    runner_.interpreter.set_profiler(nullptr);
    const double of_clock = ClockSeconds();
    for (const std::vector<double>& of_operator : times) {
      OperatorTiming timing;
      if (!of_operator.empty()) {
        timing.microseconds = std::max(0.0, MiddleOf(of_operator) - of_clock) * kMicro;
      }
      operators_.push_back(timing);
    }
  }

  ModelTiming Result() const {
    ModelTiming timing;
    timing.kernels = set_.name;
    timing.microseconds = MiddleOf(turns_);
    timing.fastest = *std::min_element(turns_.begin(), turns_.end());
    timing.arena_bytes = runner_.interpreter.arena_used_bytes();
    timing.packed_bytes = PackedBytes(runner_.interpreter);
    timing.operators = operators_;
    return timing;
  }

 private:
  static void FillWithFloats(std::vector<uint8_t>* bytes, std::mt19937* random) {
    std::uniform_real_distribution<float> numbers(-1, 1);
    for (size_t i = 0; i + sizeof(float) <= bytes->size(); i += sizeof(float)) {
      const float number = numbers(*random);
      std::memcpy(bytes->data() + i, &number, sizeof(float));
    }
  }

  // What a look at the clock seems to take.
  static double ClockSeconds() {
    std::vector<double> times;
    for (int i = 0; i < 1000; ++i) {
      const double begin = ThreadSeconds();
      times.push_back(ThreadSeconds() - begin);
    }
    return MiddleOf(times);
  }

  // Inputs share their memory with other tensors, so they are written before each.
  void Invoke(const std::string& name) {
    Interpreter& interpreter = runner_.interpreter;
    for (size_t i = 0; i < inputs_.size(); ++i) {
      std::copy(inputs_[i].begin(), inputs_[i].end(), interpreter.input(i).bytes.begin());
    }
    ThrowUnlessOk(interpreter.Invoke(), name);
  }

  const KernelSet& set_;
  ModelRunner runner_;
  std::vector<std::vector<uint8_t>> inputs_;
  std::vector<double> turns_;
  std::vector<OperatorTiming> operators_;
};

}  // namespace

double ThreadSeconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

double MiddleOf(std::vector<double> numbers) {
  const auto middle = numbers.begin() + static_cast<ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

std::vector<ModelTiming> TimeModel(const std::string& name, const Model& model,
                                   const std::vector<const KernelSet*>& sets,
                                   const TimingOptions& options) {
  std::vector<std::unique_ptr<Contender>> contenders;
  contenders.reserve(sets.size());
  for (const KernelSet* set : sets) {
    contenders.push_back(std::make_unique<Contender>(name, model, *set));
  }
  const int turns = std::max(kFewestTurns, static_cast<int>(options.seconds / kTurnSeconds));
  for (int turn = 0; turn < turns; ++turn) {
    for (const auto& contender : contenders) contender->TakeTurn(name);
  }
  std::vector<ModelTiming> timings;
  for (size_t i = 0; i < sets.size(); ++i) {
    if (options.operators) contenders[i]->TimeOperators(name, model, options.seconds / 2);
    timings.push_back(contenders[i]->Result());
    for (size_t op = 0; op < timings[i].operators.size(); ++op) {
      const int found = sets[i]->kernels.Find(OperatorView(model, 0, op));
      const char* const implementation =
          found < 0 ? nullptr
                    : ImplementationName(sets[i]->kernels.kernel(static_cast<size_t>(found)));
      if (implementation != nullptr) timings[i].operators[op].implementation = implementation;
    }
  }
  return timings;
}

}  // namespace earshot::host
