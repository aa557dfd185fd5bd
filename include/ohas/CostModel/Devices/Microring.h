//===- Microring.h - Ring resonator -----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// A ring takes light of its resonances, one each free spectral range (FSR),
// from the bus to its drop port; all else passes.
//
// Assumed (textbook relations, not read in a source of ours): the resonance is
// a Lorentzian line of full width at half maximum (FWHM) wavelength / Q; FSR =
// wavelength^2 / (group index x circumference). Good where the detuning is far
// below the FSR and the finesse above about 10. The first relation agrees with
// Q = 8000, FWHM = 0.2 nm of Vatsavai and Thakkar, TCAD 2022, Table VII
// (attributed there to CrossLight): 1550 nm / 8000 = 0.194 nm.
//
// Publications differ by 10x in the loss of passing a ring and by over 100x in
// the power that holds it: docs/Devices.md lists them.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_MICRORING_H
#define OHAS_COSTMODEL_DEVICES_MICRORING_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

struct Microring {
  double wavelengthNm;
  double q; ///< loaded
  double fsrNm;
};

double ringFwhmNm(double wavelengthNm, double q);
/// FSR / FWHM: about how many lines fit side by side.
double ringFinesse(const Microring &ring);
double ringFsrNm(double wavelengthNm, double groupIndex,
                 double circumferenceUm);

/// Loss to the drop port beyond that at resonance, 10 log10(1 + (2 d / FWHM)^2)
/// at the detuning d; positive.
double ringDropDb(double detuningNm, double fwhmNm);
/// Loss of what passes: at resonance the extinction; far from it, 0.
double ringThroughDb(double detuningNm, double fwhmNm, double extinctionDb);

/// Loss of passing the other rings of a row: (rings - 1) x dB of one; as in the
/// Lightening-Transformer artifact, HPCA 2024, hardware/photonic_mrr_bank.py,
/// and Vatsavai and Thakkar, TCAD 2022, Eq. 11.
double ringRowDb(double rings, double passDb);

struct RingTuning {
  double mwPerFsr;
  double ns; ///< until it has settled
};

/// Vatsavai and Thakkar, TCAD 2022, Table VII (attributed to CrossLight).
inline constexpr RingTuning thermoOpticTuning{27.5, 4000};
inline constexpr RingTuning electroOpticTuning{0.08, 20};

/// Power that holds a shift of the resonance: in proportion to the share of the
/// FSR (as its unit says). More than one FSR is never needed.
double ringTuningMw(const RingTuning &tuning, double shiftNm, double fsrNm);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_MICRORING_H
