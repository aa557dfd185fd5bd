//===- Table.cpp - How each operator is lowered -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Table.h"
#include "llvm/ADT/StringMap.h"

using namespace ohas::electronic;

const Row *ohas::electronic::findRow(llvm::StringRef name) {
  static const llvm::StringMap<const Row *> table = [] {
    llvm::StringMap<const Row *> table;
    for (llvm::ArrayRef<Row> rows : {unaryRows(),
                                     activationRows(),
                                     binaryRows(),
                                     comparisonRows(),
                                     shapeRows(),
                                     sliceRows(),
                                     gatherRows(),
                                     selectionRows(),
                                     generatorRows(),
                                     poolingRows(),
                                     unpoolingRows(),
                                     einsumRows(),
                                     reductionRows(),
                                     scanRows(),
                                     softmaxRows(),
                                     normalisationRows(),
                                     skipNormalisationRows(),
                                     channelNormalisationRows(),
                                     resizeRows(),
                                     gridRows(),
                                     deformableRows(),
                                     windowRows(),
                                     fourierRows(),
                                     quantisationRows(),
                                     requantisationRows(),
                                     qlinearRows(),
                                     qonnxRows(),

                                     lossRows(),
                                     attentionRows(),
                                     rotaryRows()})
      for (const Row &row : rows)
        table[row.name] = &row;
    return table;
  }();
  name.consume_front("onnx.");
  return table.lookup(name);
}
