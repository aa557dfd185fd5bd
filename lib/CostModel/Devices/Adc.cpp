//===- Adc.cpp - Analog-to-digital converter --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Adc.h"
#include "ohas/CostModel/Devices/Decibel.h"
#include <algorithm>

using namespace ohas::cost;
using device::Converter;

static bool isValid(const Converter &known, double bits, double rateGhz) {
  return known.mw >= 0 && known.bits > 0 && known.rateGhz > 0 && bits > 0 &&
         rateGhz >= 0;
}

double device::sarAdcMw(const Converter &known, double bits, double rateGhz) {
  if (!isValid(known, bits, rateGhz))
    return undefined;
  return known.mw * (rateGhz / known.rateGhz) * (bits / known.bits);
}

double device::flashAdcMw(const Converter &known, double bits, double rateGhz) {
  if (!isValid(known, bits, rateGhz))
    return undefined;
  return known.mw * (rateGhz / known.rateGhz) * (std::exp2(bits) - 1) /
         (std::exp2(known.bits) - 1);
}

static constexpr double leastBits = 4;
/// The source's table of limits ends here.
static constexpr double mostLimitBits = 20;

static double fitFj(double bits, double rateGhz, double nodeNm) {
  double sndr = bits * 2 * device::toDb(2) + device::toDb(1.5);
  double byRate =
      213.7806687348118 - 2.8719030399529957 * std::log(rateGhz * 1e9);
  double byBits =
      128.3068287398817 + 3.2205115109775561 * std::min(bits, mostLimitBits);
  double fit =
      std::exp(26.0496215686518 + 1.8800369206815004 * std::log(nodeNm) -
               2.8291256050594527 * std::log(bits) - 1.4702022133784405);
  double pj = fit * device::fromDb(sndr - std::min(byRate, byBits)) / 2;
  return pj * 1000;
}

double device::surveyAdcFj(double bits, double rateGhz, double nodeNm) {
  if (!(bits > 0 && rateGhz > 0 && nodeNm > 0))
    return undefined;
  // Just above 4 bits the fit falls a little (by 1.2 %).
  return std::max(fitFj(leastBits, rateGhz, nodeNm),
                  fitFj(std::max(bits, leastBits), rateGhz, nodeNm));
}

double device::surveyAdcUm2(double bits, double rateGhz, double nodeNm) {
  double pj = surveyAdcFj(bits, rateGhz, nodeNm) / 1000;
  if (std::isnan(pj))
    return undefined;
  return std::exp(1.3461916439910742 + 0.9932794744745022 * std::log(nodeNm) +
                  0.18071538424508238 * std::log(rateGhz * 1e9) +
                  0.29912426192653485 * std::log(pj));
}
