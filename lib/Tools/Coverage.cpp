//===- Coverage.cpp - ohas-opt --coverage -----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Coverage.h"
#include "Input.h"
#include "Outputs.h"
#include "fmt/format.h"
#include "ohas/Analysis/Executions.h"
#include "ohas/Analysis/NetworkAnalysis.h"
#include "ohas/CostModel/Saturating.h"
#include "ohas/Frontend/ONNX/Coverage.h"
#include "ohas/Optical/Optical.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/WithColor.h"

using namespace mlir;
using namespace ohas;

namespace {
/// The work of a module. Operations with open dims are counted, their work is
/// not known.
struct Work {
  int64_t photonicOperations = 0, photonicMacs = 0;
  int64_t electronicOperations = 0, electronicElements = 0;
  int64_t openOperations = 0;
};

struct Report {
  std::string model;
  Work work;
  onnx::ImportSummary summary;
};
} // namespace

static bool hasOpenDims(Operation *op) {
  auto isOpen = [](Type type) {
    auto tensor = dyn_cast<TensorType>(type);
    return tensor && !tensor.hasStaticShape();
  };
  return llvm::any_of(op->getOperandTypes(), isOpen) ||
         llvm::any_of(op->getResultTypes(), isOpen);
}

static Work workOf(ModuleOp module) {
  Work work;
  Executions executions;
  module.walk([&](Operation *op) {
    auto contraction = dyn_cast<optical::OpticalContractionOp>(op);
    auto electronic = dyn_cast<optical::ElectronicOp>(op);
    if (!contraction && !electronic)
      return;
    if (hasOpenDims(op)) {
      ++(contraction ? work.photonicOperations : work.electronicOperations);
      ++work.openOperations;
      return;
    }
    int64_t count = executions.of(op);
    if (contraction) {
      ++work.photonicOperations;
      if (optical::hasNoWork(contraction))
        return;
      if (auto workload = contraction.getWorkload(); succeeded(workload))
        work.photonicMacs = cost::saturatingAdd(
            work.photonicMacs, cost::saturatingMul(workload->macs(), count));
      return;
    }
    ++work.electronicOperations;
    if (auto elements = staticWork(electronic))
      work.electronicElements =
          cost::saturatingAdd(work.electronicElements,
                              cost::saturatingMul(elements->elements, count));
  });
  return work;
}

static void writeText(const Report &report, llvm::raw_ostream &os) {
  const Work &work = report.work;
  os << fmt::format("Model        {}\n", report.model)
     << fmt::format("Photonic     {} operations, {} multiply-accumulates\n",
                    work.photonicOperations, work.photonicMacs)
     << fmt::format("Electronic   {} operations on {} elements\n",
                    work.electronicOperations, work.electronicElements);
  if (work.openOperations)
    os << fmt::format("Not counted  {} operations with open dims (give them "
                      "with --dim or --dim-default)\n",
                      work.openOperations);
  os << fmt::format("\n{:<40} {:>5} {:>6}  {}\n", "Operator", "opset", "nodes",
                    "imported as");
  for (const auto &[key, nodes] : report.summary.nodes) {
    std::string op = key.domain.empty() ? key.op : key.domain + "." + key.op;
    os << fmt::format("{:<40} {:>5} {:>6}  {}{}{}\n", op, key.opset, nodes,
                      onnx::name(key.how).str(), key.detail.empty() ? "" : ": ",
                      key.detail);
  }
}

static void writeJson(const Report &report, llvm::raw_ostream &os) {
  llvm::json::OStream json(os, 2);
  const Work &work = report.work;
  json.object([&] {
    json.attribute("schema", "ohas.coverage/1");
    json.attribute("model", report.model);
    json.attributeObject("photonic", [&] {
      json.attribute("operations", work.photonicOperations);
      json.attribute("macs", work.photonicMacs);
    });
    json.attributeObject("electronic", [&] {
      json.attribute("operations", work.electronicOperations);
      json.attribute("elements", work.electronicElements);
    });
    json.attribute("operations_with_open_dims", work.openOperations);
    json.attributeArray("operators", [&] {
      for (const auto &entry : report.summary.nodes)
        json.object([&] {
          const onnx::ImportSummary::Key &key = entry.first;
          json.attribute("domain", key.domain);
          json.attribute("name", key.op);
          json.attribute("opset", key.opset);
          json.attribute("nodes", entry.second);
          json.attribute("imported_as", onnx::name(key.how));
          json.attribute("detail", key.detail);
        });
    });
    json.attributeArray("unknown", [&] {
      for (const auto &entry : report.summary.nodes)
        if (entry.first.how == onnx::ImportedAs::Unknown)
          json.value(entry.first.domain + "." + entry.first.op);
    });
  });
  os << '\n';
}

int ohas::reportCoverage(llvm::ArrayRef<std::string> inputs, StringRef jsonPath,
                         MLIRContext &context) {
  if (inputs.size() != 1) {
    llvm::WithColor::error(llvm::errs()) << "--coverage takes one model\n";
    return exitBadInput;
  }
  std::unique_ptr<llvm::MemoryBuffer> buffer = openInput(inputs.front());
  if (!buffer)
    return exitBadInput;
  InputFormat format = inputFormat(buffer->getMemBufferRef());
  if (format == InputFormat::MLIR) {
    llvm::WithColor::error(llvm::errs())
        << inputs.front() << ": --coverage takes ONNX models\n";
    return exitBadInput;
  }
  Report report;
  report.model = llvm::sys::path::stem(inputs.front()).str();
  auto module =
      importNetwork(std::move(buffer), format, context, &report.summary);
  if (failed(module))
    return exitBadInput;
  report.work = workOf(**module);
  if (jsonPath != "-")
    writeText(report, llvm::outs());
  bool written = writeContent(
      jsonPath, [&](llvm::raw_ostream &os) { writeJson(report, os); });
  return written ? exitDone : exitBadInput;
}
