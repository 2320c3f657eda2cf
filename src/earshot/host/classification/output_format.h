// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Results as text: one format for people, two for programs. docs/cli.md describes all three.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "earshot/host/classification/results.h"

namespace earshot::host {

class OutputFormat {
 public:
  virtual ~OutputFormat() = default;
  // What comes before all results; may be empty.
  virtual std::string Header() const { return ""; }
  // The lines for one recording; may be empty.
  virtual std::string Format(const RecordingResult& result) const = 0;
  // Whether Format() also tells errors, and conversions and other notes; if not, standard error
  // must.
  virtual bool TellsErrors() const { return true; }
  virtual bool TellsNotes() const { return false; }
};

// `labels`: the model's outputs, in its order.
std::unique_ptr<OutputFormat> MakeTextFormat(const std::vector<std::string>& labels, bool colour);
std::unique_ptr<OutputFormat> MakeJsonlFormat(const std::vector<std::string>& labels);
std::unique_ptr<OutputFormat> MakeCsvFormat(const std::vector<std::string>& labels);

}  // namespace earshot::host
