//===- MachZehnder.h - Mach-Zehnder modulator -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Published: 450 fJ per symbol, 1.2 dB, 260 x 20 um (Lightening-Transformer
// artifact, HPCA 2024, default.yaml); 450 fJ, 3 dB, extinction 15 dB, 12.5 GHz,
// 1,600 x 460 um, and slow-light 50 fJ, 4.5 dB, extinction 6 dB, 12.5 GHz, 250
// x 25 um (SimPhony@0bdc10d, configs/devices).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_MACHZEHNDER_H
#define OHAS_COSTMODEL_DEVICES_MACHZEHNDER_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

struct Modulator {
  double fjPerSymbol;
  double staticMw; ///< heaters that hold its working point
};

/// mW = fJ per symbol x GHz / 1000 + static, whatever the number of bits:
/// Lightening-Transformer artifact, HPCA 2024. Valid up to its bandwidth.
inline double modulatorMw(const Modulator &modulator, double rateGhz) {
  if (!(rateGhz >= 0))
    return undefined;
  return modulator.fjPerSymbol * rateGhz / 1000 + modulator.staticMw;
}

/// What a finite extinction ratio r costs. Ours: light that cannot be switched
/// off carries nothing, so of the full scale 1 - 1/r remains, and the laser
/// makes up for it by 10 log10(r / (r - 1)).
inline double extinctionPenaltyDb(double extinctionDb) {
  return extinctionDb > 0 ? -toDb(1 - fromDb(-extinctionDb)) : undefined;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_MACHZEHNDER_H
