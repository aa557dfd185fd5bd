//===- Adc.h - Analog-to-digital converter ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Either scaled from a converter that is known, or the best that the literature
// on converters would permit.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_ADC_H
#define OHAS_COSTMODEL_DEVICES_ADC_H

namespace ohas::cost::device {

struct Converter {
  double mw;
  double bits;
  double rateGhz;
};

/// Lightening-Transformer artifact, HPCA 2024, hardware/ADC.py: 14.8 mW at 8
/// bits, 10 GS/s; 2,850 um2.
inline constexpr Converter lighteningAdc{14.8, 8, 10};

/// Successive approximation: power as bits x rate. Same source. It refuses
/// more bits or a higher rate than the known converter has.
double sarAdcMw(const Converter &known, double bits, double rateGhz);
/// Flash: power as (2^bits - 1) x rate. Same source.
double flashAdcMw(const Converter &known, double bits, double rateGhz);

/// Fit to B. Murmann's ADC Performance Survey by accelergy-adc-plug-in@6851cb8,
/// model.py and adc_data/model.yaml; optimistic ("best possible ADC"). With f
/// in Hz, node in nm, SNDR = bits x 20 log10 2 + 10 log10 1.5:
///   FOM = min(213.78 - 2.872 ln f, 128.31 + 3.2205 bits)
///   pJ = exp(26.05 + 1.880 ln node - 2.829 ln bits - 1.470)
///        / (2 x 10^((FOM - SNDR) / 10))
///   um2 = exp(1.346 + 0.9933 ln node + 0.1807 ln f + 0.2991 ln pJ)
/// Valid from 4 bits (below, those of 4 are taken) and to 10 GS/s (beyond, it
/// extrapolates). Ours: between whole bits the source's table of limits on FOM,
/// which jumps, is a line; and fewer bits never take more energy.
double surveyAdcFj(double bits, double rateGhz, double nodeNm);
double surveyAdcUm2(double bits, double rateGhz, double nodeNm);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_ADC_H
