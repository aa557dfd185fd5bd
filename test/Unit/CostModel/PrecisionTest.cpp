//===- PrecisionTest.cpp - The formula against simulation -------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Precision.h"
#include "ohas/Support/Random.h"
#include "gtest/gtest.h"
#include <cmath>

using namespace ohas;
using namespace ohas::cost;

TEST(Precision, LevelsOfUnsignedAndSignedValues) {
  Resolution positive = resolutionFor(0, 3, 2);
  EXPECT_EQ(positive.low, 0);
  EXPECT_EQ(positive.high, 3);
  EXPECT_EQ(positive.step, 1); // 0, 1, 2, 3
  Resolution both = resolutionFor(-3, 1, 3);
  EXPECT_EQ(both.low, -3);
  EXPECT_EQ(both.high, 3);
  EXPECT_EQ(both.step, 1); // -3 to 3
  EXPECT_EQ(resolutionFor(-2, 2, 1).step, 2);
  EXPECT_EQ(resolutionFor(0, 2, 1).step, 2);
  // Nothing passed, or nothing is converted to or from digital.
  EXPECT_EQ(resolutionFor(0, 0, 8).step, 0);
  EXPECT_EQ(resolutionFor(-1, 1, 0).step, 0);
}

TEST(Precision, CodesThatAreKeptInFloats) {
  // Two's complement, and from 0 on.
  Resolution both = onGrid(-2.5, 2, 0.5, 4);
  EXPECT_EQ(both.low, -4);
  EXPECT_EQ(both.high, 3.5);
  EXPECT_EQ(both.step, 0.5);
  Resolution positive = onGrid(0, 2, 0.5, 3);
  EXPECT_EQ(positive.low, 0);
  EXPECT_EQ(positive.high, 3.5);
  // As fine as there are levels.
  Resolution finer = onGrid(-2, 1, 1, 8);
  EXPECT_EQ(finer.step, 1.0 / 64);
  EXPECT_EQ(finer.low, -2);
  EXPECT_EQ(finer.high, 2 - 1.0 / 64);
  EXPECT_EQ(onGrid(0, 1, 1, 8).step, 1.0 / 255);
  EXPECT_EQ(onGrid(0, 1, 1, 8).high, 1);
  // Less a zero point: as many levels, elsewhere.
  Resolution shifted = onGrid(-100, 155, 1, 8);
  EXPECT_EQ(shifted.low, -100);
  EXPECT_EQ(shifted.high, 155);
  EXPECT_EQ(onGrid(-200, 50, 1, 8).low, -200);
  EXPECT_EQ(onGrid(-200, 50, 1, 8).high, 55);
  // Too many, or no step.
  EXPECT_EQ(onGrid(-100, 156, 1, 8).step, 0);
  EXPECT_EQ(onGrid(0, 1, 0, 8).step, 0);
  EXPECT_EQ(onGrid(0, 1, 1e-30, 8).step, 0);
  EXPECT_EQ(onGrid(-1, 1, 1, 0).step, 0);
}

/// The mean over whole numbers that are not on the levels, by counting.
TEST(Precision, ErrorsOfWholeNumbers) {
  for (int step = 2; step < 12; ++step) {
    double squares = 0;
    for (int value = 1; value < step; ++value)
      squares += std::pow(std::min(value, step - value), 2);
    ConverterPrecision converter;
    converter.isInteger = true;
    converter.resolution = {0, 100.0 * step, double(step)};
    EXPECT_NEAR(converter.stepVariance(), squares / (step - 1), 1e-9) << step;
  }
  ConverterPrecision exact;
  exact.isInteger = true;
  exact.resolution = {0, 100, 1};
  EXPECT_EQ(exact.stepVariance(), 0);
}

TEST(Precision, SaturatedIsAShareOfWhatHasLevels) {
  LayerPrecision layer;
  EXPECT_EQ(layer.saturated(), 0);
  ConverterPrecision digital, optical;
  digital.bits = 8;
  digital.elements = 30;
  digital.beyond = 3;
  optical.elements = 100;
  layer.converters = {digital, optical, digital};
  EXPECT_EQ(layer.saturated(), 0.1);
}

