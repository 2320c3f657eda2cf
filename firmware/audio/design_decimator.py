#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""Designs the second stage of firmware/audio/pdm_decimator.h, and says what it measures.

    firmware/audio/design_decimator.py > firmware/audio/pdm_filter_table.h

The first stage, a cascaded integrator-comb filter (E. B. Hogenauer, "An economical class of digital
filters for decimation and interpolation", IEEE Trans. ASSP 29(2), 1981) of order 4, takes 1.024 MHz
to 64 kHz and droops towards high frequencies. The second takes 64 kHz to 16 kHz: linear phase,
flat together with the first up to PASS_HZ, as small as possible from STOP_HZ on, where tones would
come back as others. Weighted least squares, with weights that grow where the error is large (C. L.
Lawson, 1961) until it is the same everywhere. Needs numpy.
"""

import numpy as np

PDM_HZ = 1_024_000
CIC_ORDER = 4
CIC_RATIO = 16
RATE_HZ = PDM_HZ / CIC_RATIO
TAPS = 104  # Even: the response is symmetric about a point between two taps.
PASS_HZ = 7000
STOP_HZ = 9000
STOP_WEIGHT = 16.0  # How much smaller the stop band's error is to be than the pass band's.
FRACTION_BITS = 14


def cic_response(hertz):
    """Of the first stage, 1 at 0 Hz."""
    x = np.pi * np.asarray(hertz, dtype=float) / PDM_HZ
    safe = np.where(x == 0, 1, x)
    one = np.sin(CIC_RATIO * safe) / (CIC_RATIO * np.sin(safe))
    return np.where(x == 0, 1, one) ** CIC_ORDER


def fir_response(half, hertz):
    """The amplitude of the symmetric filter whose second half is `half`."""
    angles = 2 * np.pi * np.outer(hertz, np.arange(len(half)) + 0.5) / RATE_HZ
    return 2 * np.cos(angles) @ half


def design():
    passed = np.linspace(0, PASS_HZ, 600)
    stopped = np.linspace(STOP_HZ, RATE_HZ / 2, 2000)
    hertz = np.concatenate([passed, stopped])
    wanted = np.concatenate([1 / cic_response(passed), np.zeros(len(stopped))])
    scale = np.concatenate([cic_response(passed), np.full(len(stopped), STOP_WEIGHT)])
    angles = 2 * np.pi * np.outer(hertz, np.arange(TAPS // 2) + 0.5) / RATE_HZ
    basis = 2 * np.cos(angles) * scale[:, None]
    target = wanted * scale
    weights = np.ones(len(hertz)) / len(hertz)
    for _ in range(60):
        root = np.sqrt(weights)
        half = np.linalg.lstsq(basis * root[:, None], target * root, rcond=None)[0]
        weights *= np.abs(basis @ half - target)
        weights /= weights.sum()
    return half


def decibels(ratio):
    return 20 * np.log10(np.maximum(np.abs(ratio), 1e-12))


def main():
    half = np.round(design() * 2**FRACTION_BITS).astype(int)
    real = half / 2**FRACTION_BITS
    passed = np.linspace(0, PASS_HZ, 4000)
    stopped = np.linspace(STOP_HZ, RATE_HZ / 2, 20000)
    ripple = decibels(fir_response(real, passed) * cic_response(passed))
    stop = decibels(fir_response(real, stopped)).max()
    total = 2 * np.abs(half).sum()
    assert total < 2**16, "a sum of products may not fit 32 bits"

    print("// SPDX-FileCopyrightText: The Earshot authors")
    print("// SPDX-License-Identifier: Apache-2.0")
    print()
    print("// The second stage of firmware/audio/pdm_decimator.h. Made by design_decimator.py; do not edit.")
    print("//")
    print(f"// With the first stage, {ripple.min():+.3f} to {ripple.max():+.3f} dB up to {PASS_HZ} Hz; alone,")
    print(f"// {stop:.1f} dB from {STOP_HZ} Hz on. Sum of magnitudes {total}.")
    print("#pragma once")
    print()
    print("#include <cstddef>")
    print("#include <cstdint>")
    print()
    print("namespace earshot {")
    print()
    print(f"constexpr size_t kPdmFilterTaps = {TAPS};")
    print(f"constexpr int kPdmFilterFractionBits = {FRACTION_BITS};")
    print()
    print("// clang-format off")
    print("inline constexpr int16_t kPdmFilter[kPdmFilterTaps] = {")
    taps = list(half[::-1]) + list(half)
    for begin in range(0, TAPS, 13):
        print("    " + " ".join(f"{tap}," for tap in taps[begin : begin + 13]))
    print("};")
    print("// clang-format on")
    print()
    print("}  // namespace earshot")


if __name__ == "__main__":
    main()
