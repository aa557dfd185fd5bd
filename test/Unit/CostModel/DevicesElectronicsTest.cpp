//===- DevicesElectronicsTest.cpp - Detector, converters, memory *- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Dac.h"
#include "ohas/CostModel/Devices/Digital.h"
#include "ohas/CostModel/Devices/Memory.h"
#include "ohas/CostModel/Devices/Photodetector.h"
#include "ohas/CostModel/Devices/Tia.h"
#include "gtest/gtest.h"

using namespace ohas::cost::device;

namespace {
struct NeededPower {
  double bits, rateGhz, dbm;
};
} // namespace

// Recomputed from the equation of Al-Qadasi et al. by bisection. For 4 bits at
// 1 GS/s by hand: SNR^2 = 10^2.584 = 383.7, times 1e9 / 1.4142 Hz is c^2 =
// 2.713e11; 4kT/RL = 3.314e-22 A^2/Hz, so that 2 e / c = 6.99e-17 outweighs 2q
// = 3.2e-19, and I = 7.02e-17 / (3.686e-12 - 1e-14) = 19.1 uA, 15.9 uW, -17.98
// dBm.
TEST(Devices, DetectorPower) {
  const NeededPower cases[] = {
      {4, 1, -18.0}, {4, 5, -14.4}, {4, 10, -12.8}, {6, 1, -11.7},
      {6, 5, -7.3},  {6, 10, -4.3}, {8, 1, -0.5},
  };
  for (const NeededPower &expected : cases) {
    auto dbm = detectorDbm(vatsavaiDetector, expected.bits, expected.rateGhz);
    ASSERT_TRUE(dbm);
    EXPECT_NEAR(*dbm, expected.dbm, 0.1) << expected.bits;
    EXPECT_NEAR(detectorEnob(vatsavaiDetector, *dbm, expected.rateGhz),
                expected.bits, 1e-9);
  }
}

TEST(Devices, DetectorRinFloor) {
  EXPECT_FALSE(detectorDbm(vatsavaiDetector, 8, 5));
  EXPECT_FALSE(detectorDbm(vatsavaiDetector, 8, 10));
  // Any power stays below 10 log10(1 / (RIN x bandwidth)) = 10 log10(1e14 x
  // 1.414 / 5e9) = 44.5 dB, 7.1 bits.
  EXPECT_NEAR(detectorSnrDb(vatsavaiDetector, 60, 5), 44.515, 0.01);
  EXPECT_LT(detectorEnob(vatsavaiDetector, 60, 5), 8);
  Photodetector quiet = vatsavaiDetector;
  quiet.rinDbPerHz = -155;
  EXPECT_TRUE(detectorDbm(quiet, 8, 10));
}

TEST(Devices, DetectorIsMonotone) {
  double before = -1e9;
  for (double bits = 1; bits <= 8; bits += 0.25) {
    double dbm = detectorDbm(vatsavaiDetector, bits, 1).value();
    EXPECT_GT(dbm, before);
    before = dbm;
    EXPECT_GT(detectorDbm(vatsavaiDetector, bits, 1.1).value_or(1e9), dbm);
    Photodetector worse = vatsavaiDetector;
    worse.responsivityAPerW = 1.0;
    EXPECT_GT(detectorDbm(worse, bits, 1).value(), dbm);
    worse = vatsavaiDetector;
    worse.darkNa = 3500;
    EXPECT_GT(detectorDbm(worse, bits, 1).value(), dbm);
    worse = vatsavaiDetector;
    worse.temperatureK = 350;
    EXPECT_GT(detectorDbm(worse, bits, 1).value(), dbm);
  }
}

TEST(Devices, DetectorOutsideItsValidity) {
  EXPECT_TRUE(std::isnan(detectorDbm(vatsavaiDetector, 0, 1).value()));
  EXPECT_TRUE(std::isnan(detectorDbm(vatsavaiDetector, 4, 0).value()));
  EXPECT_TRUE(std::isnan(detectorEnob({1.2, 35, 0, -140}, 0, 1)));
  EXPECT_TRUE(std::isnan(detectorEnob({1.2, -1, 50, -140}, 0, 1)));
}

