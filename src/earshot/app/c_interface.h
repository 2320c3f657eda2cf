// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// What the sources of the C interface have in common: statuses, and structs of programs that were
// compiled with another version of earshot/earshot.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "earshot/app/spotter_config.h"
#include "earshot/base/status.h"
#include "earshot/earshot.h"

namespace earshot {

earshot_status ToC(const Status& status);
Status FromC(const earshot_status& status);

inline Status NullPointer(StaticText what) {
  return MakeError(StatusCode::kInvalidArgument, {StatusSubject::kNone}, what);
}

// The sizes of the first versions of the structs that may grow: no program has shorter ones. None
// ends with padding, in which a new member would find what nobody has set.
constexpr size_t kFirstConfigBytes = sizeof(earshot_config);
constexpr size_t kFirstModelBytes = offsetof(earshot_model, kernels) + sizeof(void*);
constexpr size_t kFirstResultBytes = sizeof(earshot_result);
static_assert(sizeof(earshot_config) == offsetof(earshot_config, context_ms) + sizeof(int32_t));
static_assert(sizeof(earshot_model) ==
              offsetof(earshot_model, placed_first_count) + sizeof(size_t));
static_assert(sizeof(earshot_result) == offsetof(earshot_result, detection) + sizeof(void*));

// That a struct_bytes can be one: not less than `first`, its size in the first version.
Status CheckStructBytes(StaticText what, size_t found, size_t first);

// That `config` is there and has its size.
Status CheckConfig(const earshot_config* config);

// Fills in all that the program's version of the struct has; precondition: CheckConfig().
void FillConfig(const SpotterConfig& spotter, earshot_config* config);

}  // namespace earshot
