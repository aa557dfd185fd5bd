//===- Properties.cpp - Names of the numeric properties ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/AcceleratorSpec.h"

using namespace ohas::cost;

// All sorted.
static constexpr llvm::StringRef memoryProperties[] = {
    "accumulate_limit",
    "area_um2",
    "capacity_bits",
    "clock_ghz",
    "count",
    "read_bits_per_cycle",
    "read_fj_per_bit",
    "static_uw",
    "weights_resident",
    "write_bits_per_cycle",
    "write_elements_per_ns",
    "write_fj_per_bit",
    "write_latency_ns",
};
static constexpr llvm::StringRef converterProperties[] = {
    "area_um2",  "bits",     "clock_ghz", "count",
    "energy_fj", "rate_ghz", "static_uw",
};
static constexpr llvm::StringRef fanoutProperties[] = {
    "area_um2",  "clock_ghz",  "count",      "extent",
    "max_input", "max_output", "max_weight", "static_uw",
};
static constexpr llvm::StringRef componentProperties[] = {
    "area_um2",
    "clock_ghz",
    "count",
    "static_uw",
};
static constexpr llvm::StringRef computeProperties[] = {
    "area_um2", "clock_ghz", "count", "energy_fj", "static_uw",
};
static constexpr llvm::StringRef ofAccelerator[] = {
    "accumulator_bits", "clock_ghz",   "fill_ns",
    "input_bits",       "output_bits", "weight_bits",
};
static constexpr llvm::StringRef ofVectorUnit[] = {
    "area_um2", "clock_ghz", "elements_per_cycle", "overlap", "static_uw",
};

llvm::ArrayRef<llvm::StringRef> ohas::cost::levelProperties(LevelKind kind) {
  switch (kind) {
  case LevelKind::Memory:
    return memoryProperties;
  case LevelKind::Converter:
    return converterProperties;
  case LevelKind::Fanout:
    return fanoutProperties;
  case LevelKind::Component:
    return componentProperties;
  case LevelKind::Compute:
    return computeProperties;
  }
  return {};
}

llvm::ArrayRef<llvm::StringRef> ohas::cost::acceleratorProperties() {
  return ofAccelerator;
}

llvm::ArrayRef<llvm::StringRef> ohas::cost::vectorUnitProperties() {
  return ofVectorUnit;
}
