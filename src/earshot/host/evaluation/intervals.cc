// SPDX-FileCopyrightText: The Earshot authors
// SPDX-License-Identifier: Apache-2.0

#include "earshot/host/evaluation/intervals.h"

#include <algorithm>
#include <cmath>

namespace earshot::host {
namespace {

constexpr double kZ = 1.959963984540054;  // 97.5 % of the standard normal distribution lie below.
constexpr double kTail = 0.025;
constexpr int kBisections = 100;  // More than a double has bits.

// Where `falling`, a falling function, crosses `level` between low and high.
template <typename Function>
double Crossing(double low, double high, double level, const Function& falling) {
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (low + high) / 2;
    (falling(middle) > level ? low : high) = middle;
  }
  return (low + high) / 2;
}

// The chance of at most `count` events where `mean` are expected.
double PoissonAtMost(size_t count, double mean) {
  if (mean <= 0) return 1;
  double sum = 0;
  for (size_t k = 0; k <= count; ++k) {
    const auto n = static_cast<double>(k);
    sum += std::exp(n * std::log(mean) - mean - std::lgamma(n + 1));
  }
  return std::min(sum, 1.0);
}

// Newcombe's variance of an AUC of `area`.
double AucVariance(double area, double positives, double negatives) {
  const double mean_count = (positives + negatives) / 2 - 1;
  return area * (1 - area) *
         (1 + mean_count * (1 - area) / (2 - area) + mean_count * area / (1 + area)) /
         (positives * negatives);
}

// The end, between the measured area and `limit`, at which the measured one is just kZ standard
// errors away.
double AucEnd(double area, double limit, double positives, double negatives) {
  double inside = area;
  double outside = limit;
  for (int i = 0; i < kBisections; ++i) {
    const double middle = (inside + outside) / 2;
    const double error = kZ * std::sqrt(AucVariance(middle, positives, negatives));
    (std::abs(middle - area) < error ? inside : outside) = middle;
  }
  return (inside + outside) / 2;
}

size_t Sum(const ScoreHistogram& histogram) {
  size_t sum = 0;
  for (const size_t count : histogram) sum += count;
  return sum;
}

// How many of the smallest of `count` values lie below the median's interval: the most for which
// the chance that the median lies below the next is at most kTail.
size_t ValuesBelowMedianInterval(size_t count) {
  const auto n = static_cast<double>(count);
  double at_most = 0;
  size_t below = 0;
  for (size_t k = 0; k < count / 2; ++k) {
    const auto i = static_cast<double>(k);
    at_most += std::exp(std::lgamma(n + 1) - std::lgamma(i + 1) - std::lgamma(n - i + 1) -
                        n * std::log(2.0));
    if (at_most > kTail) break;
    below = k;
  }
  return below;
}

}  // namespace

Estimate Share(size_t hits, size_t total) {
  Estimate share;
  share.count = static_cast<double>(hits);
  share.total = static_cast<double>(total);
  if (total == 0) return share;
  const double n = share.total;
  const double p = share.count / n;
  const double scale = 1 + kZ * kZ / n;
  const double centre = (p + kZ * kZ / (2 * n)) / scale;
  const double half = kZ * std::sqrt(p * (1 - p) / n + kZ * kZ / (4 * n * n)) / scale;
  share.value = p;
  // At the ends, where the formula is exact but its rounding is not.
  share.low = hits == 0 ? 0 : centre - half;
  share.high = hits == total ? 1 : centre + half;
  return share;
}

Estimate RatePerHour(size_t count, double hours) {
  Estimate rate;
  rate.count = static_cast<double>(count);
  rate.total = std::max(hours, 0.0);
  if (!(hours > 0)) return rate;
  const double n = rate.count;
  const double highest = n + 10 * std::sqrt(n + 1) + 10;  // Far beyond the interval's end.
  const double high =
      Crossing(0, highest, kTail, [count](double mean) { return PoissonAtMost(count, mean); });
  const double low = count == 0 ? 0 : Crossing(0, highest, 1 - kTail, [count](double mean) {
    return PoissonAtMost(count - 1, mean);
  });
  rate.value = n / hours;
  rate.low = low / hours;
  rate.high = high / hours;
  return rate;
}

Estimate MeanOfShares(const std::vector<Estimate>& shares) {
  Estimate mean;
  std::vector<Estimate> measured;
  for (const Estimate& share : shares) {
    if (share.total > 0) measured.push_back(share);
  }
  if (measured.empty()) return mean;
  const auto m = static_cast<double>(measured.size());
  double centre = 0;
  double variance = 0;
  mean.value = 0;
  for (const Estimate& share : measured) {
    const double n = share.total + 4 / m;
    const double p = (share.count + 2 / m) / n;
    mean.count += share.count;
    mean.total += share.total;
    mean.value += share.value / m;
    centre += p / m;
    variance += p * (1 - p) / n / (m * m);
  }
  const double half = kZ * std::sqrt(variance);
  mean.low = std::clamp(centre - half, 0.0, mean.value);
  mean.high = std::clamp(centre + half, mean.value, 1.0);
  return mean;
}

Estimate AreaUnderRoc(const ScoreHistogram& positives, const ScoreHistogram& negatives) {
  Estimate auc;
  auc.count = static_cast<double>(Sum(positives));
  const auto others = static_cast<double>(Sum(negatives));
  auc.total = auc.count + others;
  if (auc.count == 0 || others == 0) return auc;
  double wins = 0;
  double below = 0;  // Negatives with a lower score.
  for (size_t score = 0; score < positives.size(); ++score) {
    const auto here = static_cast<double>(negatives[score]);
    wins += static_cast<double>(positives[score]) * (below + here / 2);
    below += here;
  }
  auc.value = wins / (auc.count * others);
  auc.low = AucEnd(auc.value, 0, auc.count, others);
  auc.high = AucEnd(auc.value, 1, auc.count, others);
  return auc;
}

Estimate Median(std::vector<double> values) {
  Estimate median;
  const size_t n = values.size();
  median.count = median.total = static_cast<double>(n);
  if (n == 0) return median;
  std::sort(values.begin(), values.end());
  const size_t below = ValuesBelowMedianInterval(n);
  median.value = (values[(n - 1) / 2] + values[n / 2]) / 2;
  median.low = values[below];
  median.high = values[n - 1 - below];
  return median;
}

double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return kNotMeasured;
  std::sort(values.begin(), values.end());
  const double rank = std::ceil(share * static_cast<double>(values.size()));
  const size_t index = rank < 1 ? 0 : static_cast<size_t>(rank) - 1;
  return values[std::min(index, values.size() - 1)];
}

}  // namespace earshot::host
