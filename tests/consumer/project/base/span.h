/* SPDX-FileCopyrightText: The Earshot authors */
/* SPDX-License-Identifier: Apache-2.0 */

/* A project may have headers with the names that Earshot's have among themselves. */
#pragma once

#define CONSUMERS_OWN_SPAN 1
