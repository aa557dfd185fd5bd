//===- PipelineAudit.cpp - Every design through the passes ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "PipelineAudit.h"
#include "DesignPipeline.h"
#include "fmt/format.h"
#include "mlir/Bytecode/BytecodeWriter.h"
#include "mlir/Parser/Parser.h"
#include "llvm/Support/SourceMgr.h"

using namespace mlir;
using namespace ohas;

/// A context never forgets an attribute, and each design brings new mappings: a
/// worker is replaced after so many.
static constexpr unsigned designsPerWorker = 64;

/// An unthreaded context with the networks in it.
struct PipelineAudit::Worker {
  explicit Worker(const PipelineAudit &audit);
  bool hasNetworks() const {
    return llvm::all_of(networks, [](const NamedNetwork &network) {
      return bool(network.module);
    });
  }

  MLIRContext context;
  std::string said; ///< diagnostics of the design at hand
  ScopedDiagnosticHandler handler;
  std::vector<NamedNetwork> networks;
  unsigned designs = 0;
};

PipelineAudit::Worker::Worker(const PipelineAudit &audit)
    : context(audit.registry, MLIRContext::Threading::DISABLED),
      handler(&context, [this](Diagnostic &diagnostic) {
        said += "\n  " + diagnostic.str();
      }) {
  context.printOpOnDiagnostic(false);
  for (const Network &network : audit.networks) {
    llvm::SourceMgr sources;
    sources.AddNewSourceBuffer(
        llvm::MemoryBuffer::getMemBuffer(network.bytecode->getMemBufferRef(),
                                         /*RequiresNullTerminator=*/false),
        llvm::SMLoc());
    networks.push_back(
        {network.name, network.weight,
         parseSourceFile<ModuleOp>(sources, ParserConfig(&context))});
  }
}

/// Aligned as a file would be, for the weights in it.
static std::unique_ptr<llvm::MemoryBuffer> toBytecode(ModuleOp module) {
  std::string bytes;
  llvm::raw_string_ostream os(bytes);
  // It fails for old versions of the format only.
  (void)writeBytecodeToFile(module, os);
  auto buffer = llvm::WritableMemoryBuffer::getNewUninitMemBuffer(
      bytes.size(), "network", llvm::Align(64));
  llvm::copy(bytes, buffer->getBufferStart());
  return buffer;
}

PipelineAudit::PipelineAudit(llvm::ArrayRef<NamedNetwork> networks,
                             StringRef accelerator,
                             const search::MapperOptions &mapper)
    : accelerator(accelerator), mapper(mapper),
      registry(
          networks.front().module.get().getContext()->getDialectRegistry()) {
  for (const NamedNetwork &network : networks)
    this->networks.push_back(
        {network.name, network.weight, toBytecode(network.module.get())});
}

PipelineAudit::~PipelineAudit() = default;

std::unique_ptr<PipelineAudit::Worker> PipelineAudit::takeWorker() {
  {
    std::lock_guard lock(mutex);
    if (!idle.empty()) {
      std::unique_ptr<Worker> worker = std::move(idle.back());
      idle.pop_back();
      return worker;
    }
  }
  return std::make_unique<Worker>(*this);
}

llvm::Error PipelineAudit::compare(Worker &worker,
                                   const search::Candidate &candidate,
                                   search::Outcome &outcome) const {
  if (!worker.hasNetworks())
    return llvm::createStringError(
        "internal error: a network cannot be read back from its bytecode" +
        worker.said);
  worker.said.clear();
  llvm::Expected<PipelineDesign> design =
      runPipeline(worker.networks, accelerator, mapper, candidate.point);
  if (!design)
    return llvm::createStringError(llvm::toString(design.takeError()) +
                                   worker.said);
  search::Totals promised = outcome.totals;
  outcome.totals = design->totals();
  return checkPromise(candidate.point, promised, outcome.totals);
}

void PipelineAudit::check(const search::Candidate &candidate,
                          search::Outcome &outcome) {
  if (outcome.status != search::Status::Feasible)
    return;
  std::unique_ptr<Worker> worker = takeWorker();
  llvm::Error error = compare(*worker, candidate, outcome);
  bool isSpent = ++worker->designs >= designsPerWorker;
  std::lock_guard lock(mutex);
  ++checked;
  if (!isSpent)
    idle.push_back(std::move(worker));
  if (!error)
    return;
  // Whoever comes first in the space, not in time.
  std::string message = llvm::toString(std::move(error));
  if (disagreements++ == 0 || candidate.number < firstNumber) {
    firstNumber = candidate.number;
    first = std::move(message);
  }
}

uint64_t PipelineAudit::designs() const {
  std::lock_guard lock(mutex);
  return checked;
}

llvm::Error PipelineAudit::disagreement() const {
  std::lock_guard lock(mutex);
  if (disagreements == 0)
    return llvm::Error::success();
  return llvm::createStringError(
      disagreements == 1 ? first
                         : fmt::format("{}\n  ({} of {} designs disagree)",
                                       first, disagreements, checked));
}
