//===- Scalability.cpp - Largest bank of rings ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Devices/Scalability.h"
#include "LargestWhole.h"
#include <algorithm>

using namespace ohas::cost;
using device::RingBank;

static double shareDb(double channels, double dbPerChannel,
                      double dbPerDoubling) {
  return device::toDb(channels) + (channels - 1) * dbPerChannel +
         std::log2(channels) * dbPerDoubling;
}

double device::bankChannels(double budgetDb, double dbPerChannel,
                            double dbPerDoubling) {
  if (std::isnan(budgetDb) || !(dbPerChannel >= 0 && dbPerDoubling >= 0))
    return undefined;
  if (budgetDb < 0)
    return 0;
  // 10 log10 N alone ends here; more channels than that nobody builds.
  double end = std::floor(std::min(fromDb(budgetDb), 1e15 - 1)) + 2;
  return largestWhole(1, end, [&](double channels) {
    return shareDb(channels, dbPerChannel, dbPerDoubling) <= budgetDb;
  });
}

static double dbPerChannel(const RingBank &bank) {
  return bank.waveguideDbPerMm * bank.pitchMm + bank.modulatorPassDb +
         bank.ringPassDb;
}

/// What does not depend on N.
static double fixedDb(const RingBank &bank) {
  return bank.waveguideDbPerMm * bank.pitchMm + bank.couplingDb +
         bank.modulatorDb + bank.ringDb + bank.penaltyDb;
}

double device::ringBankDbm(const RingBank &bank, double detectorDbm,
                           double channels) {
  if (!(channels >= 1))
    return undefined;
  return detectorDbm + fixedDb(bank) +
         shareDb(channels, dbPerChannel(bank), bank.splitterDb);
}

double device::ringBankChannels(const RingBank &bank, double detectorDbm) {
  return bankChannels(bank.limitDbm - detectorDbm - fixedDb(bank),
                      dbPerChannel(bank), bank.splitterDb);
}