TEST(Precision, EffectiveBitsOfADetector) {
  // enob = (20 log10(range / sigma) - 1.76) / 6.02
  EXPECT_NEAR(20 * std::log10(2 / detectorSigma(2, 8)), 6.02 * 8 + 1.76, 1e-9);
}

TEST(Precision, NoNoiseIsExact) {
  LayerPrecision layer;
  layer.signal = 1;
  EXPECT_TRUE(std::isinf(layer.measuredDb()));
  EXPECT_TRUE(std::isinf(layer.predictedDb()));
}

static double quantised(double value, const Resolution &to) {
  if (to.step == 0)
    return value;
  double level = std::nearbyint(value / to.step) * to.step;
  return std::min(std::max(level, to.low), to.high);
}

static void note(ConverterPrecision &converter, double value) {
  converter.elements += 1;
  converter.nonzeros += value != 0;
  converter.offLevels += quantised(value, converter.resolution) != value;
}

namespace {
/// Dot products of random vectors whose sums go through a converter every
/// `run` products.
class Simulation {
public:
  Simulation(unsigned weightBits, unsigned inputBits, unsigned sumBits,
             unsigned run, double zeroShare)
      : bits{weightBits, inputBits, sumBits}, run(run), zeroShare(zeroShare) {}

  LayerPrecision simulate(unsigned products, unsigned outputs) {
    Resolution ofWeight = resolutionFor(-1, 1, bits[0]);
    Resolution ofInput = resolutionFor(0, 1, bits[1]);
    Resolution ofSum = resolutionFor(-double(run), run, bits[2]);
    LayerPrecision layer;
    layer.outputs = outputs;
    layer.productsPerOutput = products;
    ConverterPrecision weight{"dac", Tensor::Weight, bits[0], ofWeight};
    ConverterPrecision input{"modulator", Tensor::Input, bits[1], ofInput};
    ConverterPrecision sum{"adc", Tensor::Output, bits[2], ofSum};
    for (unsigned output = 0; output < outputs; ++output) {
      double ideal = 0, finite = 0, part = 0;
      for (unsigned i = 0; i < products; ++i) {
        double w = 2 * uniform() - 1;
        double x = uniform() < zeroShare ? 0 : uniform();
        note(weight, w);
        note(input, x);
        ideal += w * x;
        part += quantised(w, ofWeight) * quantised(x, ofInput);
        layer.inputGain += x != 0 ? w * w : 0;
        layer.weightGain += x * x;
        if ((i + 1) % run && i + 1 != products)
          continue;
        note(sum, part);
        finite += quantised(part, ofSum);
        part = 0;
      }
      layer.signal += ideal * ideal;
      layer.noise += (finite - ideal) * (finite - ideal);
    }
    layer.converters = {weight, input, sum};
    return layer;
  }

private:
  double uniform() { return double(draw.next() >> 11) * 0x1p-53; }

  std::array<unsigned, 3> bits;
  unsigned run;
  double zeroShare;
  Random draw{17};
};
} // namespace

/// Each source of noise alone and all of them together, with long and short
/// accumulation, with and without inputs that are zero.
TEST(Precision, FormulaIsWithinHalfADecibelOfASimulation) {
  for (auto [weight, input, sum] : {std::array<unsigned, 3>{8, 0, 0},
                                    {0, 8, 0},
                                    {0, 0, 8},
                                    {6, 6, 10},
                                    {8, 8, 8},
                                    {12, 10, 14}})
    for (unsigned run : {1u, 9u, 64u})
      for (double zeros : {0.0, 0.5}) {
        LayerPrecision layer =
            Simulation(weight, input, sum, run, zeros).simulate(144, 4000);
        EXPECT_NEAR(layer.measuredDb(), layer.predictedDb(), 0.5)
            << weight << "/" << input << "/" << sum << ", " << run
            << " products a conversion, zeros " << zeros;
        EXPECT_EQ(layer.conversionsPerOutput(),
                  sum ? (144 + run - 1) / run : 0);
      }
}

/// Six decibels a bit, when all converters have one more.
TEST(Precision, SixDecibelsABit) {
  auto db = [](unsigned bits) {
    return Simulation(bits, bits, bits, 9, 0).simulate(144, 4000).measuredDb();
  };
  for (unsigned bits = 6; bits < 14; ++bits)
    EXPECT_NEAR(db(bits + 1) - db(bits), 6.02, 0.5) << bits;
}
