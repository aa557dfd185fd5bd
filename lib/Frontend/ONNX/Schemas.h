//===- Schemas.h - What an operator accepts ---------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// libonnx has the schemas of the operators up to the opset it was built with
// (17 in version 1.12). A table of our own has what was added since: new
// operators, and new inputs and attributes of old ones.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_SCHEMAS_H
#define OHAS_LIB_FRONTEND_ONNX_SCHEMAS_H

#include "NodeContext.h"

namespace onnx {
class OpSchema;
} // namespace onnx

namespace ohas::onnx {

/// ONNX's own domains: the default one, ai.onnx.ml and the training ones.
bool isBuiltinDomain(llvm::StringRef domain);

/// libonnx's schema of the node's operator in its opset; null if it has none.
const ::onnx::OpSchema *findLibonnxSchema(const NodeContext &node);

/// The type string ("T", "tensor(int64)") of a formal parameter.
const std::string *formalInputType(const ::onnx::OpSchema &schema, size_t i);
const std::string *formalOutputType(const ::onnx::OpSchema &schema, size_t i);

/// Checks that the operator exists in the node's opset, and the node's inputs,
/// outputs, attributes and element types. Nodes of other domains than ONNX's
/// pass, with one warning for each operator.
mlir::LogicalResult checkSchema(NodeContext &node);

/// What an opset newer than libonnx's gives to an operator.
struct NewerOperator {
  llvm::StringLiteral name;
  int64_t since;
  /// A new operator, or additions to one that libonnx has.
  bool isNew;
  unsigned minInputs, maxInputs, maxOutputs;
  llvm::StringLiteral attributes; // separated by blanks
};
llvm::ArrayRef<NewerOperator> newerOperatorTable();
/// An operator that libonnx may still have, removed in a newer opset.
struct RemovedOperator {
  llvm::StringLiteral name;
  int64_t since;
};
llvm::ArrayRef<RemovedOperator> removedOperatorTable();
/// The rows of `op` that `opset` includes.
llvm::SmallVector<const NewerOperator *> newerOperators(llvm::StringRef op,
                                                        int64_t opset);
/// The first opset that has `op` by our table, or 0.
int64_t newOperatorSince(llvm::StringRef op);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_SCHEMAS_H