// At 7 nm. By hand for 8 bits at 5 GS/s: FOM = min(213.781 - 2.8719 x 22.333 =
// 149.644, 154.071), SNDR = 49.925; exp(26.050 + 3.658 - 5.883 - 1.470)
// = 5.115e9; x 10^(-9.972) / 2 = 0.2728 pJ.
TEST(Devices, AdcSurvey) {
  for (double rate : {1.0, 5.0, 10.0}) {
    EXPECT_NEAR(surveyAdcFj(4, rate, 7), 53, 1);
    EXPECT_NEAR(surveyAdcFj(6, rate, 7), 61, 1);
  }
  EXPECT_NEAR(surveyAdcFj(8, 1, 7), 98, 1);
  EXPECT_NEAR(surveyAdcFj(8, 5, 7), 272.76, 0.1);
  EXPECT_NEAR(surveyAdcFj(8, 10, 7), 431, 1);
  // node^1.88: 32 nm x17.4, 45 nm x33.1.
  EXPECT_NEAR(surveyAdcFj(8, 1, 32) / surveyAdcFj(8, 1, 7), 17.4, 0.1);
  EXPECT_NEAR(surveyAdcFj(8, 1, 45) / surveyAdcFj(8, 1, 7), 33.1, 0.1);
  // exp(1.346 + 1.933 + 0.1807 x 22.333 + 0.2991 ln 0.2728) = exp(6.926).
  EXPECT_NEAR(surveyAdcUm2(8, 5, 7), 1018.7, 0.5);
}

TEST(Devices, AdcSurveyIsMonotone) {
  for (double rate : {0.1, 1.0, 5.0, 10.0})
    for (double bits = 1; bits <= 16; bits += 0.125) {
      double fj = surveyAdcFj(bits, rate, 7);
      EXPECT_GE(surveyAdcFj(bits + 0.125, rate, 7), fj) << bits;
      EXPECT_GE(surveyAdcFj(bits, rate * 1.1, 7), fj) << bits;
      EXPECT_GT(surveyAdcFj(bits, rate, 8), fj);
      EXPECT_GT(surveyAdcUm2(bits, rate, 8), surveyAdcUm2(bits, rate, 7));
    }
  EXPECT_EQ(surveyAdcFj(2, 1, 7), surveyAdcFj(4, 1, 7));
  EXPECT_TRUE(std::isnan(surveyAdcFj(0, 1, 7)));
  EXPECT_TRUE(std::isnan(surveyAdcUm2(8, 0, 7)));
}

TEST(Devices, ConverterScaling) {
  // 14.8 mW x 4/8 x 5/10 = 3.7 mW, as in Lightening-Transformer at 4 bits.
  EXPECT_NEAR(sarAdcMw(lighteningAdc, 4, 5), 3.7, 1e-12);
  // 14.8 x 15/255 x 5/10.
  EXPECT_NEAR(flashAdcMw(lighteningAdc, 4, 5), 0.43529, 1e-5);
  // 50 x (16/4) / (256/8) x 5/14 = 2.232 mW.
  EXPECT_NEAR(dacMw(lighteningDac, 4, 5), 2.2321, 1e-4);
  EXPECT_NEAR(dacMw(lighteningDac, 8, 14), 50, 1e-12);
  for (double bits = 2; bits < 12; ++bits) {
    EXPECT_LT(sarAdcMw(lighteningAdc, bits, 5),
              sarAdcMw(lighteningAdc, bits + 1, 5));
    EXPECT_LT(flashAdcMw(lighteningAdc, bits, 5),
              flashAdcMw(lighteningAdc, bits + 1, 5));
    EXPECT_LT(dacMw(lighteningDac, bits, 5), dacMw(lighteningDac, bits + 1, 5));
  }
  EXPECT_TRUE(std::isnan(dacMw(lighteningDac, 0, 5)));
  EXPECT_TRUE(std::isnan(sarAdcMw({14.8, 0, 10}, 4, 5)));
}

TEST(Devices, AmplifierAndMemories) {
  // 3 mW / 5 GHz = 0.6 pJ.
  EXPECT_NEAR(sampleFj(3, 5), 600, 1e-9);
  EXPECT_TRUE(std::isnan(sampleFj(3, 0)));
  // 1.655 pJ for 2 bytes; 62.4 pJ for a byte.
  EXPECT_NEAR(sramAndRegisters[0].fjPerBit, 103.4375, 1e-9);
  EXPECT_EQ(std::end(dramKinds)[-1].fjPerBit, 7800);
  EXPECT_EQ(lighteningNetwork.fjPerBit, 125);
}
