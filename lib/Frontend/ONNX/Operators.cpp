//===- Operators.cpp - The tables of operators ------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Operators.h"

using namespace ohas::onnx;

const InferTable &ohas::onnx::inferTable() {
  static const InferTable table = [] {
    InferTable table;
    addWindowInference(table);
    addReshapeInference(table);
    addMovementInference(table);
    addReductionInference(table);
    addElementwiseInference(table);
    addContractionInference(table);
    addResizeInference(table);
    addTransformerInference(table);
    addQuantizationInference(table);
    addContribInference(table);
    addContribAttentionInference(table);
    addContribContractionInference(table);
    addLinearAttentionInference(table);
    addSequenceInference(table);
    addSpectralInference(table);
    addTreeInference(table);
    addRecurrentInference(table);
    return table;
  }();
  return table;
}

const EvaluateTable &ohas::onnx::evaluateTable() {
  static const EvaluateTable table = [] {
    EvaluateTable table;
    addShapeEvaluation(table);
    addArithmeticEvaluation(table);
    addMovementEvaluation(table);
    return table;
  }();
  return table;
}

const ImportTable &ohas::onnx::importTable() {
  static const ImportTable table = [] {
    ImportTable table;
    addConvHandlers(table);
    addMatMulHandlers(table);
    addQuantizedHandlers(table);
    addRecurrentHandlers(table);
    addAttentionHandlers(table);
    addContribAttentionHandlers(table);
    addContribConvHandlers(table);
    addContribMatMulHandlers(table);
    addConvGradHandlers(table);
    addCausalConvHandlers(table);
    addLinearAttentionHandlers(table);
    return table;
  }();
  return table;
}
