//===- Driver.h - What ohas-opt does with networks --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_TOOLS_DRIVER_H
#define OHAS_TOOLS_DRIVER_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/ADT/ArrayRef.h"
#include <optional>
#include <string>
#include <vector>

namespace ohas::search {
enum class StrategyKind : uint8_t;
} // namespace ohas::search

namespace ohas {

/// Exit statuses of ohas-opt; scripts rely on them.
enum ExitStatus {
  exitDone = 0,         ///< also when a search's budget ran out
  exitBadInput = 1,     ///< or an output that cannot be written
  exitInfeasible = 2,   ///< no feasible design; the report says why
  exitInterrupted = 130 ///< the report holds the best so far
};

struct NamedNetwork {
  std::string name;
  double weight = 1;
  mlir::OwningOpRef<mlir::ModuleOp> module;
};

/// A figure whose derivation is asked for.
struct TraceRequest {
  std::string layer, component;
};

/// Whose figures a search compares: those of the cost model, or those that the
/// pass pipeline annotates, which are the same at more time.
enum class SearchEvaluator { Model, Pipeline };

/// What the user asked for, with the defaults of the command line.
struct DriverOptions {
  std::string accelerator;             ///< empty: the module's, or the default
  std::vector<std::string> knobs;      ///< name=value, or ranges for a search
  std::string devices;                 ///< device set
  std::vector<std::string> deviceSets; ///< to compare; the first is reported
  std::vector<std::string> overrides;  ///< device values, name=value
  std::string objective = "edp";
  std::string reading = "mapped";
  uint64_t mappingBudget = 2000; ///< mappings per distinct layer
  uint64_t proofBudget = 5000;   ///< nodes per distinct layer
  bool proveNetwork = false;     ///< bound the sums over all mappings
  uint64_t seed = 0;
  std::string jsonPath, csvPath, irPath; ///< empty: not written; "-": stdout
  unsigned maxLayers = 20;               ///< in the table
  std::string showMapping;               ///< layer whose loops are shown
  std::optional<TraceRequest> trace;     ///< estimates only

  // Searches only.
  std::vector<std::string> constraints;
  SearchEvaluator searchEvaluator = SearchEvaluator::Model;
  unsigned jobs = 0; ///< 0: as many as there are cores
  std::optional<double> budgetSeconds;
  search::StrategyKind strategy = {}; ///< by the size of the space
  uint64_t sampleLimit = 2048; ///< designs of an evolution or random search
  std::string front = "latency,energy,area";
  std::string journalPath; ///< empty: none
};

/// The accelerator of a search or an estimate that names none.
inline constexpr llvm::StringLiteral defaultAccelerator =
    "broadcast-and-weight";

/// Maps the networks onto one design, annotates and reports. The result is an
/// exit status; what went wrong has been said.
int runEstimate(llvm::MutableArrayRef<NamedNetwork> networks,
                const DriverOptions &options);

/// Finds the best design for the networks and reports it.
int runSearch(llvm::MutableArrayRef<NamedNetwork> networks,
              const DriverOptions &options);

/// Names, knobs, ranges, device sets and citations of the shipped
/// accelerators: a table on stdout, or JSON at `jsonPath`.
int listAccelerators(llvm::StringRef jsonPath);

} // namespace ohas

#endif // OHAS_TOOLS_DRIVER_H
