//===- Recurrent.h - One direction of a recurrent layer ---------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_FRONTEND_ONNX_HANDLERS_RECURRENT_H
#define OHAS_LIB_FRONTEND_ONNX_HANDLERS_RECURRENT_H

#include "Build.h"

namespace ohas::onnx {

/// The layer: `gates` blocks of `hidden` rows in W and R.
struct RecurrentLayer {
  NodeContext &node;
  int64_t gates, steps, batch, hidden;
  mlir::Type element;

  mlir::RankedTensorType type(llvm::ArrayRef<int64_t> dims) const {
    return tensorType(node, dims, element);
  }
  /// Electronic work on one step.
  mlir::Value unary(llvm::StringRef op, mlir::Value value) const;
  mlir::Value binary(llvm::StringRef op, mlir::Value a, mlir::Value b) const;
  /// `value` through the n-th activation of a direction.
  mlir::Value activation(unsigned direction, unsigned n,
                         mlir::Value value) const;
  /// Columns of one gate of [batch, gates x hidden].
  mlir::Value gate(mlir::Value gates, int64_t n) const;
};

/// What a direction works with; absent parts are null.
struct RecurrentDirection {
  unsigned index;
  mlir::Value recurrence;      // R: [gates x hidden, hidden]
  mlir::Value resetRecurrence; // GRU: R's last block apart
  mlir::Value recurrenceBias;  // where it stays inside
  mlir::Value peepholes;       // LSTM: [3 x hidden]
};

/// One step of a cell: `input` is the projected input, `state` h (and c).
using RecurrentCell = void (*)(const RecurrentLayer &layer,
                               const RecurrentDirection &direction,
                               mlir::Value input,
                               llvm::SmallVectorImpl<mlir::Value> &state);

void stepLSTM(const RecurrentLayer &, const RecurrentDirection &, mlir::Value,
              llvm::SmallVectorImpl<mlir::Value> &);
void stepGRU(const RecurrentLayer &, const RecurrentDirection &, mlir::Value,
             llvm::SmallVectorImpl<mlir::Value> &);
void stepRNN(const RecurrentLayer &, const RecurrentDirection &, mlir::Value,
             llvm::SmallVectorImpl<mlir::Value> &);

} // namespace ohas::onnx

#endif // OHAS_LIB_FRONTEND_ONNX_HANDLERS_RECURRENT_H
