// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/frontend/armv7e_m/stages.h"

#define EARSHOT_STAGES armv7e_m
#include "earshot/frontend/device_stages.inc"
