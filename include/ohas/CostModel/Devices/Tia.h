//===- Tia.h - Transimpedance amplifier -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Published: 3 mW, 50 um2 (Lightening-Transformer artifact, HPCA 2024,
// default.yaml); 7.2 mW (Vatsavai and Thakkar, TCAD 2022, Table VII); 17 mW at
// 10 GS/s (Bangari et al., JSTQE 2020, as in optical-loop@0b09d4f); 3 / 1.5 /
// 0.3 mW, 2,769 um2 (Shiflett et al., ISCA 2021, as in CiMLoop@d6e1390).
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_TIA_H
#define OHAS_COSTMODEL_DEVICES_TIA_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

/// Energy of one sample of a device that takes its power all the time:
/// fJ = mW x 1000 / GHz.
inline double sampleFj(double mw, double rateGhz) {
  return mw >= 0 && rateGhz > 0 ? mw * 1000 / rateGhz : undefined;
}

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_TIA_H
