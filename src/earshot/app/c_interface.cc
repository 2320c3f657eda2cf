// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/app/c_interface.h"

namespace earshot {
namespace {

#if EARSHOT_STATUS_TEXTS
const char* ToC(StaticText text) { return text; }
StaticText FromC(const char* text) { return text == nullptr ? "" : text; }
#else
const char* ToC(StaticText) { return ""; }
StaticText FromC(const char*) { return nullptr; }
#endif

// Far more than any version will have, so that what nobody has set is not taken for a size.
constexpr size_t kMostStructBytes = 1024;

}  // namespace

earshot_status ToC(const Status& status) {
  return earshot_status{static_cast<earshot_code>(status.code),
                        static_cast<int>(status.subject),
                        static_cast<int>(status.unit),
                        status.index,
                        ToC(status.what),
                        status.found,
                        status.wanted};
}

Status FromC(const earshot_status& status) {
  return Status{static_cast<StatusCode>(status.code),
                static_cast<StatusSubject>(status.subject),
                static_cast<StatusUnit>(status.unit),
                status.index,
                FromC(status.what),
                status.found,
                status.wanted};
}

Status CheckStructBytes(StaticText what, size_t found, size_t first) {
  if (found >= first && found <= kMostStructBytes) return OkStatus();
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kNone}, what, StatusUnit::kBytes,
                   static_cast<int64_t>(found), static_cast<int64_t>(first));
}

Status CheckConfig(const earshot_config* config) {
  if (config == nullptr) return NullPointer("config is null"_text);
  return CheckStructBytes("config->struct_bytes"_text, config->struct_bytes, kFirstConfigBytes);
}

void FillConfig(const SpotterConfig& spotter, earshot_config* config) {
  const uint32_t struct_bytes = config->struct_bytes;
  earshot_config own = {};
  own.struct_bytes = struct_bytes;
#define EARSHOT_SPOTTER_SETTING(type, name, ...) own.name = spotter.name;
#define EARSHOT_RECOGNIZER_SETTING(type, name, ...) own.name = spotter.recognizer.name;
#include "earshot/app/spotter_settings.inc"
  std::memset(config, 0, struct_bytes);
  std::memcpy(config, &own, struct_bytes < sizeof(own) ? struct_bytes : sizeof(own));
}

}  // namespace earshot
