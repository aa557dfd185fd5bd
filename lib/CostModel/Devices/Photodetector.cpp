//===- Photodetector.cpp - Photodetector and its noise ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Photodetector.h"

using namespace ohas::cost;
using device::Photodetector;

// SI, exact by definition.
static constexpr double electronC = 1.602176634e-19;
static constexpr double boltzmannJPerK = 1.380649e-23;

static bool isValid(const Photodetector &detector, double rateGhz) {
  return detector.responsivityAPerW > 0 && detector.darkNa >= 0 &&
         detector.loadOhm > 0 && detector.temperatureK > 0 && rateGhz > 0;
}

static double currentA(const Photodetector &detector, double opticalDbm) {
  return detector.responsivityAPerW * device::fromDb(opticalDbm - 30);
}

/// A^2/Hz
static double shotNoise(const Photodetector &detector, double current) {
  return 2 * electronC * (current + detector.darkNa * 1e-9);
}

static double thermalNoise(const Photodetector &detector) {
  return 4 * boltzmannJPerK * detector.temperatureK / detector.loadOhm;
}

/// A^2/Hz, of dark current and load.
static double darkNoise(const Photodetector &detector) {
  return shotNoise(detector, 0) + thermalNoise(detector);
}

static double toPa(double squareAPerHz) {
  return std::sqrt(squareAPerHz) * 1e12;
}

double device::shotNoisePa(const Photodetector &detector, double opticalDbm) {
  return toPa(shotNoise(detector, currentA(detector, opticalDbm)));
}

double device::thermalNoisePa(const Photodetector &detector) {
  return toPa(thermalNoise(detector));
}

double device::rinNoisePa(const Photodetector &detector, double opticalDbm) {
  double current = currentA(detector, opticalDbm);
  return toPa(current * current * fromDb(detector.rinDbPerHz));
}

static double bandwidthHz(double rateGhz) {
  return rateGhz * 1e9 / std::sqrt(2.0);
}

double device::detectorSnrDb(const Photodetector &detector, double opticalDbm,
                             double rateGhz) {
  if (!isValid(detector, rateGhz))
    return undefined;
  double current = currentA(detector, opticalDbm);
  double dark = darkNoise(detector);
  double lit = shotNoise(detector, current) + thermalNoise(detector) +
               current * current * fromDb(detector.rinDbPerHz);
  double noise =
      (std::sqrt(lit) + std::sqrt(dark)) * std::sqrt(bandwidthHz(rateGhz));
  return 2 * toDb(current / noise);
}

double device::detectorEnob(const Photodetector &detector, double opticalDbm,
                            double rateGhz) {
  return (detectorSnrDb(detector, opticalDbm, rateGhz) - 1.76) / 6.02;
}

// With I = R P, c = SNR sqrt(bandwidth), and the noise e^2 in the dark, the
// equation is I / c - e = sqrt(2 q I + e^2 + RIN I^2). Squared, and divided by
// I, it is linear: I (1 / c^2 - RIN) = 2 q + 2 e / c.
std::optional<double> device::detectorDbm(const Photodetector &detector,
                                          double bits, double rateGhz) {
  if (!isValid(detector, rateGhz) || !(bits > 0))
    return undefined;
  double c = std::sqrt(fromDb(6.02 * bits + 1.76) * bandwidthHz(rateGhz));
  double slope = 1 / (c * c) - fromDb(detector.rinDbPerHz);
  if (slope <= 0)
    return std::nullopt;
  double current = 2 * (electronC + std::sqrt(darkNoise(detector)) / c) / slope;
  return toDb(current / detector.responsivityAPerW) + 30;
}
