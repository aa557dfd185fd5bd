//===- Waveguide.h - Waveguides and crossings -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Published: 0.11 dB per cm (SCATTER artifact, ICCAD 2024, arch_config.yaml)
// and 0.3 dB per *mm* (Vatsavai and Thakkar, TCAD 2022), a factor of 27.
// Crossings: 0.23 dB, 8 x 8 um (SCATTER); 0.25 dB, 100 x 100 um, or 0.16 dB, 6
// x 6 um (SimPhony@0bdc10d, configs/devices). No source for bends was found.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_WAVEGUIDE_H
#define OHAS_COSTMODEL_DEVICES_WAVEGUIDE_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

struct Waveguide {
  double dbPerCm;
  double bendDb;
  double crossingDb;
};

/// mm / 10 x dB per cm + bends x dB + crossings x dB.
inline double waveguideDb(const Waveguide &guide, double lengthMm, double bends,
                          double crossings) {
  if (!(lengthMm >= 0 && bends >= 0 && crossings >= 0))
    return undefined;
  return lengthMm / 10 * guide.dbPerCm + bends * guide.bendDb +
         crossings * guide.crossingDb;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_WAVEGUIDE_H
