//===- Dac.h - Digital-to-analog converter ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_DAC_H
#define OHAS_COSTMODEL_DEVICES_DAC_H

#include "ohas/CostModel/Devices/Adc.h"

namespace ohas::cost::device {

/// Lightening-Transformer artifact, HPCA 2024, hardware/DAC.py: 50 mW at 8
/// bits, 14 GS/s; 11,000 um2.
inline constexpr Converter lighteningDac{50, 8, 14};

/// Power as 2^bits / bits x rate. Same source.
double dacMw(const Converter &known, double bits, double rateGhz);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_DAC_H
