//===- Operators.h - The tables of operators --------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// Three tables keyed by (domain, operator, the opset since which it is so):
// how a node's types follow, how its value follows, and what IR it becomes.
// A family of operators adds its rows by one function, in a file of its own.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_OPERATORS_H
#define OHAS_LIB_FRONTEND_ONNX_OPERATORS_H

#include "NodeContext.h"
#include "ohas/CostModel/Electronic.h"
#include <limits>

namespace ohas::onnx {

/// Rows for one operator, the newest that is not newer than the node counts.
/// Looked up several times a node, so by names that are there already.
template <typename Row> class OperatorTable {
public:
  void add(llvm::StringRef op, int64_t since, Row row,
           llvm::StringRef domain = "") {
    rows[op].push_back({domain.str(), since, row});
  }
  void addAll(std::initializer_list<llvm::StringRef> ops, Row row,
              llvm::StringRef domain = "") {
    for (llvm::StringRef op : ops)
      add(op, 1, row, domain);
  }
  bool has(llvm::StringRef op, llvm::StringRef domain) const {
    return find(op, domain, std::numeric_limits<int64_t>::max()) != nullptr;
  }
  Row find(const NodeContext &node) const {
    return find(node.opType(), node.domain(), node.opset);
  }
  /// Calls `visit` with the domain and the operator of every row.
  template <typename Visit> void forEachName(Visit visit) const {
    for (const auto &entry : rows)
      for (const Entry &row : entry.second)
        visit(llvm::StringRef(row.domain), entry.getKey());
  }

private:
  struct Entry {
    std::string domain;
    int64_t since;
    Row row;
  };

  Row find(llvm::StringRef op, llvm::StringRef domain, int64_t opset) const {
    auto found = rows.find(op);
    if (found == rows.end())
      return nullptr;
    Row best = nullptr;
    int64_t bestSince = 0;
    for (const Entry &entry : found->second)
      if (entry.domain == domain && entry.since <= opset &&
          entry.since > bestSince) {
        best = entry.row;
        bestSince = entry.since;
      }
    return best;
  }

  llvm::StringMap<llvm::SmallVector<Entry, 1>> rows;
};

/// Sets outputTypes; what it leaves open stays unknown. Fails with a diagnostic
/// where the node is wrong.
using InferFunction = mlir::LogicalResult (*)(NodeContext &);
/// Sets outputKnown where the value follows.
using EvaluateFunction = void (*)(NodeContext &);
/// Builds the IR of the node's outputs (null for absent ones).
using Results = llvm::SmallVector<mlir::Value>;
using ImportFunction = mlir::FailureOr<Results> (*)(NodeContext &);

using InferTable = OperatorTable<InferFunction>;
using EvaluateTable = OperatorTable<EvaluateFunction>;
using ImportTable = OperatorTable<ImportFunction>;

// Inference/*.cpp: operators that libonnx does not know, or not well enough.
void addWindowInference(InferTable &table);
void addReshapeInference(InferTable &table);
void addMovementInference(InferTable &table);
void addReductionInference(InferTable &table);
void addElementwiseInference(InferTable &table);
void addContractionInference(InferTable &table);
void addResizeInference(InferTable &table);
void addTransformerInference(InferTable &table);
void addQuantizationInference(InferTable &table);
void addContribInference(InferTable &table);
void addContribAttentionInference(InferTable &table);
void addContribContractionInference(InferTable &table);
void addLinearAttentionInference(InferTable &table);
void addSequenceInference(InferTable &table);
void addSpectralInference(InferTable &table);
void addTreeInference(InferTable &table);
void addRecurrentInference(InferTable &table);

// Evaluation/*.cpp
void addShapeEvaluation(EvaluateTable &table);
void addArithmeticEvaluation(EvaluateTable &table);
void addMovementEvaluation(EvaluateTable &table);

// Handlers/*.cpp
void addConvHandlers(ImportTable &table);
void addMatMulHandlers(ImportTable &table);
void addQuantizedHandlers(ImportTable &table);
void addRecurrentHandlers(ImportTable &table);
void addAttentionHandlers(ImportTable &table);
void addContribAttentionHandlers(ImportTable &table);
void addContribConvHandlers(ImportTable &table);
void addContribMatMulHandlers(ImportTable &table);
void addConvGradHandlers(ImportTable &table);
void addCausalConvHandlers(ImportTable &table);
void addLinearAttentionHandlers(ImportTable &table);

const InferTable &inferTable();
const EvaluateTable &evaluateTable();
const ImportTable &importTable();

/// The class of an operator that light does not do. `shape` work is what only
/// relabels elements.
cost::OperationClass operationClass(llvm::StringRef domain, llvm::StringRef op);

/// The import of everything without a handler.
mlir::FailureOr<Results> importElectronic(NodeContext &node);

/// If, Loop and Scan, whose types follow from their subgraphs.
bool isControlFlow(llvm::StringRef domain, llvm::StringRef op);
mlir::FailureOr<Results> importControlFlow(NodeContext &node);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_OPERATORS_H
