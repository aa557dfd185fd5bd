//===- DesignSearch.h - The design space of given networks ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_DESIGNSEARCH_H
#define OHAS_LIB_TOOLS_DESIGNSEARCH_H

#include "PipelineAudit.h"
#include "ohas/Report/Report.h"
#include "ohas/Search/Journal.h"
#include "ohas/Search/NetworkEvaluator.h"
#include "ohas/Search/Search.h"
#include "ohas/Tools/Driver.h"

namespace ohas {

/// One search: the accelerator's knobs and constraints on one side, the work of
/// one or more networks on the other.
class DesignSearch {
public:
  DesignSearch(llvm::MutableArrayRef<NamedNetwork> networks,
               const DriverOptions &options)
      : nets(networks), driver(options) {}

  /// Reads accelerator, knobs, constraints and networks; says what is wrong
  /// with them.
  mlir::LogicalResult prepare();

  search::SearchResult
  run(const std::atomic<bool> &cancel,
      std::function<void(const search::Progress &)> progress);

  /// What the neighbours of a design along each knob do to the (first)
  /// objective.
  std::vector<report::Sensitivity>
  sensitivities(const search::EvaluatedDesign &winner);

  /// What would make the design nearest to the defaults feasible, if light
  /// cannot build it.
  std::vector<std::string> suggestions() const;

  /// Names and sizes of the networks, for a report without a design.
  std::vector<report::Model> describeNetworks() const;

  llvm::ArrayRef<NamedNetwork> networks() const { return nets; }
  const DriverOptions &options() const { return driver; }
  const search::MapperOptions &mapperOptions() const { return mapper; }
  /// Of all networks and designs so far.
  const std::shared_ptr<search::MapperMemo> &knownMappings() const {
    return known;
  }
  const search::FrontAxes &frontAxes() const { return searchOptions.front; }
  const cost::AcceleratorSpec &spec() const { return accelerator; }
  llvm::StringRef acceleratorName() const { return loadedName; }
  /// Null unless designs go through the pass pipeline.
  const PipelineAudit *pipelineAudit() const { return audit.get(); }

private:
  mlir::LogicalResult prepareAccelerator();
  mlir::LogicalResult prepareNetworks();
  mlir::LogicalResult prepareOptions();
  std::string fingerprint() const;
  /// All networks on one design, weighted.
  search::Outcome evaluate(const cost::DesignPoint &point,
                           const search::Bar &bar);
  search::Outcome evaluateOnce(const cost::DesignPoint &point,
                               const search::Bar &bar);
  search::Outcome bound(const cost::DesignPoint &point);

  llvm::MutableArrayRef<NamedNetwork> nets;
  const DriverOptions &driver;
  search::Goal objective;
  search::MapperOptions mapper;
  std::shared_ptr<search::MapperMemo> known;
  search::SearchOptions searchOptions;
  std::string loadedName, acceleratorText;
  cost::AcceleratorSpec accelerator;
  std::optional<search::DesignSpace> space;
  /// Those that only the sum over several networks can be held against.
  std::vector<search::Constraint> constraints, sumConstraints;
  std::vector<search::NetworkWork> works;
  std::vector<std::unique_ptr<search::NetworkEvaluator>> evaluators;
  std::unique_ptr<search::Journal> journal;
  std::once_flag journalFailed;
  std::unique_ptr<PipelineAudit> audit;
};

} // namespace ohas

#endif // OHAS_LIB_TOOLS_DESIGNSEARCH_H
