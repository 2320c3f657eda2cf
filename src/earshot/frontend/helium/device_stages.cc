// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/helium/stages.h"

#define EARSHOT_STAGES helium
#include "earshot/frontend/device_stages.inc"
