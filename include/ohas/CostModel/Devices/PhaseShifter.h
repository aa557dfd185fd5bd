//===- PhaseShifter.h - Phase shifter ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Published, for a shift of pi (SimPhony@0bdc10d, configs/devices):
// thermo-optic 30 mW, 10 us, 0.25 dB, 100 x 25 um; MEMS no power, 2 us, 0.33
// dB, 100 x 45 um; ITO 15 mW, 10 us, 0.03 dB, 50 x 10 um.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_PHASESHIFTER_H
#define OHAS_COSTMODEL_DEVICES_PHASESHIFTER_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

/// Power that holds a phase, in proportion to it (assumed: what heat does to
/// the index); a phase is set modulo 2 pi. Phases that are spread evenly take
/// the power of pi on average.
inline double phaseShifterMw(double phaseRad, double piMw) {
  const double pi = std::acos(-1.0);
  if (!(piMw >= 0 && std::isfinite(phaseRad)))
    return undefined;
  double phase = std::fmod(phaseRad, 2 * pi);
  return piMw * (phase < 0 ? phase + 2 * pi : phase) / pi;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_PHASESHIFTER_H
