// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Every shipped model still reaches what was recorded for it (README.md), as `earshot evaluate`
// measures and judges it.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <ostream>
#include <string>
#include <vector>

#include "models/shipped_models.h"
#include "tests/accuracy/data_sets.h"
#include "tests/accuracy/recorded_gates.h"
#include "tests/support/golden.h"

namespace earshot::accuracy {

namespace {

#ifdef EARSHOT_SLOW_BUILD
constexpr bool kIsSlowBuild = true;
#else
constexpr bool kIsSlowBuild = false;
#endif

struct Case {
  const EmbeddedModel* model;
  DataSet data_set;

  std::string name() const { return std::string(model->name) + "_" + data_set.name; }
};

void PrintTo(const Case& a_case, std::ostream* out) { *out << a_case.name(); }

std::vector<Case> Cases() {
  std::vector<Case> cases;
  for (const EmbeddedModel* model : ShippedModels()) {
    for (const DataSet& data_set : DataSets()) cases.push_back({model, data_set});
  }
  return cases;
}

// What evaluate prints about changed answers and gates.
std::string Judgement(const std::string& text) {
  const size_t at = std::min(text.find("\nchanged answers\n"), text.find("\ngates\n"));
  return at == std::string::npos ? text : text.substr(at);
}

// The gates with their figures in one line.
std::string Figures(const std::string& text) {
  constexpr char kPassed[] = "  passed  ";
  std::string figures;
  for (const std::string& line : host::Lines(text)) {
    if (line.rfind(kPassed, 0) != 0) continue;
    figures += (figures.empty() ? "" : "; ") + line.substr(sizeof(kPassed) - 1);
  }
  return figures;
}

class GatesTest : public testing::TestWithParam<Case> {};

TEST_P(GatesTest, AreReached) {
  const EmbeddedModel& model = *GetParam().model;
  const DataSet& data_set = GetParam().data_set;
  const RecordedGates recorded = ReadGates(model.name);
  const std::string how = std::string("; record them: record_gates ") + model.name;
  ASSERT_EQ(recorded.model_sha256, model.sha256) << "the gates are of another model" << how;
  ASSERT_EQ(recorded.data_sets.count(data_set.name), 1u) << "there are no gates" << how;
  if (data_set.from_corpus) EARSHOT_SKIP_WITHOUT_SHARED();
  if (!IsThere(data_set)) GTEST_SKIP() << "needs corpus/speech_commands in the test data";
  if (data_set.from_corpus && kIsSlowBuild) GTEST_SKIP() << "takes too long in this build";

  const host::ProgramRun run = EvaluateOn(data_set, model, recorded.said_in_speech,
                                          GateArguments(model.name, data_set, recorded));
  EXPECT_EQ(run.exit_code, 0) << model.name << " on " << data_set.title << "\n"
                              << run.err << Judgement(run.out);
  if (run.exit_code != 0) return;
  std::printf("%s on %s: %s\n", model.name, data_set.title, Figures(run.out).c_str());
}

std::string NameOf(const testing::TestParamInfo<Case>& tested) { return tested.param.name(); }

INSTANTIATE_TEST_SUITE_P(Shipped, GatesTest, testing::ValuesIn(Cases()), NameOf);

}  // namespace
}  // namespace earshot::accuracy
