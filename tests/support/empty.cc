// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// The one source of targets that only have a precompiled header: CMake wants one.
