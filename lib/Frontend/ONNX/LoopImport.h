//===- LoopImport.h - A loop in the making ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_LOOPIMPORT_H
#define OHAS_LIB_FRONTEND_ONNX_LOOPIMPORT_H

#include "ControlFlow.h"

namespace ohas::onnx {

/// A slice of a scan input, of one iteration.
struct ScanInput {
  mlir::Value whole;
  TypeProto sliceType;
  int64_t axis;
  bool reverse;
};

/// How the slices of all iterations are stacked.
struct ScanOutput {
  bool reversed = false;
  int64_t axis = 0; // from the end if negative
};

/// One Loop or Scan in the making.
struct LoopImport {
  LoopImport(NodeContext &node, const GraphProto &body, bool isLoop)
      : node(node), body(body), isLoop(isLoop) {}

  NodeContext &node;
  const GraphProto &body;
  bool isLoop; // Loop: the body takes the iteration and the condition
  bool isEndless = false; // Loop without a known end: scf.while
  llvm::SmallVector<ValueInfo> initial;
  llvm::SmallVector<ScanInput> scanInputs;
  llvm::SmallVector<ScanOutput> scanOutputs;
  std::optional<int64_t> tripCount; // static
  std::optional<int64_t> mostTrips; // of a loop that may end before
  mlir::Value upperBound;           // index, where there is one
  mlir::Value condition;            // i1 at the start, of scf.while

  llvm::SmallVector<TypeProto> stateTypes;
  llvm::SmallVector<TypeProto>
      scanTypes; // of one iteration; empty: not known yet

  mlir::FailureOr<Results> run();

private:
  enum class Outcome { Done, Again, Failed };
  Outcome attempt(Results &results);
  mlir::LogicalResult importBody(mlir::Value iteration, mlir::ValueRange states,
                                 llvm::SmallVectorImpl<ValueInfo> &outputs,
                                 mlir::Value condition);
  bool widen(llvm::ArrayRef<ValueInfo> outputs);
  mlir::Value initialScan(const TypeProto &type, int64_t axis);
  mlir::Type scanType(const TypeProto &type, int64_t axis);
  mlir::Value append(mlir::Value all, mlir::Value one, mlir::Value iteration,
                     const ScanOutput &output);
  size_t numFixed() const { return isLoop ? 1 : 0; }
};

/// Says how often a loop runs that the model leaves open: as the user says, or
/// `most` times where something bounds it.
void noteTripCount(NodeContext &node, mlir::Operation *loop,
                   std::optional<int64_t> most);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_LOOPIMPORT_H
