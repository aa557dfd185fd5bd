//===- Import.h - ONNX models into optical IR -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// The only public header of the ONNX frontend: no protobuf or onnx header is
// seen through it. Every problem of a model is one diagnostic of the context,
// without a location of its own, that names the file and the node.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_FRONTEND_ONNX_IMPORT_H
#define OHAS_FRONTEND_ONNX_IMPORT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "ohas/Frontend/ONNX/Coverage.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/MemoryBuffer.h"
#include <optional>

namespace ohas::onnx {

/// What becomes of initializers above 64 elements. Smaller ones, and all that
/// are shapes, axes or indices, are always part of the IR.
enum class WeightPolicy {
  /// `dense_resource<"name">` without a blob: a cost needs shapes, not values.
  Elide,
  /// The blob comes along, where possible without a copy of the file's bytes.
  Resource,
};

enum class ModelFormat { Binary, Text };

struct ImportOptions {
  /// Values of symbolic dims: the name of the dim, or `input:axis` for a dim
  /// without a name.
  llvm::StringMap<int64_t> dims;
  /// The size of all other open dims of inputs; nothing leaves them open.
  std::optional<int64_t> dimDefault;
  /// How often loops run whose trip count the model does not fix, by the name
  /// of the node, and of all others.
  llvm::StringMap<int64_t> tripCounts;
  std::optional<int64_t> tripCountDefault;
  WeightPolicy weights = WeightPolicy::Elide;
  /// Filled in with what becomes of the nodes, if not null.
  ImportSummary *summary = nullptr;
};

/// The format by the file's name and, for names that say nothing, its content;
/// nothing if it looks like no ONNX model at all.
std::optional<ModelFormat> guessFormat(llvm::MemoryBufferRef buffer);

/// Loads the dialects that an imported model uses.
void loadDialects(mlir::MLIRContext &context);

/// Imports the model in `buffer`, whose identifier names it in diagnostics and
/// is the folder that external data may be in. With WeightPolicy::Resource the
/// buffer lives as long as the context.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importModel(std::unique_ptr<llvm::MemoryBuffer> buffer, ModelFormat format,
            mlir::MLIRContext &context, const ImportOptions &options = {});

/// Opens `file` ("-" is standard input) and imports it.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importModel(llvm::StringRef file, mlir::MLIRContext &context,
            const ImportOptions &options = {});

} // namespace ohas::onnx

#endif // OHAS_FRONTEND_ONNX_IMPORT_H
