//===- PipelineAudit.h - Every design through the passes --------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// For --search-evaluator=pipeline: what the passes say of a design takes the
// place of what the cost model says, and the two are compared.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_PIPELINEAUDIT_H
#define OHAS_LIB_TOOLS_PIPELINEAUDIT_H

#include "ohas/Search/Outcome.h"
#include "ohas/Tools/Driver.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include <memory>
#include <mutex>

namespace ohas {

/// May be used by several threads at once: each design has an MLIR context for
/// itself while it is looked at.
class PipelineAudit {
public:
  /// Takes a copy of the networks as they are now.
  PipelineAudit(llvm::ArrayRef<NamedNetwork> networks,
                llvm::StringRef accelerator,
                const search::MapperOptions &mapper);
  ~PipelineAudit();

  /// Gives a feasible design the pipeline's figures. Rejected ones stay as they
  /// are: the pipeline would map them all the same.
  void check(const search::Candidate &candidate, search::Outcome &outcome);

  /// How many went through the pipeline.
  uint64_t designs() const;

  /// What was wrong with the first candidate that pipeline and model do not
  /// agree on, and how many there are.
  llvm::Error disagreement() const;

private:
  struct Network {
    std::string name;
    double weight;
    std::unique_ptr<llvm::MemoryBuffer> bytecode;
  };
  struct Worker;

  std::unique_ptr<Worker> takeWorker();
  llvm::Error compare(Worker &worker, const search::Candidate &candidate,
                      search::Outcome &outcome) const;

  std::vector<Network> networks;
  std::string accelerator;
  search::MapperOptions mapper;
  const mlir::DialectRegistry &registry;

  mutable std::mutex mutex; // of all below
  std::vector<std::unique_ptr<Worker>> idle;
  uint64_t checked = 0, disagreements = 0;
  uint64_t firstNumber = 0; ///< of the candidate that `first` is about
  std::string first;
};

} // namespace ohas

#endif // OHAS_LIB_TOOLS_PIPELINEAUDIT_H
