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
  bool isSigned = least < 0;
  // One bit on both sides of zero is three levels: -1, 0 and 1.
  double steps = std::max(1.0, std::ldexp(1, bits - isSigned) - 1);
  return {isSigned ? -range : 0, range, range / steps};
}

double ohas::cost::detectorSigma(double range, double enob) {
  return range / std::pow(10, (6.02 * enob + 1.76) / 20);
}

double ohas::cost::ratioDb(double signal, double noise) {
  if (!(noise > 0))
    return std::numeric_limits<double>::infinity();
  return 10 * std::log10(signal / noise);
}

bool LayerPrecision::saturates() const {
  return std::any_of(converters.begin(), converters.end(),
                     [](const auto &each) { return each.saturates(); });
}

double LayerPrecision::measuredDb() const { return ratioDb(signal, noise); }

double LayerPrecision::predictedDb() const {
  double predicted = 0;
  // A tensor that is quantised twice has the errors of the coarser steps.
  double inputStep = 0, weightStep = 0;
  for (const ConverterPrecision &converter : converters) {
    double step = converter.resolution.step;
    double variance = converter.sigma * converter.sigma;
    switch (converter.tensor) {
    case Tensor::Input:
      inputStep = std::max(inputStep, step);
      break;
    case Tensor::Weight:
      weightStep = std::max(weightStep, step);
      predicted += variance * weightErrorGain;
      break;
    case Tensor::Output:
      predicted += step * step / 12 * converter.nonzeros;
      predicted += variance * converter.elements;
      break;
    }
  }
  predicted += inputStep * inputStep / 12 * inputGain;
  predicted += weightStep * weightStep / 12 * weightGain;
  return ratioDb(signal, predicted);
}

double LayerPrecision::conversionsPerOutput() const {
  double conversions = 0;
  for (const ConverterPrecision &converter : converters)
    if (converter.tensor == Tensor::Output && converter.bits)
      conversions += converter.elements;
  return outputs > 0 ? conversions / outputs : 0;
}
