//===- Precision.cpp - What finite bits do to a contraction -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Precision.h"
#include <algorithm>
#include <cmath>
#include <limits>

using namespace ohas::cost;

Resolution ohas::cost::resolutionFor(double least, double most, unsigned bits) {
  double range = std::max(std::abs(least), std::abs(most));
  if (bits == 0 || !(range > 0))
    return {};
  // Bounds that are infinite leave nothing to tell apart.
  if (!std::isfinite(range))
    return {};
  bool isSigned = least < 0;
  // One bit on both sides of zero is three levels: -1, 0 and 1.
  double steps = std::max(1.0, std::ldexp(1, bits - isSigned) - 1);
  return {isSigned ? -range : 0, range, range / steps};
}

Resolution ohas::cost::inWholeSteps(Resolution resolution) {
  if (resolution.step == 0)
    return resolution;
  resolution.step = std::ceil(resolution.step);
  resolution.high =
      resolution.step * std::ceil(resolution.high / resolution.step);
  if (resolution.low < 0)
    resolution.low = -resolution.high;
  return resolution;
}

Resolution ohas::cost::onGrid(double least, double most, double step,
                              unsigned bits) {
  if (!(step > 0) || bits == 0)
    return {};
  // Multiples in floats are so only up to rounding.
  double below = std::round(-std::min(least, 0.0) / step);
  double above = std::round(std::max(most, 0.0) / step);
  double levels = std::ldexp(1, bits), half = levels / 2;
  if (below == 0) {
    double finer = std::floor((levels - 1) / std::max(above, 1.0));
    if (finer < 1)
      return {};
    return {0, (levels - 1) * step / finer, step / finer};
  }
  double finer =
      std::floor(std::min(half / below, (half - 1) / std::max(above, 1.0)));
  if (finer >= 1)
    return {-half * step / finer, (half - 1) * step / finer, step / finer};
  // Codes less a zero point.
  if (below + above > levels - 1)
    return {};
  return {-below * step, (levels - 1 - below) * step, step};
}

double ohas::cost::detectorSigma(double range, double enob) {
  return range / std::pow(10, (6.02 * enob + 1.76) / 20);
}

double ohas::cost::ratioDb(double signal, double noise) {
  if (noise == 0)
    return std::numeric_limits<double>::infinity();
  return 10 * std::log10(signal / noise);
}

double ConverterPrecision::stepVariance() const {
  double step = resolution.step;
  if (!isInteger)
    return step * step / 12;
  // Whole numbers are up to half a step off: the mean of 1, 4, 9 ... over the
  // step - 1 of them that are off. Those in the middle of an even step have no
  // counterpart.
  if (step <= 1)
    return 0;
  bool isEven = std::fmod(step, 2) == 0;
  return step * (step * step + (isEven ? 2 : -1)) / 12 / (step - 1);
}

double LayerPrecision::saturated() const {
  double beyond = 0, elements = 0;
  for (const ConverterPrecision &each : converters)
    if (each.bits) {
      beyond += each.beyond;
      elements += each.elements;
    }
  return elements > 0 ? beyond / elements : 0;
}

double LayerPrecision::measuredDb() const { return ratioDb(signal, noise); }

double LayerPrecision::predictedDb() const {
  double predicted = 0;
  // Noise leaves no zeros for the converters behind it.
  bool isNoisy = std::any_of(
      converters.begin(), converters.end(), [](const auto &converter) {
        return converter.tensor == Tensor::Output && converter.sigma > 0;
      });
  for (const ConverterPrecision &converter : converters) {
    double variance = converter.sigma * converter.sigma;
    double ofSteps = converter.stepVariance();
    // The gains are of all that is no zero, of which some may be on levels.
    double offShare =
        converter.nonzeros > 0 ? converter.offLevels / converter.nonzeros : 0;
    switch (converter.tensor) {
    case Tensor::Input:
      predicted += ofSteps * offShare * inputGain;
      break;
    case Tensor::Weight:
      predicted += ofSteps * offShare * weightGain + variance * weightErrorGain;
      break;
    case Tensor::Output:
      predicted +=
          ofSteps * (isNoisy ? converter.elements : converter.offLevels);
      predicted += variance * converter.elements;
      break;
    }
  }
  return ratioDb(signal, predicted);
}

double LayerPrecision::conversionsPerOutput() const {
  double conversions = 0;
  for (const ConverterPrecision &converter : converters)
    if (converter.tensor == Tensor::Output && converter.bits)
      conversions += converter.elements;
  return outputs > 0 ? conversions / outputs : 0;
}
