// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "tensorflow/lite/micro/micro_time.h"

#if EARSHOT_TFLM_HOSTED
#include <ctime>
#endif

namespace tflite {

#if EARSHOT_TFLM_HOSTED
[[gnu::weak]] uint32_t ticks_per_second() { return CLOCKS_PER_SEC; }
[[gnu::weak]] uint32_t GetCurrentTimeTicks() { return static_cast<uint32_t>(std::clock()); }
#else
[[gnu::weak]] uint32_t ticks_per_second() { return 0; }
[[gnu::weak]] uint32_t GetCurrentTimeTicks() { return 0; }
#endif

}  // namespace tflite
