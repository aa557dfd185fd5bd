//===- Precision.h - What finite bits do to a contraction -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Uniform quantisers, whose errors are taken for noise of variance step^2 / 12
// that depends on nothing else (Bennett, Bell Syst. Tech. J. 27, 1948; when
// that holds: Widrow and Kollar, Quantization Noise, 2008, chapters 5 and 20).
// Errors of a contraction's operands reach its outputs through the other
// operand; those of partial sums are added as often as a converter reads one:
//
//   noise = inputStep^2 / 12 * sum of w^2 + weightStep^2 / 12 * sum of x^2
//           + sumStep^2 / 12 * conversions
//
// over all products of all outputs. What is on a converter's levels already has
// no error there and does not count: zeros, codes of as many bits, and what a
// converter of the same levels gave.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_COSTMODEL_PRECISION_H
#define OHAS_COSTMODEL_PRECISION_H

#include "ohas/CostModel/Workload.h"
#include <string>
#include <vector>

namespace ohas::cost {

/// The values that a converter tells apart: whole multiples of `step` from
/// `low` to `high`. No step: all.
struct Resolution {
  double low = 0, high = 0, step = 0;
};

/// For values from `least` to `most`: 2^bits levels from zero on, or, where
/// some are negative, 2^bits - 1 levels on both sides of zero. Nothing but
/// zeros needs no resolution.
Resolution resolutionFor(double least, double most, unsigned bits);

/// The same for whole numbers, whose levels are such.
Resolution inWholeSteps(Resolution resolution);

/// For values that are whole multiples of `step` as they come, such as codes:
/// 2^bits levels of which each multiple from `least` and 0 to `most` is one, as
/// fine as that leaves; none if there are too many. From 0 on where none is
/// negative, else as two's complement has them or, if that does not reach, from
/// the least on.
Resolution onGrid(double least, double most, double step, unsigned bits);

/// Standard deviation of a detector's noise, where the light of one product
/// alone makes a signal of up to `range`. SNR = range / sigma and enob =
/// (20 log10 SNR - 1.76) / 6.02: Al-Qadasi et al., APL Photonics 7, 020902
/// (2022), Eq. 8, whose power is that of one wavelength.
double detectorSigma(double range, double enob);

/// A converter of a contraction, and what crossed it.
struct ConverterPrecision {
  std::string level;
  Tensor tensor = Tensor::Input;
  unsigned bits = 0; ///< 0: the form changes, the value does not
  Resolution resolution;
  double sigma = 0; ///< of the noise or error that is added to each element
  double elements = 0;
  double nonzeros = 0;
  double offLevels = 0;       ///< elements that were between levels
  double beyond = 0;          ///< elements over half a step beyond all levels
  double least = 0, most = 0; ///< of the elements and 0
  bool isInteger = false;     ///< the elements are whole numbers
  unsigned codeBits = 0;      ///< of integer operands, which pass as they are

  /// Mean square of what even steps do to an element that is off the levels.
  double stepVariance() const;
};

/// A contraction as it ran; sums are over all its outputs.
struct LayerPrecision {
  std::string name;
  std::vector<ConverterPrecision> converters;
  double outputs = 0;
  double productsPerOutput = 0; ///< that an output is the sum of
  double signal = 0;            ///< squares of what ideal optics give
  double noise = 0; ///< squares of how far the outputs are from that
  /// Squares of one operand over the products whose other operand is no zero,
  /// and, for errors that zeros have too, over all products.
  double inputGain = 0, weightGain = 0, weightErrorGain = 0;

  /// Share of what crosses converters that is beyond their levels: errors that
  /// the formula does not know.
  double saturated() const;
  /// Signal over noise in dB; infinite without noise.
  double measuredDb() const;
  double predictedDb() const;
  /// Partial sums that converters to digital read, for each output.
  double conversionsPerOutput() const;
};

/// An output of the network against what ideal optics give; sums of squares.
struct OutputPrecision {
  std::string name;
  double signal = 0, noise = 0;
};

/// A network as it ran on an accelerator's converters.
struct NetworkPrecision {
  unsigned bits = 0; ///< of all converters; 0: those of the accelerator
  std::vector<LayerPrecision> layers;
  std::vector<OutputPrecision> outputs;
};

/// 10 log10(signal / noise); infinite for no noise, no number if either is
/// none.
double ratioDb(double signal, double noise);

} // namespace ohas::cost

#endif // OHAS_COSTMODEL_PRECISION_H
