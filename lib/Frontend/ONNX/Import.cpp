//===- Import.cpp - ONNX models into optical IR -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Frontend/ONNX/Import.h"
#include "Container.h"
#include "Importer.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/Dialect/SCF/IR/SCF.h"
#include "mlir/Dialect/Tensor/IR/Tensor.h"
#include "ohas/Optical/Optical.h"
#include <google/protobuf/stubs/logging.h>

using namespace mlir;
using namespace ohas::onnx;

std::optional<ModelFormat>
ohas::onnx::guessFormat(llvm::MemoryBufferRef buffer) {
  StringRef name = buffer.getBufferIdentifier();
  if (name.ends_with(".onnxtxt") || name.ends_with(".onnxtext"))
    return ModelFormat::Text;
  if (name.ends_with(".onnx"))
    return ModelFormat::Binary;
  if (looksLikeTextModel(buffer.getBuffer()))
    return ModelFormat::Text;
  // ir_version, the first field of every exporter: tag 8 and a small number.
  StringRef bytes = buffer.getBuffer();
  if (bytes.size() > 2 && bytes[0] == 8 && bytes[1] > 0 && bytes[1] < 32)
    return ModelFormat::Binary;
  return std::nullopt;
}

void ohas::onnx::loadDialects(MLIRContext &context) {
  context
      .loadDialect<optical::OpticalDialect, arith::ArithDialect,
                   func::FuncDialect, scf::SCFDialect, tensor::TensorDialect>();
}

FailureOr<OwningOpRef<ModuleOp>>
ohas::onnx::importModel(std::unique_ptr<llvm::MemoryBuffer> buffer,
                        ModelFormat format, MLIRContext &context,
                        const ImportOptions &options) {
  std::string file = buffer->getBufferIdentifier().str();
  if (file == "-" || file == "<stdin>")
    file = "<stdin>";
  auto fail = [&](const Twine &what) -> FailureOr<OwningOpRef<ModuleOp>> {
    return mlir::emitError(UnknownLoc::get(&context)) << file << ": " << what;
  };
  // What protobuf would print comes from us, in one line.
  google::protobuf::SetLogHandler(nullptr);
  loadDialects(context);
  try {
    LoadedModel model;
    if (llvm::Error error = readModel(std::move(buffer), format, model))
      return fail(llvm::toString(std::move(error)));
    if (llvm::Error error = checkModelVersions(model.proto))
      return fail(llvm::toString(std::move(error)));
    return Importer(model, file, context, options).run();
  } catch (const std::bad_alloc &) {
    return fail("not enough memory");
  } catch (const std::exception &error) {
    return fail(StringRef(error.what()).split('\n').first);
  }
}

FailureOr<OwningOpRef<ModuleOp>>
ohas::onnx::importModel(StringRef file, MLIRContext &context,
                        const ImportOptions &options) {
  auto buffer = llvm::MemoryBuffer::getFileOrSTDIN(
      file, /*IsText=*/false, /*RequiresNullTerminator=*/false);
  if (std::error_code error = buffer.getError())
    return mlir::emitError(UnknownLoc::get(&context))
           << file << ": " << error.message();
  ModelFormat format =
      guessFormat((*buffer)->getMemBufferRef()).value_or(ModelFormat::Binary);
  return importModel(std::move(*buffer), format, context, options);
}
