//===- Crosstalk.h - Channels of a row of rings -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// How many wavelengths rings of one free spectral range tell apart. Ours, from
// the line shape alone (assumed; no published account was read):
//
// n channels of equal power sit on a grid of FSR / n. A ring drops its own, and
// of every other the share that its Lorentzian line has there. The line repeats
// every FSR; so the sum over neighbours and over repetitions is a sum of one
// line over a grid without end, which has a closed form. With g = pi FWHM /
// FSR, relative to the channel's own power,
//
//   crosstalk = n tanh(g / 2) / tanh(n g / 2) - 1.
//
// A channel carries b bits if the worst case, all neighbours at full scale, is
// below half of the last bit: crosstalk <= 2^-(b + 1).
//
// Valid for a finesse between 1 and 1e12, first-order rings that are exactly
// tuned, symbol rates far below the line's width.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_DEVICES_CROSSTALK_H
#define OHAS_COSTMODEL_DEVICES_CROSSTALK_H

#include "ohas/CostModel/Devices/Microring.h"

namespace ohas::cost::device {

double ringCrosstalk(const Microring &ring, double channels);

/// The most channels, at least 1, that leave every one `bits`.
double ringCrosstalkChannels(const Microring &ring, double bits);

} // namespace ohas::cost::device

#endif // OHAS_COSTMODEL_DEVICES_CROSSTALK_H
