//===- NodeContext.h - One node while it is imported ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
//
// All that inference, evaluation and the handlers see of a node: attributes
// with their defaults, types, known contents and the IR of its inputs.
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_NODECONTEXT_H
#define OHAS_LIB_FRONTEND_ONNX_NODECONTEXT_H

#include "ElementTypes.h"
#include "Scope.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/Diagnostics.h"

namespace onnx {
class OpSchema;
} // namespace onnx

namespace ohas::onnx {

class Importer;

class NodeContext {
public:
  NodeContext(Importer &importer, Scope &scope, const NodeProto &proto,
              std::string name, int64_t opset);

  // The node.
  llvm::StringRef opType() const { return proto.op_type(); }
  llvm::StringRef domain() const { return canonicalDomain(proto.domain()); }
  /// "onnx.Relu", "com.microsoft.FusedConv".
  std::string qualifiedName() const;
  mlir::Location loc() const;
  mlir::InFlightDiagnostic emitError() const;
  mlir::InFlightDiagnostic emitWarning() const;
  /// Ends the import with this error: by an exception, which importModel
  /// reports. For what is found out deep in building IR.
  [[noreturn]] void fail(const llvm::Twine &what) const;

  // Attributes.
  const AttributeProto *attribute(llvm::StringRef name) const;
  int64_t getInt(llvm::StringRef name, int64_t otherwise) const;
  double getFloat(llvm::StringRef name, double otherwise) const;
  llvm::StringRef getString(llvm::StringRef name,
                            llvm::StringRef otherwise = "") const;
  /// Empty if absent.
  llvm::SmallVector<int64_t> getInts(llvm::StringRef name) const;

  // Inputs. An absent optional input is null.
  size_t numInputs() const { return inputs.size(); }
  bool hasInput(size_t i) const { return i < inputs.size() && inputs[i]; }
  int32_t inputType(size_t i) const;
  std::optional<Shape> inputShape(size_t i) const;
  const KnownTensor *known(size_t i) const;
  /// The value of an input (or of the attribute that it once was) as integers.
  std::optional<llvm::SmallVector<int64_t>> knownInts(size_t i) const;
  /// The IR of an input; a constant comes into being now. Fails if the input is
  /// absent, as operators without a schema are not checked before.
  mlir::Value ir(size_t i);

  // Outputs.
  size_t numOutputs() const { return proto.output_size(); }
  bool hasOutput(size_t i) const {
    return i < numOutputs() && !proto.output(i).empty();
  }
  void setOutput(size_t i, int32_t elementType);
  void setOutput(size_t i, int32_t elementType, llvm::ArrayRef<Dim> shape);
  std::optional<Shape> outputShape(size_t i) const;
  mlir::Type outputIrType(size_t i) const;

  Importer &importer;
  Scope &scope;
  const NodeProto &proto;
  std::string name;
  int64_t opset;
  llvm::SmallVector<ValueInfo *, 4> inputs;
  llvm::SmallVector<TypeProto, 1> outputTypes;
  llvm::SmallVector<KnownTensorRef, 1> outputKnown;
  /// The location, made when it is first asked for.
  mutable std::optional<mlir::Location> location;
  /// What findLibonnxSchema found for `schemaOpset`.
  mutable const ::onnx::OpSchema *schema = nullptr;
  mutable int64_t schemaOpset = 0;
  /// Why light does not do what it could, if so.
  std::string obstacle;

  mlir::OpBuilder &builder() const;
};

/// Dims of a tensor type, if it has a rank.
std::optional<Shape> shapeOf(const TypeProto &type);
int32_t elementTypeOf(const TypeProto &type);
void setTensorType(TypeProto &type, int32_t elementType);
void setTensorType(TypeProto &type, int32_t elementType,
                   llvm::ArrayRef<Dim> shape);
/// "float[1, 3, N]", "seq(int64[?])".
std::string toString(const TypeProto &type);
std::string toString(llvm::ArrayRef<Dim> shape);

/// `axis` counted from the front, if it is one of `rank`.
std::optional<int64_t> normalizeAxis(int64_t axis, int64_t rank);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_NODECONTEXT_H
