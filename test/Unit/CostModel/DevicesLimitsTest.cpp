//===- DevicesLimitsTest.cpp - How many channels there can be ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Crosstalk.h"
#include "ohas/CostModel/Devices/Photodetector.h"
#include "ohas/CostModel/Devices/Scalability.h"
#include "ohas/CostModel/Devices/YBranch.h"
#include "gtest/gtest.h"

using namespace ohas::cost::device;

// Q = 8000 at 1550 nm: 0.194 nm wide, finesse 103.
static constexpr Microring ring{1550, 8000, 20};

/// The definition: the shares of all lines of the ring, one an FSR, that each
/// neighbour on the grid meets, over those that its own channel meets.
static double addLines(const Microring &ring, int channels) {
  auto shares = [&](double detuningNm) {
    double sum = 0;
    for (int order = -20000; order <= 20000; ++order)
      sum += fromDb(-ringDropDb(detuningNm + order * ring.fsrNm,
                                ringFwhmNm(ring.wavelengthNm, ring.q)));
    return sum;
  };
  double sum = 0;
  for (int k = 1; k < channels; ++k)
    sum += shares(ring.fsrNm * k / channels);
  return sum / shares(0);
}

TEST(Devices, CrosstalkIsTheSumOfLines) {
  EXPECT_EQ(ringCrosstalk(ring, 1), 0);
  for (int channels : {2, 3, 8, 20})
    EXPECT_NEAR(ringCrosstalk(ring, channels) / addLines(ring, channels), 1,
                1e-4);
  Microring broad{1550, 500, 20};
  EXPECT_NEAR(ringCrosstalk(broad, 5) / addLines(broad, 5), 1, 1e-4);
}

TEST(Devices, CrosstalkOfTwoNextNeighbours) {
  // 16 channels are 1.25 nm apart, 12.9 half widths: each of the two next
  // neighbours leaves 1/167.5, 0.0119 together. All 15, by hand: x = n g / 2 =
  // 16 pi / 206.45 = 0.2435, x^2 / 3 - x^4 / 45 - (g / 2)^2 / 3 = 0.0196.
  double next = 2 * fromDb(-ringDropDb(1.25, 0.19375));
  EXPECT_NEAR(next, 0.01194, 1e-5);
  EXPECT_GT(ringCrosstalk(ring, 16), next);
  EXPECT_NEAR(ringCrosstalk(ring, 16), 0.0196, 1e-4);
}

TEST(Devices, CrosstalkChannels) {
  // 4 bits: at most 1/32. (n g / 2)^2 / 3 = 1/32 for n g / 2 = 0.306, n = 20.1.
  EXPECT_EQ(ringCrosstalkChannels(ring, 4), 20);
  // 8 bits: at most 1/512; 0.0765, n = 5.03.
  EXPECT_EQ(ringCrosstalkChannels(ring, 8), 5);
  EXPECT_EQ(ringCrosstalkChannels(ring, 30), 1);
  EXPECT_TRUE(std::isnan(ringCrosstalkChannels(ring, 0)));
  EXPECT_TRUE(std::isnan(ringCrosstalkChannels({1550, 10, 20}, 4)));
  EXPECT_TRUE(std::isnan(ringCrosstalkChannels({1550, 1e30, 20}, 4)));
}

TEST(Devices, CrosstalkChannelsAreTheLast) {
  for (double q : {2000.0, 8000.0, 1e5, 1e9})
    for (double bits = 0.5; bits <= 12; bits += 0.5) {
      Microring some{1550, q, 20};
      double n = ringCrosstalkChannels(some, bits);
      EXPECT_LE(ringCrosstalk(some, n), std::exp2(-bits - 1));
      EXPECT_GT(ringCrosstalk(some, n + 1), std::exp2(-bits - 1));
      EXPECT_LE(ringCrosstalkChannels(some, bits + 0.5), n);
      EXPECT_GE(ringCrosstalkChannels({1550, q * 1.5, 20}, bits), n);
    }
}

namespace {
struct PublishedLimit {
  double rateGhz, mam, amm;
};
} // namespace

// Vatsavai and Thakkar, TCAD 2022, at 4 bits. The equations give 43 27 21 15
// and 30 19 16 11: their script searches in steps of 0.1 dB.
TEST(Devices, LargestBanksAsPublished) {
  const PublishedLimit limits[] = {
      {1, 44, 31}, {3, 28, 20}, {5, 22, 16}, {10, 16, 12}};
  for (const PublishedLimit &limit : limits) {
    double dbm = detectorDbm(vatsavaiDetector, 4, limit.rateGhz).value();
    EXPECT_NEAR(ringBankChannels(mamBank, dbm), limit.mam, 1);
    EXPECT_NEAR(ringBankChannels(ammBank, dbm), limit.amm, 1);
  }
  // With the efficiency of 0.1 inside, 10 dB less: 5.
  RingBank electrical = mamBank;
  electrical.limitDbm = 0;
  double dbm = detectorDbm(vatsavaiDetector, 4, 1).value();
  EXPECT_EQ(ringBankChannels(electrical, dbm), 5);
}

TEST(Devices, BankPowerByHand) {
  // -18 + 10 log10 10 + 0.3 x 0.02 x 10 + 1.6 + 4 + 9 x 0.01 + 3.3219 x 0.01 +
  // 0.01 + 9 x 0.01 + 4.8 = 2.6832 dBm.
  EXPECT_NEAR(ringBankDbm(mamBank, -18, 10), 2.6832, 1e-4);
  for (double n = 1; n < 100; ++n) {
    EXPECT_LT(ringBankDbm(mamBank, -18, n), ringBankDbm(mamBank, -18, n + 1));
    EXPECT_LT(ringBankDbm(mamBank, -18, n), ringBankDbm(ammBank, -18, n));
  }
  double n = ringBankChannels(mamBank, -18);
  EXPECT_LE(ringBankDbm(mamBank, -18, n), 10);
  EXPECT_GT(ringBankDbm(mamBank, -18, n + 1), 10);
}

TEST(Devices, BankChannels) {
  // Without losses only the split counts: 20 dB are 100 ways.
  EXPECT_EQ(bankChannels(20, 0, 0), 100);
  EXPECT_EQ(bankChannels(splitDb(12), 0, 0), 12);
  EXPECT_EQ(bankChannels(0, 1, 1), 1);
  EXPECT_EQ(bankChannels(-0.1, 0, 0), 0);
  // 3.02 dB + 1 dB for two; 4.78 + 2 for three.
  EXPECT_EQ(bankChannels(4.1, 1, 0), 2);
  EXPECT_TRUE(std::isnan(bankChannels(10, -1, 0)));
  EXPECT_EQ(bankChannels(-std::numeric_limits<double>::infinity(), 0, 0), 0);
  EXPECT_EQ(bankChannels(std::numeric_limits<double>::infinity(), 0, 0), 1e15);
}
