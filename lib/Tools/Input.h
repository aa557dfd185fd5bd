//===- Input.h - Networks from files ----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_TOOLS_INPUT_H
#define OHAS_LIB_TOOLS_INPUT_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"

namespace ohas {
namespace onnx {
struct ImportSummary;
} // namespace onnx

enum class MissingWeights;
enum class InputFormat { MLIR, ONNX, ONNXText };

/// Registers --input-format, --dim, --dim-default, --trip-count and --weights.
void registerInputOptions();

/// What --weights says of those that have no values.
MissingWeights missingWeights();

/// Opens `file` ("-": standard input); null, with a message, if it cannot.
std::unique_ptr<llvm::MemoryBuffer> openInput(llvm::StringRef file);

/// By --input-format, else by content (bytecode) and name. MLIR if nothing
/// speaks for another.
InputFormat inputFormat(llvm::MemoryBufferRef buffer);

/// Imports a model as the options say, and sums up what became of its nodes.
mlir::FailureOr<mlir::OwningOpRef<mlir::ModuleOp>>
importNetwork(std::unique_ptr<llvm::MemoryBuffer> buffer, InputFormat format,
              mlir::MLIRContext &context,
              onnx::ImportSummary *summary = nullptr);

} // namespace ohas

#endif // OHAS_LIB_TOOLS_INPUT_H
