//===- Microring.cpp - Ring resonator ---------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Microring.h"

using namespace ohas::cost;

double device::ringFwhmNm(double wavelengthNm, double q) {
  return wavelengthNm > 0 && q > 0 ? wavelengthNm / q : undefined;
}

double device::ringFinesse(const Microring &ring) {
  if (!(ring.fsrNm > 0))
    return undefined;
  return ring.fsrNm / ringFwhmNm(ring.wavelengthNm, ring.q);
}

double device::ringFsrNm(double wavelengthNm, double groupIndex,
                         double circumferenceUm) {
  if (!(wavelengthNm > 0 && groupIndex > 0 && circumferenceUm > 0))
    return undefined;
  return wavelengthNm * wavelengthNm / (groupIndex * circumferenceUm * 1000);
}

double device::ringDropDb(double detuningNm, double fwhmNm) {
  if (!(fwhmNm > 0))
    return undefined;
  double x = 2 * detuningNm / fwhmNm;
  return toDb(1 + x * x);
}

double device::ringThroughDb(double detuningNm, double fwhmNm,
                             double extinctionDb) {
  if (!(extinctionDb >= 0))
    return undefined;
  double line = fromDb(-ringDropDb(detuningNm, fwhmNm));
  return -toDb(1 - (1 - fromDb(-extinctionDb)) * line);
}

double device::ringRowDb(double rings, double passDb) {
  return rings >= 1 && passDb >= 0 ? (rings - 1) * passDb : undefined;
}

double device::ringTuningMw(const RingTuning &tuning, double shiftNm,
                            double fsrNm) {
  double share = std::abs(shiftNm) / fsrNm;
  if (!(fsrNm > 0 && tuning.mwPerFsr >= 0 && share <= 1))
    return undefined;
  return tuning.mwPerFsr * share;
}
