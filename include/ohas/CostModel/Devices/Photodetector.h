//===- Photodetector.h - Photodetector and its noise ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Al-Qadasi et al., "Scaling up silicon photonic-based accelerators: challenges
// and opportunities", APL Photonics 7 (2022), Eq. 8; as used by Vatsavai and
// Thakkar, TCAD 2022, with the values of `vatsavaiDetector`
// (Sairam954/CASES2022, ScalabilityMAM.py):
//
//   SNR = R P / ((sqrt(2 q (R P + Id) + 4 k T / RL + R^2 P^2 RIN)
//                 + sqrt(2 q Id + 4 k T / RL)) sqrt(rate / sqrt 2))
//   ENOB = (20 log10 SNR - 1.76) / 6.02
//
// The noise is that of the full scale and that of darkness. Relative intensity
// noise (RIN) grows with the signal, so that beyond some bits at some rate no
// power is enough. Valid for a linear detector that is not saturated.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_PHOTODETECTOR_H
#define OHAS_COSTMODEL_DEVICES_PHOTODETECTOR_H

#include "ohas/CostModel/Devices/Decibel.h"
#include <optional>

namespace ohas::cost::device {

struct Photodetector {
  double responsivityAPerW;
  double darkNa;
  double loadOhm;
  double rinDbPerHz;         ///< of the laser whose light it sees
  double temperatureK = 300; ///< kT = 25.9 meV in Vatsavai and Thakkar
};

inline constexpr Photodetector vatsavaiDetector{1.2, 35, 50, -140};

/// Densities of its noise currents in pA per square root of Hz: shot noise of
/// light and dark current, thermal noise of the load, RIN of the light. Their
/// squares add up.
double shotNoisePa(const Photodetector &detector, double opticalDbm);
double thermalNoisePa(const Photodetector &detector);
double rinNoisePa(const Photodetector &detector, double opticalDbm);

double detectorSnrDb(const Photodetector &detector, double opticalDbm,
                     double rateGhz);
double detectorEnob(const Photodetector &detector, double opticalDbm,
                    double rateGhz);

/// The least power for that many bits, or none if RIN does not permit them.
std::optional<double> detectorDbm(const Photodetector &detector, double bits,
                                  double rateGhz);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_PHOTODETECTOR_H
