// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// RunOrdered: many threads work, one thread sees the results in order.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <memory>
#include <mutex>
#include <new>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace earshot::host {

// Calls `work(worker, i)` for every i in [0, count) on up to `jobs` threads, and `emit(i, result)`
// on the calling thread for i = 0, 1, 2 ... whatever the order in which the work was done.
// `worker`, in [0, jobs), tells whose turn it is: calls with the same number never overlap.
//
// Where not so many threads can be created, those that there are do it all, and without any the
// calling thread. A thread that finds no memory for its work leaves it to the others, if there are.
//
// At most kAheadPerJob * jobs results wait to be emitted; until the oldest is, nobody begins
// another one. What `work` or `emit` throws ends all threads and is thrown from here.
//
// Preconditions: jobs is at least 1; Result can be moved.
template <typename Result, typename Work, typename Emit>
class OrderedBatch {
 public:
  static constexpr size_t kAheadPerJob = 4;
  static constexpr size_t kRoomPerThread = 8 << 20;  // Bytes.

  OrderedBatch(size_t count, size_t jobs, const Work& work) : count_(count), work_(work) {
    jobs = std::min(jobs, count);
    slots_.resize(kAheadPerJob * jobs);
    left_.reserve(jobs);
    threads_.reserve(jobs);
    const std::lock_guard<std::mutex> lock(mutex_);  // So that each finds the others counted.
    // Held, never touched, and given back before the work begins, so that threads leave room for
    // it: not every library that decodes sound survives it when there is none.
    std::vector<std::unique_ptr<char[]>> room;
    try {
      while (threads_.size() < jobs) {
        room.emplace_back(new char[kRoomPerThread]);
        threads_.emplace_back([this, worker = threads_.size()] { RunWorker(worker); });
      }
    } catch (const std::system_error&) {  // No more threads ...
    } catch (const std::bad_alloc&) {     // ... or no memory for them.
    }
    working_ = threads_.size();
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
    for (size_t i = 0; i < count_; ++i) emit(i, threads_.empty() ? work_(0, i) : Take(i));
  }

 private:
  void RunWorker(size_t worker) {
    for (;;) {
      size_t i = 0;
      {
        std::unique_lock<std::mutex> lock(mutex_);
        room_.wait(lock, [this] {
          return stopped_ || !left_.empty() || next_ == count_ || next_ < emitted_ + slots_.size();
        });
        if (stopped_ || (left_.empty() && next_ == count_)) {
          --working_;
          return;
        }
        if (left_.empty()) {
          i = next_++;
        } else {
          i = left_.back();
          left_.pop_back();
        }
      }
      std::optional<Result> result;
      std::exception_ptr failure;
      try {
        result.emplace(work_(worker, i));
      } catch (const std::bad_alloc&) {
        if (LeaveToOthers(i)) return;
        failure = std::current_exception();
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

  // False: there are no others.
  bool LeaveToOthers(size_t i) {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (working_ < 2) return false;
    --working_;
    left_.push_back(i);
    room_.notify_all();
    return true;
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
  size_t working_ = 0;                        // Threads that will take more work.
  std::vector<size_t> left_;                  // What they have left.
  bool stopped_ = false;
  std::exception_ptr failure_;
  std::vector<std::thread> threads_;
};

template <typename Result, typename Work, typename Emit>
void RunOrdered(size_t count, size_t jobs, const Work& work, const Emit& emit) {
  OrderedBatch<Result, Work, Emit>(count, jobs, work).EmitAll(emit);
}

}  // namespace earshot::host
