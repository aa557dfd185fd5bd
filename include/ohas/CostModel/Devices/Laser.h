//===- Laser.h - Continuous-wave laser --------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The power that a link needs is optical and in dBm; wall-plug efficiency
// enters only here, where it becomes electrical. A limit in dBm is optical too.
//
// Efficiency: 0.2 (Lightening-Transformer artifact, HPCA 2024, default.yaml;
// SCATTER artifact, ICCAD 2024, arch_config.yaml), 0.1 (Vatsavai and Thakkar,
// TCAD 2022). Relative intensity noise: -140 dB/Hz (Vatsavai and Thakkar).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_LASER_H
#define OHAS_COSTMODEL_DEVICES_LASER_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

struct Laser {
  double wallPlug; ///< optical / electrical power, above 0 and up to 1
};

/// Electrical mW = 10^(dBm / 10) / wall plug: Lightening-Transformer artifact,
/// hardware/photonic_crossbar.py.
inline double laserMw(const Laser &laser, double opticalDbm) {
  if (!(laser.wallPlug > 0 && laser.wallPlug <= 1))
    return undefined;
  return fromDb(opticalDbm) / laser.wallPlug;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_LASER_H
