// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

// Estimates with their 95 % intervals, from counts. Pure functions; what cannot be measured (none
// of none) is kNotMeasured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "earshot/host/evaluation/results.h"

namespace earshot::host {

// hits / total. Interval: E. B. Wilson, "Probable inference, the law of succession, and statistical
// inference", JASA 22 (1927). Precondition: hits <= total.
Estimate Share(size_t hits, size_t total);

// count / hours. Interval: exact, F. Garwood, "Fiducial limits for the Poisson distribution",
// Biometrika 28 (1936). Not measured when hours is not positive.
Estimate RatePerHour(size_t count, double hours);

// The mean of several shares; those of nothing are left out. Interval: R. M. Price and D. G.
// Bonett, "An improved confidence interval for a linear function of binomial proportions",
// Computational Statistics & Data Analysis 45 (2004).
Estimate MeanOfShares(const std::vector<Estimate>& shares);

// Area under the ROC curve: the chance that one of `positives` has a higher score than one of
// `negatives` (equal ones count half). Both are histograms of Q0.8 scores: [256] counts. Interval:
// R. G. Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney
// statistic, part 2", Statistics in Medicine 25 (2006), method 5. `count` of the estimate is the
// number of positives, `total` of both.
using ScoreHistogram = std::vector<size_t>;
Estimate AreaUnderRoc(const ScoreHistogram& positives, const ScoreHistogram& negatives);

// The median. Interval: order statistics, from the binomial distribution of how many values lie
// below the median (distribution-free; at least 95 %). With fewer than six values there is none: it
// then reaches from the smallest to the largest. `count` and `total`: how many values.
Estimate Median(std::vector<double> values);

// The smallest value that at least `share` of the values do not exceed; kNotMeasured: no values.
double Quantile(std::vector<double> values, double share);

}  // namespace earshot::host
