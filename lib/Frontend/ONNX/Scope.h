//===- Scope.h - The values that a node can name ----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_SCOPE_H
#define OHAS_LIB_FRONTEND_ONNX_SCOPE_H

#include "KnownTensor.h"
#include "Proto.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/StringMap.h"

namespace ohas::onnx {

/// What the importer knows of one ONNX value.
struct ValueInfo {
  /// Null for a constant that is not in the IR yet: constants appear when they
  /// are first used.
  mlir::Value ir;
  TypeProto type;
  /// The initializer or the value of a Constant node.
  const TensorProto *tensor = nullptr;
  const SparseTensorProto *sparse = nullptr;
  /// An input of a function that its caller leaves out.
  bool isAbsent = false;
  /// Contents, where small and (partly) known.
  KnownTensorRef known;
};

/// The operator sets that a graph or a function imports.
using OpsetImports = llvm::StringMap<int64_t>;

/// The names of a graph. A subgraph sees the names around it, the body of a
/// function sees its own only.
class Scope {
public:
  Scope(const OpsetImports &opsets, Scope *parent = nullptr,
        std::string prefix = {})
      : opsets(opsets), prefix(std::move(prefix)), parent(parent) {}

  ValueInfo *lookup(llvm::StringRef name) {
    for (Scope *scope = this; scope; scope = scope->parent)
      if (auto found = scope->values.find(name); found != scope->values.end())
        return &found->second;
    return nullptr;
  }
  /// Null if the name is taken in this very scope.
  ValueInfo *define(llvm::StringRef name) {
    auto [where, inserted] = values.try_emplace(name);
    return inserted ? &where->second : nullptr;
  }
  bool defines(llvm::StringRef name) const { return values.contains(name); }

  const OpsetImports &opsets;
  /// In front of the names of nodes: the calls that lead here.
  std::string prefix;
  /// The types that the graph declares for its intermediate values.
  llvm::StringMap<const TypeProto *> declared;

private:
  Scope *parent;
  llvm::StringMap<ValueInfo> values;
};

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_SCOPE_H
