//===- Node.h - An operation to be lowered ----------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_NODE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_NODE_H

#include "ohas/Conversion/LinalgBuilders.h"
#include "ohas/Optical/Optical.h"

namespace ohas::electronic {

/// What a lowering gives: a value a result, or a failure that Node::fail made.
using Lowered = mlir::FailureOr<llvm::SmallVector<mlir::Value>>;

/// An `optical.electronic` as a node of ONNX: inputs by their place, also where
/// some before are absent; attributes with defaults; and the builder.
class Node {
public:
  Node(mlir::OpBuilder &b, optical::ElectronicOp op);

  mlir::OpBuilder &b;
  mlir::Location loc;
  mutable optical::ElectronicOp op; // accessors of operations are not const
  /// Why it cannot be lowered.
  std::string failure;
  Lowered fail(const llvm::Twine &why);

  /// Without its domain.
  llvm::StringRef name() const;
  /// That of the operator set; a new one if it is not known.
  int64_t opset() const { return op.getOpset().value_or(99); }

  unsigned numInputs() const { return places.size(); }
  bool has(unsigned i) const { return i < places.size() && places[i] >= 0; }
  /// All are signless tensors, as arithmetic takes them.
  mlir::Value input(unsigned i);
  mlir::RankedTensorType type(unsigned i) const;
  mlir::Type element(unsigned i) const { return type(i).getElementType(); }
  bool isInputUnsigned(unsigned i) const;
  llvm::ArrayRef<int64_t> shape(unsigned i) const { return type(i).getShape(); }
  int64_t rank(unsigned i) const { return type(i).getRank(); }

  unsigned numResults() const { return op->getNumResults(); }
  mlir::RankedTensorType resultType(unsigned i = 0) const;
  bool isResultUnsigned(unsigned i = 0) const;

  bool hasAttribute(llvm::StringRef name) const;
  int64_t getInt(llvm::StringRef name, int64_t otherwise = 0) const;
  /// Of a number, or of a tensor that is one.
  double getNumber(llvm::StringRef name, double otherwise = 0) const;
  double getFloat(llvm::StringRef name, double otherwise = 0) const;
  llvm::StringRef getString(llvm::StringRef name,
                            llvm::StringRef otherwise = "") const;
  std::optional<llvm::SmallVector<int64_t>> getInts(llvm::StringRef name) const;

  /// The contents of a constant operand.
  std::optional<llvm::SmallVector<int64_t>> constantInts(unsigned i) const;
  std::optional<llvm::SmallVector<double>> constantFloats(unsigned i) const;
  /// Ints that are an attribute in old forms of an operator, and an input in
  /// new ones.
  std::optional<llvm::SmallVector<int64_t>> intsOf(llvm::StringRef attribute,
                                                   unsigned i) const;
  /// A negative axis counts from the end.
  static int64_t wrapAxis(int64_t axis, int64_t rank) {
    return axis < 0 ? axis + rank : axis;
  }

private:
  mlir::Value original(unsigned i) const;
  mlir::Attribute attribute(llvm::StringRef name) const;
  llvm::SmallVector<int64_t> places; // of the op's inputs; -1: absent
};

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_NODE_H
