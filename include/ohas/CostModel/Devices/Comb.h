//===- Comb.h - Frequency comb ----------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// One pump laser feeds a resonator that emits many equidistant lines.
// Assumed: all lines have the same power, and the pump light that is converted
// into lines is a fixed share. No source for that share was found: it is a
// parameter. Size: 1,184 x 1,184 um (Lightening-Transformer artifact, HPCA
// 2024, default.yaml).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_COMB_H
#define OHAS_COSTMODEL_DEVICES_COMB_H

#include "ohas/CostModel/Devices/Laser.h"

namespace ohas::cost::device {

struct Comb {
  double lines;      ///< at least 1
  double conversion; ///< light in all lines / light of the pump, in (0, 1]
  Laser pump;
};

/// Electrical mW = lines x 10^(dBm of a line / 10) / conversion / wall plug.
inline double combMw(const Comb &comb, double lineDbm) {
  if (!(comb.lines >= 1 && comb.conversion > 0 && comb.conversion <= 1))
    return undefined;
  return comb.lines * laserMw(comb.pump, lineDbm) / comb.conversion;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_COMB_H
