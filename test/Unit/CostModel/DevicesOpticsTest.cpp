//===- DevicesOpticsTest.cpp - Lasers, rings, meshes, paths -----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Comb.h"
#include "ohas/CostModel/Devices/MachZehnder.h"
#include "ohas/CostModel/Devices/Microdisk.h"
#include "ohas/CostModel/Devices/Microring.h"
#include "ohas/CostModel/Devices/MziMesh.h"
#include "ohas/CostModel/Devices/Passive.h"
#include "ohas/CostModel/Devices/PcmCell.h"
#include "ohas/CostModel/Devices/PhaseShifter.h"
#include "ohas/CostModel/Devices/Waveguide.h"
#include "ohas/CostModel/Devices/YBranch.h"
#include "gtest/gtest.h"
#include <algorithm>
#include <vector>

using namespace ohas::cost::device;

static const double pi = std::acos(-1.0);

TEST(Devices, Laser) {
  // 10 dBm is 10 mW of light: 50 mW at 0.2, 100 mW at 0.1.
  EXPECT_NEAR(laserMw({0.2}, 10), 50, 1e-9);
  EXPECT_NEAR(laserMw({0.1}, 10), 100, 1e-9);
  EXPECT_LT(laserMw({0.2}, 3), laserMw({0.2}, 3.1));
  EXPECT_TRUE(std::isnan(laserMw({0}, 10)));
  EXPECT_TRUE(std::isnan(laserMw({1.5}, 10)));
}

TEST(Devices, Comb) {
  // 10 lines of 1 mW, a quarter of the pump's 40 mW, which takes 200 mW at 0.2.
  EXPECT_NEAR(combMw({10, 0.25, {0.2}}, 0), 200, 1e-9);
  EXPECT_TRUE(std::isnan(combMw({10, 0, {0.2}}, 0)));
}

TEST(Devices, RingLine) {
  // 1550 nm / 8000 = 0.19375 nm; 20 nm / 0.19375 nm = 103.2.
  EXPECT_DOUBLE_EQ(ringFwhmNm(1550, 8000), 0.19375);
  EXPECT_NEAR(ringFinesse({1550, 8000, 20}), 103.2258, 1e-4);
  // 1550^2 / (4 x 31,000 nm) = 19.375 nm.
  EXPECT_NEAR(ringFsrNm(1550, 4, 31), 19.375, 1e-9);
  // Half the width away, half the light: 3.01 dB. Three halves: 1/10.
  EXPECT_DOUBLE_EQ(ringDropDb(0, 0.2), 0);
  EXPECT_NEAR(ringDropDb(0.1, 0.2), 3.0103, 1e-4);
  EXPECT_NEAR(ringDropDb(-0.3, 0.2), 10, 1e-9);
  EXPECT_TRUE(std::isnan(ringDropDb(0.1, 0)));
}

TEST(Devices, RingThrough) {
  // On resonance the extinction. Half the width away, with 10 dB: 1 - 0.9 / 2 =
  // 0.55, 2.596 dB.
  EXPECT_NEAR(ringThroughDb(0, 0.2, 10), 10, 1e-9);
  EXPECT_NEAR(ringThroughDb(0.1, 0.2, 10), 2.5964, 1e-4);
  EXPECT_NEAR(ringThroughDb(100, 0.2, 10), 0, 1e-4);
  for (double d = 0; d < 2; d += 0.1) {
    EXPECT_GT(ringThroughDb(d, 0.2, 20), ringThroughDb(d + 0.1, 0.2, 20));
    EXPECT_LT(ringDropDb(d, 0.2), ringDropDb(d + 0.1, 0.2));
  }
}

TEST(Devices, RingRow) {
  // Lightening-Transformer's bank: 11 x 0.1 dB.
  EXPECT_NEAR(ringRowDb(12, 0.1), 1.1, 1e-12);
  EXPECT_EQ(ringRowDb(1, 0.1), 0);
}

TEST(Devices, RingTuning) {
  // A quarter of an FSR: 27.5 / 4 mW, or 0.08 / 4 mW.
  EXPECT_NEAR(ringTuningMw(thermoOpticTuning, 5, 20), 6.875, 1e-12);
  EXPECT_NEAR(ringTuningMw(electroOpticTuning, -5, 20), 0.02, 1e-12);
  EXPECT_TRUE(std::isnan(ringTuningMw(thermoOpticTuning, 21, 20)));
  EXPECT_GT(thermoOpticTuning.ns, electroOpticTuning.ns);
}

TEST(Devices, Modulators) {
  // 450 fJ x 5 GHz = 2.25 mW. 42 fJ x 5 GHz + 1.2 mW = 1.41 mW.
  EXPECT_NEAR(modulatorMw({450, 0}, 5), 2.25, 1e-12);
  EXPECT_NEAR(modulatorMw({42, 1.2}, 5), 1.41, 1e-12);
  // 30 fJ x 5 GHz + 0.0225 mW.
  const Microdisk &disk = microdisks[1];
  EXPECT_NEAR(modulatorMw({disk.fjPerSymbol, disk.staticMw}, 5), 0.1725, 1e-12);
  // r = 4: 1 / (1 - 1/4) = 4/3, 1.249 dB. r = 10^1.5: 1.0327, 0.140 dB.
  EXPECT_NEAR(extinctionPenaltyDb(toDb(4)), 1.2494, 1e-4);
  EXPECT_NEAR(extinctionPenaltyDb(15), 0.1396, 1e-4);
  EXPECT_TRUE(std::isnan(extinctionPenaltyDb(0)));
}

