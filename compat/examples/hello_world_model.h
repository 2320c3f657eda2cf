// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// A network whose output is the sine of its input, from 0 to 2 pi. The build makes it.
#pragma once

extern const unsigned char g_hello_world_model[];
