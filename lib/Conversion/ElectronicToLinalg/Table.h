//===- Table.h - How each operator is lowered -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_TABLE_H
#define OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_TABLE_H

//
// To add an operator, write its lowering in the file of its kind and a row in
// that file's table.
//
#include "Node.h"
#include "llvm/ADT/StringRef.h"

namespace ohas::electronic {

struct Row {
  /// As `optical.electronic` has it, without "onnx.".
  llvm::StringLiteral name;
  Lowered (*lower)(Node &);
};

llvm::ArrayRef<Row> unaryRows();
llvm::ArrayRef<Row> activationRows();
llvm::ArrayRef<Row> binaryRows();
llvm::ArrayRef<Row> comparisonRows();
llvm::ArrayRef<Row> shapeRows();
llvm::ArrayRef<Row> sliceRows();
llvm::ArrayRef<Row> gatherRows();
llvm::ArrayRef<Row> selectionRows();
llvm::ArrayRef<Row> generatorRows();
llvm::ArrayRef<Row> poolingRows();
llvm::ArrayRef<Row> unpoolingRows();
llvm::ArrayRef<Row> einsumRows();
llvm::ArrayRef<Row> reductionRows();
llvm::ArrayRef<Row> scanRows();
llvm::ArrayRef<Row> softmaxRows();
llvm::ArrayRef<Row> lossRows();
llvm::ArrayRef<Row> normalisationRows();
llvm::ArrayRef<Row> skipNormalisationRows();
llvm::ArrayRef<Row> channelNormalisationRows();
llvm::ArrayRef<Row> resizeRows();
llvm::ArrayRef<Row> gridRows();
llvm::ArrayRef<Row> deformableRows();
llvm::ArrayRef<Row> windowRows();
llvm::ArrayRef<Row> fourierRows();
llvm::ArrayRef<Row> quantisationRows();
llvm::ArrayRef<Row> requantisationRows();
llvm::ArrayRef<Row> qlinearRows();
llvm::ArrayRef<Row> qonnxRows();
llvm::ArrayRef<Row> attentionRows();
llvm::ArrayRef<Row> rotaryRows();

/// The row of an operation's name; null if there is none.
const Row *findRow(llvm::StringRef name);

} // namespace ohas::electronic

#endif // OHAS_LIB_CONVERSION_ELECTRONICTOLINALG_TABLE_H
