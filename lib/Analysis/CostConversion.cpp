//===- CostConversion.cpp - Costs as attributes and as values ---*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "mlir/IR/Builders.h"
#include "ohas/Analysis/AcceleratorAnalysis.h"
#include "llvm/Support/MathExtras.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::optical;

cost::Cost ohas::toCost(CostAttr attribute) {
  cost::Cost result;
  result.latencyPs = attribute.getLatencyPs();
  result.energyFj = attribute.getEnergyFj();
  result.cycles = attribute.getCycles();
  result.macs = attribute.getMacs();
  if (attribute.getBoundBy())
    result.boundBy = attribute.getBoundBy().str();
  if (attribute.getBreakdown())
    for (NamedAttribute entry : attribute.getBreakdown())
      result.energyBreakdownFj.push_back(
          {entry.getName().str(),
           cast<IntegerAttr>(entry.getValue()).getInt()});
  return result;
}

CostAttr ohas::fromCost(MLIRContext *context, const cost::Cost &value) {
  Builder builder(context);
  std::map<std::string, int64_t> shares;
  for (const cost::Share &share : value.energyBreakdownFj) {
    int64_t &sum = shares[share.component];
    if (llvm::AddOverflow(sum, share.value, sum))
      sum = INT64_MAX;
  }
  NamedAttrList breakdown;
  for (const auto &[component, share] : shares)
    if (share != 0)
      breakdown.append(component, builder.getI64IntegerAttr(share));
  StringAttr boundBy = value.boundBy.empty()
                           ? StringAttr()
                           : builder.getStringAttr(value.boundBy);
  return CostAttr::get(context, value.latencyPs, value.energyFj, value.cycles,
                       value.macs, boundBy,
                       breakdown.empty() ? DictionaryAttr()
                                         : breakdown.getDictionary(context));
}
