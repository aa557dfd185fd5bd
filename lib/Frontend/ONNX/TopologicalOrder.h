//===- TopologicalOrder.h - Producers before consumers ----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_TOPOLOGICALORDER_H
#define OHAS_LIB_FRONTEND_ONNX_TOPOLOGICALORDER_H

#include "Proto.h"
#include "llvm/ADT/SmallVector.h"

namespace ohas::onnx {

struct TopologicalOrder {
  llvm::SmallVector<int, 0> nodes;
  /// A node on a cycle, if there is one.
  int onCycle = -1;
};

/// The order in which a node's own inputs come first and that otherwise is as
/// given. What subgraphs use of the names around them does not count: ONNX has
/// them see only what comes before.
TopologicalOrder
topologicalOrder(const google::protobuf::RepeatedPtrField<NodeProto> &nodes);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_TOPOLOGICALORDER_H
