// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RunOrdered: many threads work, one thread sees the results in order.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace earshot::host {

// Calls `work(worker, i)` for every i in [0, count) on up to `jobs` threads, and `emit(i, result)`
// on the calling thread for i = 0, 1, 2 ... whatever the order in which the work was done.
// `worker`, in [0, jobs), tells whose turn it is: calls with the same number never overlap.
//
// At most kAheadPerJob * jobs results wait to be emitted; until the oldest is, nobody begins
// another one. What `work` or `emit` throws ends all threads and is thrown from here.
//
// Preconditions: jobs is at least 1; Result can be moved.
template <typename Result, typename Work, typename Emit>
class OrderedBatch {
 public:
  static constexpr size_t kAheadPerJob = 4;

  OrderedBatch(size_t count, size_t jobs, const Work& work) : count_(count), work_(work) {
    jobs = std::min(jobs, count);
    slots_.resize(kAheadPerJob * jobs);
    for (size_t worker = 0; worker < jobs; ++worker) {
      threads_.emplace_back([this, worker] { RunWorker(worker); });
    }
  }

  ~OrderedBatch() {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      stopped_ = true;
    }
    room_.notify_all();
    for (std::thread& thread : threads_) thread.join();
  }

  OrderedBatch(const OrderedBatch&) = delete;
  OrderedBatch& operator=(const OrderedBatch&) = delete;

  void EmitAll(const Emit& emit) {
    for (size_t i = 0; i < count_; ++i) emit(i, Take(i));
  }

 private:
  void RunWorker(size_t worker) {
    for (;;) {
      size_t i = 0;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        room_.wait(lock, [this] {
          return stopped_ || next_ == count_ || next_ < emitted_ + slots_.size();
        });
        if (stopped_ || next_ == count_) return;
        i = next_++;
      }
      std::optional<Result> result;
      std::exception_ptr failure;
      try {
        result.emplace(work_(worker, i));
      } catch (...) {
        failure = std::current_exception();
      }
      {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (failure && !failure_) failure_ = failure;
        slots_[i % slots_.size()] = std::move(result);
      }
      ready_.notify_one();
      if (failure) return;
    }
  }

  Result Take(size_t i) {
    std::unique_lock<std::mutex> lock(mutex_);
    std::optional<Result>& slot = slots_[i % slots_.size()];
    ready_.wait(lock, [&] { return slot.has_value() || failure_; });
    if (failure_) std::rethrow_exception(failure_);
    Result result = std::move(*slot);
    slot.reset();
    emitted_ = i + 1;
    room_.notify_all();
    return result;
  }

  const size_t count_;
  const Work& work_;
  std::mutex mutex_;  // Guards the rest.
  std::condition_variable room_;
  std::condition_variable ready_;
  std::vector<std::optional<Result>> slots_;  // Result i waits in slot i modulo their number.
  size_t next_ = 0;                           // The first that nobody has begun.
  size_t emitted_ = 0;                        // How many have been taken out.
  bool stopped_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

template <typename Result, typename Work, typename Emit>
void RunOrdered(size_t count, size_t jobs, const Work& work, const Emit& emit) {
  OrderedBatch<Result, Work, Emit>(count, jobs, work).EmitAll(emit);
}

}  // namespace earshot::host
