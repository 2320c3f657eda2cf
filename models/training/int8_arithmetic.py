# SPDX-FileCopyrightText: The Earshot authors
# SPDX-License-Identifier: Apache-2.0
"""The arithmetic of TensorFlow Lite's int8 kernels in NumPy: gemmlowp's double rounding and its
fixed-point exponential. All functions work on int64 arrays that hold int32 values.
"""
import math

import numpy as np

INT32_MAX = 2**31 - 1


def quantize_multiplier(real):
    """(q, shift) with `real` = q * 2^(shift - 31), q in [2^30, 2^31)."""
    if real == 0:
        return 0, 0
    mantissa, shift = math.frexp(real)
    q = math.floor(mantissa * 2**31 + 0.5)
    if q == 2**31:
        q, shift = q // 2, shift + 1
    return (q, shift) if shift >= -31 else (0, 0)


def doubling_high_multiply(a, b):
    """(a * b) / 2^31, rounded to nearest, ties up."""
    return (np.asarray(a, np.int64) * np.asarray(b, np.int64) + 2**30) >> 31


def rounding_shift(x, exponent):
    """x / 2^exponent, rounded to nearest, ties away from zero."""
    x = np.asarray(x, np.int64)
    mask = (1 << exponent) - 1
    return (x >> exponent) + ((x & mask) > (mask >> 1) + (x < 0))


def multiply(x, q, shift):
    """x times the real number that quantize_multiplier took apart; q, shift may be per channel."""
    x = np.asarray(x, np.int64) << np.maximum(shift, 0)
    return rounding_shift(doubling_high_multiply(x, q), np.maximum(np.negative(shift), 0))


def rescale(x, reals, zero_point, relu):
    """Sums times reals (see multiply_real), as int8 values: x * reals + zero_point, saturated."""
    low = zero_point if relu else -128
    return np.clip(multiply_real(x, reals) + zero_point, low, 127)


def add(values, scales, out_scale, out_zero_point, relu):
    """int8 ADD of values whose zero points are taken off already; scales: theirs, float64."""
    shift, twice = 20, 2.0 * max(scales)
    total = sum(multiply_real(np.asarray(value, np.int64) << shift, scale / twice)
                for value, scale in zip(values, scales))
    return rescale(total, twice / (2.0**shift * out_scale), out_zero_point, relu)


def multiply_real(x, reals):
    """x times real numbers >= 0, one or one per channel of the last axis."""
    q, shift = np.array([quantize_multiplier(float(real)) for real in np.atleast_1d(reals)]).T
    return multiply(x, q, shift)


def saturating_shift(x, exponent):
    limit = INT32_MAX >> exponent
    return np.where(x > limit, INT32_MAX, np.where(x < -limit, -2**31, x << exponent))


def exponential(z, integer_bits=5):
    """exp of z <= 0 in fixed point with so many integer bits of 31, as Q0.31."""
    fraction = 31 - integer_bits
    quarter = 1 << (fraction - 2)
    a = (z & (quarter - 1)) - quarter
    x = saturating_shift(a, integer_bits) + 2**28
    x2 = doubling_high_multiply(x, x)
    x3, x4 = doubling_high_multiply(x2, x), doubling_high_multiply(x2, x2)
    tail = rounding_shift(
        doubling_high_multiply(rounding_shift(x4, 2) + x3, 715827883) + x2, 1)
    result = 1895147668 + doubling_high_multiply(1895147668, x + tail)
    remainder = a - z
    for exponent, factor in ((-2, 1672461947), (-1, 1302514674), (0, 790015084), (1, 290630308),
                             (2, 39332535), (3, 720401), (4, 242)):
        if exponent >= integer_bits:
            continue
        bit = (remainder >> (fraction + exponent)) & 1
        result = np.where(bit == 1, doubling_high_multiply(result, factor), result)
    return np.where(z == 0, INT32_MAX, result)


def reciprocal(a):
    """1 / (1 + a) for a in [0, 1) in Q0.31."""
    half = (a + INT32_MAX + 1) >> 1
    x = 1515870810 + doubling_high_multiply(half, -1010580540)
    for _ in range(3):
        x = x + saturating_shift(
            doubling_high_multiply(x, 2**29 - doubling_high_multiply(half, x)), 2)
    return saturating_shift(x, 1)


def softmax(logits, scale):
    q, shift = quantize_multiplier(min(scale * 2.0**26, INT32_MAX))
    difference = logits.astype(np.int64) - logits.max(axis=1, keepdims=True)
    counted = difference >= -math.floor(31 * 2.0**26 / 2.0**shift)
    e = exponential(np.where(counted, doubling_high_multiply(difference << max(shift, 0), q), 0))
    total = np.where(counted, rounding_shift(e, 12), 0).sum(axis=1, keepdims=True)
    zeros = 32 - np.frexp(total.astype(float))[1]
    r = reciprocal((total << zeros) - 2**31)
    product = doubling_high_multiply(r, e)
    out = np.empty_like(product)
    for n in np.unique(zeros):
        rows = zeros[:, 0] == n
        out[rows] = rounding_shift(product[rows], 12 - int(n) + 23) - 128
    return np.where(counted, np.clip(out, -128, 127), -128).astype(np.int8)


def logistic(values, scale):
    """int8 LOGISTIC of values whose zero point is taken off already."""
    integer_bits = 4
    q, shift = quantize_multiplier(scale * 2.0**(31 - integer_bits))
    radius = math.floor((2**integer_bits - 1) * 2.0**(31 - integer_bits) / 2.0**shift)
    values = np.asarray(values, np.int64)
    inside = np.clip(values, -radius, radius)
    x = multiply(inside, q, shift)
    half = reciprocal(exponential(-np.abs(x), integer_bits))
    whole = np.where(x > 0, half, np.where(x < 0, INT32_MAX - half, 2**30))
    out = np.clip(rounding_shift(whole, 23), 0, 255) - 128
    out = np.where(values <= -radius, -128, np.where(values >= radius, 127, out))
    return out.astype(np.int8)
