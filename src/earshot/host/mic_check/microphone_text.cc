// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/mic_check/microphone_text.h"

#include <fmt/format.h>

#include <cmath>

namespace earshot::host {
namespace {

using Json = nlohmann::ordered_json;

// "rms 345, -39.6 dBFS"; full scale is 32768.
std::string Level(int32_t rms) {
  if (rms == 0) return "rms 0";
  return fmt::format("rms {}, {:.1f} dBFS", rms, 20 * std::log10(rms / 32768.0));
}

std::string Rates(const MicrophoneReport& report) {
  std::string text;
  const auto add = [&text](const std::string& one) { text += (text.empty() ? "" : "; ") + one; };
  if (report.stated_rate_hz) {
    add(fmt::format("{:.0f} Hz, as the file's header says", *report.stated_rate_hz));
  }
  if (report.board_rate) add(fmt::format("{:.0f} Hz by the board's clock", report.board_rate->hz));
  if (report.host_rate) {
    add(fmt::format("{:.0f} Hz by this computer's clock, over {:.1f} s", report.host_rate->hz,
                    report.host_rate->seconds));
  }
  return text.empty() ? "not measured" : text;
}

std::string Dropped(const MicrophoneReport& report) {
  if (!report.device) return fmt::format("{} blocks", report.dropped);
  return fmt::format("{} samples, in {} gaps", report.lost_samples, report.dropped);
}

Json DeviceJson(const std::optional<MicrophoneInfo>& info) {
  if (!info) return nullptr;
  return {{"index", info->index},
          {"name", info->name},
          {"host_api", info->host_api},
          {"native_rate_hz", info->native_rate_hz}};
}

Json RateJson(const std::optional<MeasuredRate>& rate) {
  if (!rate) return nullptr;
  return {{"hz", rate->hz}, {"seconds", rate->seconds}};
}

}  // namespace

std::string MicrophoneText(const std::string& source, const MicrophoneReport& report,
                           size_t damaged_lines) {
  std::string text =
      fmt::format("{}: {} samples in {} {} of about a second\n", source, report.samples,
                  report.lines, report.lines == 1 ? "part" : "parts");
  text += fmt::format("  loudest      {}; peak {}\n", Level(report.loudest_rms), report.peak);
  text += fmt::format("  noise floor  {}\n", Level(report.floor_rms));
  text += fmt::format("  DC offset    {}\n", report.dc);
  text += fmt::format("  clipped      {} samples; {:.2f} % of the worst part\n", report.clipped,
                      100 * report.worst_clipped);
  text += fmt::format("  dropped      {}\n", Dropped(report));
  text += fmt::format("  sample rate  {}\n", Rates(report));
  if (report.device) {
    text +=
        fmt::format("  native rate  {:.0f} Hz, says the device\n", report.device->native_rate_hz);
  }
  if (damaged_lines > 0) {
    text += fmt::format("  damaged      {} lines of its text, which are left out\n", damaged_lines);
  }
  if (report.nothing_said) {
    text += "Note: the loudest part is hardly louder than the noise: speak while it listens.\n";
  }
  if (report.ok()) return text + "Verdict: fine\n";
  text += "Verdict: not good\n";
  for (const MicrophoneProblem& problem : report.problems) {
    text += fmt::format("  {}\n    {}\n", problem.text, problem.advice);
  }
  return text;
}

Json MicrophoneJson(const std::string& source, const MicrophoneReport& report,
                    size_t damaged_lines) {
  Json problems = Json::array();
  for (const MicrophoneProblem& problem : report.problems) {
    problems.push_back({{"id", problem.id}, {"text", problem.text}, {"advice", problem.advice}});
  }
  return {{"v", 1},
          {"source", source},
          {"device", DeviceJson(report.device)},
          {"ok", report.ok()},
          {"parts", report.lines},
          {"samples", report.samples},
          {"loudest_rms", report.loudest_rms},
          {"noise_floor_rms", report.floor_rms},
          {"peak", report.peak},
          {"dc", report.dc},
          {"clipped", report.clipped},
          {"worst_clipped_share", report.worst_clipped},
          {"dropped", report.dropped},
          {"lost_samples", report.device ? Json(report.lost_samples) : Json()},
          {"restarts", report.restarts},
          {"damaged_lines", damaged_lines},
          {"nothing_said", report.nothing_said},
          {"stated_rate_hz", report.stated_rate_hz ? Json(*report.stated_rate_hz) : Json()},
          {"board_rate", RateJson(report.board_rate)},
          {"host_rate", RateJson(report.host_rate)},
          {"problems", std::move(problems)}};
}

}  // namespace earshot::host