namespace {
/// Columns of a mesh, if every interferometer goes as far left as it can.
struct Columns {
  explicit Columns(int modes) : busy(modes, 0) {}
  void add(int mode) {
    busy[mode] = busy[mode + 1] = std::max(busy[mode], busy[mode + 1]) + 1;
    ++mzis;
  }
  int depth() const { return *std::max_element(busy.begin(), busy.end()); }
  std::vector<int> busy;
  int mzis = 0;
};
} // namespace

TEST(Devices, MeshesAsTheyAreLaidOut) {
  for (int modes = 1; modes <= 12; ++modes) {
    // Triangular: diagonals, each one longer, that all end at the first pair.
    Columns triangle(modes);
    for (int diagonal = 1; diagonal < modes; ++diagonal)
      for (int mode = diagonal - 1; mode >= 0; --mode)
        triangle.add(mode);
    EXPECT_EQ(meshMzis(modes), triangle.mzis) << modes;
    EXPECT_EQ(triangularMeshDepth(modes), triangle.depth()) << modes;
    // Rectangular: columns of even and of odd pairs in turn.
    Columns rectangle(modes);
    for (int column = 0; column < modes; ++column)
      for (int mode = column % 2; mode + 1 < modes; mode += 2)
        rectangle.add(mode);
    EXPECT_EQ(meshMzis(modes), rectangle.mzis) << modes;
    EXPECT_EQ(rectangularMeshDepth(modes), rectangle.depth()) << modes;
  }
}

TEST(Devices, MeshOfLighteningTransformer) {
  // Two meshes of 12 modes and the attenuators between: 132 interferometers,
  // and 25 in series at 0.99 dB, 24.75 dB.
  EXPECT_EQ(2 * meshMzis(12), 132);
  EXPECT_NEAR((2 * rectangularMeshDepth(12) + 1) * 0.99, 24.75, 1e-9);
  EXPECT_EQ(meshProgramNs(132, 132, 2000), 2000);
  EXPECT_EQ(meshProgramNs(132, 50, 2000), 6000);
  EXPECT_TRUE(std::isnan(meshProgramNs(132, 0, 2000)));
}

TEST(Devices, PhaseShifter) {
  EXPECT_NEAR(phaseShifterMw(pi / 2, 30), 15, 1e-9);
  EXPECT_NEAR(phaseShifterMw(-pi / 2, 30), 45, 1e-9);
  EXPECT_NEAR(phaseShifterMw(2 * pi + 1, 30), phaseShifterMw(1, 30), 1e-9);
}

TEST(Devices, Waveguide) {
  // 2 mm at 0.3 dB/mm, 3 dB/cm: 0.6; two bends 0.02; three crossings 0.69.
  EXPECT_NEAR(waveguideDb({3, 0.01, 0.23}, 2, 2, 3), 1.31, 1e-12);
  EXPECT_NEAR(waveguideDb({0.11, 0, 0}, 20, 0, 0), 0.22, 1e-12);
  EXPECT_TRUE(std::isnan(waveguideDb({3, 0, 0}, -1, 0, 0)));
}

TEST(Devices, SplittingTree) {
  // 12 ways: 10.79 dB of light shared; four stages of 0.1 dB lost.
  EXPECT_NEAR(splitDb(12), 10.7918, 1e-4);
  EXPECT_NEAR(treeDb(12, 0.1), 0.4, 1e-12);
  EXPECT_EQ(treeDb(16, 0.1), 0.4);
  EXPECT_EQ(treeDb(1, 0.1), 0);
  EXPECT_TRUE(std::isnan(splitDb(0.5)));
}

TEST(Devices, LighteningTransformersLink) {
  // -25 dBm + (MZM 1.2 + two rings 0.93 + tree of 12 + 0.1 + 0.33 + 0.33) + 144
  // ways: 4.22 dB, 21.58 dB; 0.805 dBm.
  double loss = 1.2 + 2 * 0.93 + treeDb(12, 0.1) + 0.1 + 0.33 + 0.33;
  EXPECT_NEAR(-25 + loss + splitDb(144), 0.8036, 1e-4);
}

TEST(Devices, TablesOfParameters) {
  EXPECT_EQ(awgChannels(12.8, 0.8), 16);
  EXPECT_EQ(awgChannels(12.7, 0.8), 15);
  for (const Passive &passive : passives)
    EXPECT_TRUE(passive.excessDb > 0 || passive.areaUm2 > 0)
        << passive.name.str();
  EXPECT_EQ(PcmCell{}.writeFj, 0);
}
