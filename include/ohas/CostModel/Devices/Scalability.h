//===- Scalability.h - Largest bank of rings --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The largest N x N bank of rings that its laser can feed: Vatsavai and
// Thakkar, TCAD 2022, Eq. 11, after Al-Qadasi et al., APL Photonics 7 (2022):
//
//   laser dBm = detector dBm + 10 log10 N + dB per mm x pitch x N
//     + coupling + modulator + (N - 1) x passing a modulator
//     + log2 N x splitter + ring + (N - 1) x passing a ring + penalty
//
// and that is to be at most 10 dBm. The limit is optical: the equation as
// printed divides by a wall-plug efficiency of 0.1 too, which would leave 5 at
// 4 bits and 1 GS/s (MAM) where 44 is published.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_SCALABILITY_H
#define OHAS_COSTMODEL_DEVICES_SCALABILITY_H

#include "ohas/CostModel/Devices/Decibel.h"

namespace ohas::cost::device {

/// Where the rest of a link leaves `budgetDb`: the largest N with
/// 10 log10 N + (N - 1) x dbPerChannel + log2 N x dbPerDoubling <= budget; 0 if
/// there is none.
double bankChannels(double budgetDb, double dbPerChannel, double dbPerDoubling);

struct RingBank {
  double pitchMm;   ///< of waveguide per ring
  double penaltyDb; ///< of the network as a whole
  double waveguideDbPerMm = 0.3;
  double couplingDb = 1.6;
  double modulatorDb = 4;
  double modulatorPassDb = 0.01;
  double splitterDb = 0.01;
  double ringDb = 0.01;
  double ringPassDb = 0.01;
  double limitDbm = 10;
};

/// MAM is HolyLight's class, AMM DEAP-CNN's.
inline constexpr RingBank mamBank{0.02, 4.8};
inline constexpr RingBank ammBank{0.12, 5.8};

/// Laser power for N channels.
double ringBankDbm(const RingBank &bank, double detectorDbm, double channels);
/// The largest N within the limit.
double ringBankChannels(const RingBank &bank, double detectorDbm);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_SCALABILITY_H
