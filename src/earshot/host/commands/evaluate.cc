// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/commands/commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <set>
#include <thread>

#include "earshot/host/audio/audio_file.h"
#include "earshot/host/commands/evaluate_calibration.h"
#include "earshot/host/commands/model_options.h"
#include "earshot/host/commands/number_option.h"
#include "earshot/host/commands/sound_options.h"
#include "earshot/host/console/standard_output.h"
#include "earshot/host/errors.h"
#include "earshot/host/evaluation/clip_answers.h"
#include "earshot/host/evaluation/clip_figures.h"
#include "earshot/host/evaluation/evaluation_json.h"
#include "earshot/host/evaluation/evaluation_junit.h"
#include "earshot/host/evaluation/evaluation_text.h"
#include "earshot/host/evaluation/explanations.h"
#include "earshot/host/evaluation/gates.h"
#include "earshot/host/evaluation/saved_answers.h"
#include "earshot/host/evaluation/stream_figures.h"
#include "earshot/host/evaluation/stream_scores.h"
#include "earshot/host/evaluation/unmatched_words.h"
#include "earshot/host/files/output_check.h"
#include "earshot/host/files/output_file.h"
#include "earshot/host/models/keyword_model.h"
#include "earshot/host/report/report.h"

namespace earshot::host {
namespace {

constexpr char kExamples[] =
    "  earshot evaluate recordings/                folders named like their words\n"
    "  earshot evaluate test.csv --json            a list with path,label; for programs\n"
    "  earshot evaluate --stream walk.wav --negatives radio/\n"
    "                                              words found, false accepts per hour\n"
    "  earshot evaluate recordings/ --model a.tflite --model b.tflite\n"
    "                                              which of two models is better?\n"
    "  earshot evaluate recordings/ --report r.html  a page with plots and every mistake\n"
    "  earshot evaluate recordings/ --gate 'recall.yes>=0.95' --junit gates.xml\n"
    "                                              for continuous integration\n";

constexpr char kDescription[] =
    "Measures models on labelled clips (accuracy, recall, precision, confusion) and in streams "
    "(words found, false accepts per hour, delay), all with 95 % intervals. docs/evaluation.md "
    "defines every figure.\n"
    "Exit code 0: all done, 1: a gate is not passed or --calibrate finds no setting, 2: wrong "
    "arguments, 3: something could not be read, the rest is done, 4: a model is invalid or not "
    "supported.";

struct Options {
  std::vector<std::string> data_sets;
  std::vector<std::string> streams;
  std::vector<std::string> negatives;
  std::string channel;
  SeveralModels models;
  std::vector<std::string> gates;
  std::string junit;
  std::string report;
  std::string save_answers;
  std::string compare;
  CalibrationOptions calibration;
  bool explain = false;
  bool json = false;
  bool quiet = false;
  bool no_tail = false;
  size_t jobs = 1;
};

// The manifest to be written anew; empty: none is.
std::string PrepareCalibration(const Options& options) {
  const CalibrationOptions& calibration = options.calibration;
  if (!calibration.wanted) return "";
  if (options.streams.empty()) throw UsageError("--calibrate: wanted a --stream");
  const std::vector<ModelChoice> choices = ChoicesOf("evaluate", options.models);
  if (choices.size() > 1) throw UsageError("--calibrate: goes with one --model");
  if (calibration.write_manifest.empty()) return "";
  return ManifestToRewrite(choices[0]);
}

ModelFigures DescribeModel(const KeywordModel& model) {
  ModelFigures figures;
  figures.name = model.name();
  figures.labels = model.labels();
  figures.is_keyword = KeywordLabels(model);
  figures.recognizer = model.config().recognizer;
  figures.period_ms = model.config().stride_ms * model.config().strides_per_inference;
  return figures;
}

// What several models could not read is told once. Takes out and returns what are only notes.
std::vector<Unread> TellUnread(std::vector<Unread>* unread) {
  std::set<std::string> told;
  const auto is_told = [&told](const Unread& file) {
    return !told.insert(file.path + '\0' + file.error).second;
  };
  unread->erase(std::remove_if(unread->begin(), unread->end(), is_told), unread->end());
  for (const Unread& file : *unread) Warn(file.path + ": " + file.error);
  const auto notes = std::stable_partition(unread->begin(), unread->end(), [](const Unread& file) {
    return file.part != UnreadPart::kNone;
  });
  std::vector<Unread> found(notes, unread->end());
  unread->erase(notes, unread->end());
  return found;
}

// Takes out the recordings of one kind that cannot be heard more than once.
template <typename Recording, typename PathOf>
void DropPipes(const PathOf& path_of, std::vector<Recording>* recordings,
               std::vector<Unread>* unread) {
  const auto is_pipe = [&](const Recording& recording) {
    if (!ComesOnce(path_of(recording))) return false;
    unread->push_back({path_of(recording),
                       "comes only once, as from a pipe: wanted a file for several models or a "
                       "report"});
    return true;
  };
  recordings->erase(std::remove_if(recordings->begin(), recordings->end(), is_pipe),
                    recordings->end());
}

EvaluationData ReadData(const Options& options) {
  if (options.data_sets.empty() && options.streams.empty() && options.negatives.empty()) {
    throw UsageError("evaluate: give data sets, --stream or --negatives");
  }
  EvaluationData data;
  for (const std::string& path : options.data_sets) AddClips(path, &data);
  for (const std::string& path : options.streams) AddStreams(path, &data);
  for (const std::string& path : options.negatives) AddNegatives(path, &data);
  if (ChoicesOf("evaluate", options.models).size() > 1 || !options.report.empty()) {
    const auto path_of = [](const auto& recording) { return recording.path; };
    DropPipes(path_of, &data.clips, &data.unread);
    DropPipes(path_of, &data.streams, &data.unread);
    DropPipes([](const std::string& path) { return path; }, &data.negatives, &data.unread);
  }
  if (const size_t repeated = CountRepeated(data); repeated > 0) {
    Warn(
        fmt::format("{} of the recordings are given again and count each time, so the figures are "
                    "less certain than their intervals say",
                    repeated));
  }
  return data;
}

// All that is read: the lists and what they name, also what could not be used; the models.
void TellInputs(const Options& options, const EvaluationData& data, const AddInput& add) {
  for (const auto* paths : {&options.data_sets, &options.streams, &options.negatives}) {
    for (const std::string& path : *paths) add(path);
  }
  for (const LabelledClip& clip : data.clips) add(clip.path);
  for (const LabelledStream& stream : data.streams) add(stream.path);
  for (const std::string& path : data.event_lists) add(path);
  for (const std::string& path : data.negatives) add(path);
  for (const Unread& unread : data.unread) add(unread.path);
  if (!options.compare.empty()) add(options.compare);
  for (const ModelChoice& choice : ChoicesOf("evaluate", options.models)) {
    const ModelFiles files = FilesOf(choice.model, choice.manifest);
    add(files.model);
    for (const FeatureStage& stage : choice.features) add(stage.model);
    for (const std::string& label : choice.labels) add(label);  // Maybe a file of them.
    // A manifest may take its own place: it was read to its end then.
    std::error_code error;
    if (!std::filesystem::equivalent(files.manifest, options.calibration.write_manifest, error)) {
      add(files.manifest);
    }
  }
}

// Before anything is measured, which may take its time.
void CheckFiles(const Options& options, const EvaluationData& data) {
  CheckOutputs({{"--junit", options.junit},
                {"--report", options.report},
                {"--save-answers", options.save_answers},
                {"--write-manifest", options.calibration.write_manifest}},
               [&](const AddInput& add) { TellInputs(options, data, add); });
}

ModelFigures MeasureModel(const KeywordModel& model, const EvaluationData& data,
                          const Options& options, int channel, std::vector<Unread>* unread) {
  ModelFigures figures = DescribeModel(model);
  const size_t label_count = figures.labels.size();
  if (!data.clips.empty()) {
    const bool visible_progress = StandardErrorIsTerminal() && !options.quiet;
    figures.clips = MeasureClips(AnswerClips(model, data.clips, options.jobs, visible_progress,
                                             !options.no_tail, channel, unread),
                                 figures.is_keyword);
  }
  if (!data.streams.empty()) {
    figures.streams =
        HearStreams(model, data.streams, options.jobs, !options.no_tail, unread, channel);
    MeasureStreams(figures.recognizer, label_count, &*figures.streams);
  }
  if (!data.negatives.empty()) {
    figures.negatives = HearNegatives(model, data.negatives, !options.no_tail, unread, channel);
    MeasureStreams(figures.recognizer, label_count, &*figures.negatives);
  }
  if (figures.streams) {
    figures.det = DetCurve(figures.recognizer, &*figures.streams,
                           figures.negatives ? &*figures.negatives : nullptr, options.jobs);
  }
  return figures;
}

// What a model's figures are held against.
struct Measuring {
  std::vector<Gate> gates;
  std::vector<SavedAnswer> before;
};

// All that the arguments may have wrong about it is found before anything is measured.
Measuring Prepare(const KeywordModel& model, const Options& options,
                  const std::vector<SavedAnswer>& saved) {
  Measuring measuring;
  const ModelFigures described = DescribeModel(model);
  for (const std::string& gate : options.gates) {
    measuring.gates.push_back(ParseGate(gate, described));
  }
  measuring.before = AnswersToCompare(saved, model.name(), options.compare);
  return measuring;
}

void Judge(const Measuring& measuring, const Options& options, ModelFigures* figures) {
  if (!options.compare.empty()) {
    const std::vector<SavedAnswer> answers = AnswersOf(*figures);
    figures->changes = CompareAnswers(measuring.before, answers);
    figures->is_compared = CommonAnswers(measuring.before, answers) > 0;
    if (!figures->is_compared) {
      Warn(
          fmt::format("{}: none of its {} answers is to what was measured now; paths must be "
                      "written as they were then",
                      options.compare, measuring.before.size()));
    }
  }
  for (const Gate& gate : measuring.gates) {
    figures->gates.push_back(CheckGate(gate, *figures));
  }
}

void TellExplanations(const ModelFigures& model) {
  for (const Explanation& explanation : model.explanations)
    WriteStandardOutput("\n" + ExplanationText(model, explanation));
}

int Verdict(const Evaluation& evaluation, bool is_calibrated) {
  if (!evaluation.unread.empty()) return kExitBadInput;
  if (!is_calibrated) return kExitVerdict;
  for (const ModelFigures& model : evaluation.models) {
    for (const GateResult& gate : model.gates) {
      if (!gate.passed) return kExitVerdict;
    }
  }
  return kExitOk;
}

int Evaluate(const Options& options) {
  const int channel = ParseChannel(options.channel, ChannelOf::kRecording);
  const EvaluationData data = ReadData(options);
  CheckFiles(options, data);
  const std::string manifest = PrepareCalibration(options);
  const std::vector<KeywordModel> models = LoadModels("evaluate", options.models);
  for (const KeywordModel& model : models) {
    if (!options.quiet) TellLabels(model);
    for (const std::string& text : UnmatchedTexts(model.labels(), KeywordLabels(model), data)) {
      Warn(model.name() + ": " + text);
    }
  }
  std::vector<SavedAnswer> saved;
  if (!options.compare.empty()) saved = ReadAnswers(options.compare);
  std::vector<Measuring> measurings;
  measurings.reserve(models.size());
  for (const KeywordModel& model : models) measurings.push_back(Prepare(model, options, saved));

  Evaluation evaluation;
  evaluation.channel = channel;
  evaluation.unread = data.unread;
  for (size_t i = 0; i < models.size(); ++i) {
    evaluation.models.push_back(
        MeasureModel(models[i], data, options, evaluation.channel, &evaluation.unread));
    ModelFigures& figures = evaluation.models.back();
    Judge(measurings[i], options, &figures);
    if (options.explain) figures.explanations = ExplainStreams(figures);
  }
  evaluation.notes = TellUnread(&evaluation.unread);
  WriteStandardOutput(options.json ? EvaluationJson(evaluation) : EvaluationText(evaluation));
  for (const ModelFigures& model : evaluation.models) TellExplanations(model);
  if (!options.junit.empty()) WriteFile(options.junit, EvaluationJunit(evaluation));
  if (!options.report.empty()) WriteReport(evaluation, options.report);
  if (!options.save_answers.empty()) WriteAnswers(options.save_answers, evaluation.models);
  const bool is_calibrated =
      !options.calibration.wanted ||
      CalibrateModel(evaluation.models[0], options.calibration, manifest,
                     options.models.common.strides_per_inference, options.jobs);
  return Verdict(evaluation, is_calibrated);
}

}  // namespace

void AddEvaluateCommand(Program& program) {
  const auto options = std::make_shared<Options>();
  options->jobs = std::max(1u, std::thread::hardware_concurrency());
  CommandLine command = program.AddCommand("evaluate", kDescription, kExamples);
  command
      .Add("datasets", &options->data_sets,
           "Directories of folders that are named like their words, or CSV files with the "
           "columns path and label")
      .TypeName("DATASET");
  command
      .Add("--stream", &options->streams,
           "A recording with an event list (label,start,end) beside it, or a directory of "
           "them; may be repeated")
      .TypeName("PATH")
      .OneValueEach();
  command
      .Add("--negatives", &options->negatives,
           "A recording in which no keyword is said, a directory of them, or a CSV file "
           "with the column path; may be repeated")
      .TypeName("PATH")
      .OneValueEach();
  AddChannelOption(command, ChannelOf::kRecording, &options->channel);
  AddSeveralModels(command, &options->models);
  AddRecognizerOptions(command, &options->models.common.recognizer);
  AddVoiceOption(command, &options->models.common);
  AddNoTailOption(command, &options->no_tail);
  command
      .Add("--gate", &options->gates,
           "What each model must reach, e.g. \"accuracy>=0.93\" or \"recall.yes.low>0.9\"; "
           "may be repeated")
      .TypeName("EXPR")
      .OneValueEach();
  command.Add("--junit", &options->junit, "Write the gates as a JUnit file").TypeName("FILE");
  command
      .Add("--report", &options->report,
           "Write a page for a browser: plots, and each mistake to see and hear")
      .TypeName("FILE.html");
  command.Add("--save-answers", &options->save_answers, "Write all answers as a CSV file")
      .TypeName("FILE");
  command
      .Add("--compare", &options->compare,
           "Name the answers that are right or wrong unlike in this file of --save-answers")
      .TypeName("FILE");
  AddCalibrationOptions(command, &options->calibration);
  command.AddFlag("--explain", &options->explain,
                  "Show what the scores did around each word of the streams and each false "
                  "accept, and what held a word back");
  command.AddFlag("--json", &options->json, "Write one JSON object instead of tables")
      .Excludes("--explain")
      .Excludes("--calibrate");
  AddNumber(command, "--jobs", &options->jobs, "Threads", 1, kMostJobs).TypeName("N").ShowDefault();
  command.AddFlag("-q,--quiet", &options->quiet, "No progress bar");
  command.SetRun([options] { return Evaluate(*options); });
}

}  // namespace earshot::host
