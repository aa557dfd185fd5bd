//===- Backend.cpp - ONNX's backend tests against the importer --*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// ohas-onnx-backend FOLDER: imports FOLDER/*/model.onnx, and compares the types
// of its outputs with the tensors in test_data_set_*/output_*.pb. An open dim
// is right only where an operator's shape depends on data.
//
//===----------------------------------------------------------------------===//

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "ohas/Frontend/ONNX/Import.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wall"
#pragma GCC diagnostic ignored "-Wextra"
#include <onnx/onnx_pb.h>
#pragma GCC diagnostic pop

using namespace mlir;
namespace fs = llvm::sys::fs;
namespace path = llvm::sys::path;

/// Operators whose output shapes depend on the values of their inputs.
static bool dependsOnData(const onnx::ModelProto &model) {
  static constexpr StringLiteral operators[] = {
      "NonZero",     "Unique", "Compress", "NonMaxSuppression",
      "StringSplit", "Loop",   "Scan",     "ImageDecoder"};
  return llvm::any_of(model.graph().node(), [](const onnx::NodeProto &node) {
    return llvm::is_contained(operators, node.op_type());
  });
}

static std::string text(Type type) {
  std::string result;
  llvm::raw_string_ostream(result) << type;
  return result;
}

/// The MLIR element type of a data type, as the importer spells it.
static StringRef elementName(int32_t dataType) {
  static constexpr StringLiteral names[] = {"",
                                            "f32",
                                            "ui8",
                                            "i8",
                                            "ui16",
                                            "i16",
                                            "i32",
                                            "i64",
                                            "",
                                            "i1",
                                            "f16",
                                            "f64",
                                            "ui32",
                                            "ui64",
                                            "complex<f32>",
                                            "complex<f64>",
                                            "bf16",
                                            "f8E4M3FN",
                                            "f8E4M3FNUZ",
                                            "f8E5M2",
                                            "f8E5M2FNUZ",
                                            "ui4",
                                            "i4",
                                            "f4E2M1FN",
                                            "f8E8M0FNU",
                                            "ui2",
                                            "i2"};
  return dataType >= 0 && dataType < static_cast<int>(std::size(names))
             ? StringRef(names[dataType])
             : StringRef();
}

/// What is wrong with a type for a tensor, or an empty string.
static std::string judge(Type type, const onnx::TensorProto &tensor,
                         bool mayBeOpen) {
  auto ranked = dyn_cast<RankedTensorType>(type);
  if (!ranked)
    return "has no rank: " + text(type);
  StringRef element = elementName(tensor.data_type());
  if (!element.empty() && text(ranked.getElementType()) != element)
    return "is " + text(type) + " where " + element.str() + " is computed";
  bool fits = ranked.getRank() == tensor.dims_size();
  for (int64_t axis = 0; fits && axis < ranked.getRank(); ++axis)
    fits = ranked.isDynamicDim(axis)
               ? mayBeOpen
               : ranked.getDimSize(axis) == tensor.dims(axis);
  if (fits)
    return "";
  std::string dims =
      llvm::join(llvm::map_range(tensor.dims(),
                                 [](int64_t d) { return std::to_string(d); }),
                 "x");
  return "is " + text(type) + " where " + dims + " is computed";
}

static bool parse(const Twine &file, google::protobuf::Message &message) {
  auto buffer = llvm::MemoryBuffer::getFile(file, false, false);
  return buffer && message.ParseFromArray((*buffer)->getBufferStart(),
                                          (*buffer)->getBufferSize());
}

/// What is wrong with the import of a test, or an empty string.
static std::string runTest(StringRef folder) {
  onnx::ModelProto model;
  std::string file = (folder + "/model.onnx").str();
  if (!parse(file, model))
    return "the model cannot be read";
  MLIRContext context(MLIRContext::Threading::DISABLED);
  std::string error;
  ScopedDiagnosticHandler handler(&context, [&](Diagnostic &diagnostic) {
    if (diagnostic.getSeverity() == DiagnosticSeverity::Error)
      error = diagnostic.str();
    return success();
  });
  auto module = ohas::onnx::importModel(file, context);
  if (failed(module))
    return error;
  auto function = *(*module)->getOps<func::FuncOp>().begin();
  if (function.getNumResults() !=
      static_cast<unsigned>(model.graph().output_size()))
    return "it has another number of outputs";
  bool mayBeOpen = dependsOnData(model);
  for (unsigned set = 0;
       fs::is_directory(folder + "/test_data_set_" + Twine(set)); ++set)
    for (auto [i, type] : llvm::enumerate(function.getResultTypes())) {
      if (!model.graph().output(i).type().has_tensor_type())
        continue;
      onnx::TensorProto tensor;
      if (!parse(folder + "/test_data_set_" + Twine(set) + "/output_" +
                     Twine(i) + ".pb",
                 tensor))
        return "a stored output cannot be read";
      if (std::string why = judge(type, tensor, mayBeOpen); !why.empty())
        return "output " + std::to_string(i) + " " + why;
    }
  return "";
}

int main(int argc, char **argv) {
  if (argc != 2) {
    llvm::errs() << "usage: ohas-onnx-backend FOLDER\n";
    return 1;
  }
  std::error_code error;
  std::vector<std::string> folders;
  for (fs::directory_iterator it(argv[1], error), end; it != end && !error;
       it.increment(error))
    if (fs::exists(it->path() + "/model.onnx"))
      folders.push_back(it->path());
  llvm::sort(folders);
  unsigned passed = 0;
  for (const std::string &folder : folders) {
    std::string why = runTest(folder);
    passed += why.empty();
    if (!why.empty())
      llvm::outs() << path::filename(folder) << ": " << why << "\n";
  }
  llvm::outs() << passed << " of " << folders.size() << " as computed\n";
  return passed == folders.size() && !folders.empty() ? 0 : 1;
}
