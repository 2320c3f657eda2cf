// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// ClassifierCrew: a Classifier for each thread.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "earshot/host/classification/classifier.h"

namespace earshot::host {

// The model outlives it. Each worker is used by one thread at a time.
class ClassifierCrew {
 public:
  // As Classifier(). Throws ModelError when the model does not run.
  ClassifierCrew(const KeywordModel& model, size_t size, bool hears_end = true)
      : model_(model), hears_end_(hears_end), classifiers_(size) {
    classifier(0);
  }

  // Made by the thread that first needs it. Precondition: worker < size.
  Classifier& classifier(size_t worker) {
    if (classifiers_[worker] == nullptr) {
      classifiers_[worker] = std::make_unique<Classifier>(model_, hears_end_);
    }
    return *classifiers_[worker];
  }

 private:
  const KeywordModel& model_;
  const bool hears_end_;
  std::vector<std::unique_ptr<Classifier>> classifiers_;
};

}  // namespace earshot::host
