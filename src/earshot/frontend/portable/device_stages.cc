// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/portable/stages.h"

#define EARSHOT_STAGES portable
#include "earshot/frontend/device_stages.inc"
