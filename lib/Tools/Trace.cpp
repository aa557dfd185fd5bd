//===- Trace.cpp - ohas-opt --trace -----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Trace.h"
#include "NameTable.h"
#include "fmt/format.h"
#include "ohas/Analysis/OperationName.h"
#include "ohas/CostModel/Trace.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;

static bool fail(const std::string &message) {
  llvm::WithColor::error(llvm::errs()) << message << '\n';
  return false;
}

static void print(const cost::Trace &trace, const std::string &layer,
                  llvm::raw_ostream &os) {
  os << fmt::format("Energy of {} in {}: {} fJ (once rounded)\n",
                    trace.component, layer, trace.energyFj);
  if (!trace.source.empty())
    os << fmt::format("  level from: {}\n", trace.source);
  for (const cost::TraceTerm &term : trace.terms) {
    os << fmt::format("\n  {} = {} fJ\n", term.formula, term.fj);
    for (const cost::TraceTerm::Factor &factor : term.factors)
      os << fmt::format("    {:<16} {:<24} {}\n", factor.what,
                        withUnit(factor.value, factor.unit), factor.from);
  }
  if (trace.terms.empty())
    os << "  nothing costs energy here\n";
  if (trace.names.empty())
    return;
  os << "\n  where\n";
  printNames(trace.names, os);
}

bool ohas::printTrace(const CostAnalysis &costs, const TraceRequest &request,
                      llvm::raw_ostream &os) {
  const OperationCost *found = nullptr;
  bool isElectronic = false;
  for (const OperationCost &entry : costs.operations()) {
    if (operationName(entry.op) != request.layer)
      continue;
    isElectronic |= !entry.photonic;
    // A layer's bias and activation have its name too.
    if (entry.photonic && !found)
      found = &entry;
  }
  if (!found && isElectronic)
    return fail(fmt::format("layer '{}' is electronic work, which --trace does "
                            "not follow",
                            request.layer));
  if (!found)
    return fail(fmt::format("there is no layer '{}' to trace (--json and --csv "
                            "list all)",
                            request.layer));
  const TargetAccelerator &target = costs.target();
  llvm::Expected<cost::Trace> trace = cost::traceEnergy(
      target.spec, target.point, target.accelerator, found->workload,
      found->mapping, found->counts, found->cost.latencyPs, request.component);
  if (!trace)
    return fail(llvm::toString(trace.takeError()));
  print(*trace, request.layer, os);
  return true;
}
