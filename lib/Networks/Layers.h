//===- Layers.h - The layers that the networks are made of ------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#ifndef OHAS_LIB_NETWORKS_LAYERS_H
#define OHAS_LIB_NETWORKS_LAYERS_H

#include "GraphBuilder.h"

namespace ohas::networks {

/// Square kernels, symmetric padding: all that these networks need.
struct Window {
  int64_t kernel = 1, stride = 1, pad = 0;
};

/// A convolution with its bias: batch normalisation is folded into the two, as
/// exporters do for inference.
Value conv(GraphBuilder &b, const Scope &scope, const Value &x,
           int64_t channels, Window window, int64_t groups = 1);

Value maxPool(GraphBuilder &b, const Scope &scope, const Value &x,
              Window window);
Value averagePool(GraphBuilder &b, const Scope &scope, const Value &x,
                  Window window);
Value globalAveragePool(GraphBuilder &b, const Scope &scope, const Value &x);
Value flatten(GraphBuilder &b, const Scope &scope, const Value &x);

/// A fully connected layer on rows: Gemm with the weight as [out, in].
Value gemm(GraphBuilder &b, const Scope &scope, const Value &x,
           int64_t features);

/// A fully connected layer on tokens: MatMul with the weight as [in, out],
/// then Add.
Value linear(GraphBuilder &b, const Scope &scope, const Value &x,
             int64_t features);

Value layerNorm(GraphBuilder &b, const Scope &scope, const Value &x,
                float epsilon);

/// Elementwise functions of one value, and of two with broadcasting whose
/// result has the shape of the left one.
Value unary(GraphBuilder &b, llvm::StringRef op, const Scope &scope,
            const Value &x);
Value binary(GraphBuilder &b, llvm::StringRef op, const Scope &scope,
             const Value &x, const Value &y);
Value softmax(GraphBuilder &b, const Scope &scope, const Value &x);

Value matmul(GraphBuilder &b, const Scope &scope, const Value &x,
             const Value &y);
Value transpose(GraphBuilder &b, const Scope &scope, const Value &x,
                const Shape &permutation);
Value reshape(GraphBuilder &b, const Scope &scope, const Value &x,
              const Shape &shape);

/// The slice of `x` at a position of one axis, without that axis.
Value select(GraphBuilder &b, const Scope &scope, const Value &x, int64_t axis,
             int64_t position);

/// The row of `table` for each of `indices`.
Value embed(GraphBuilder &b, const Scope &scope, const Value &table,
            const Value &indices);

/// x / 2 (1 + erf(x / sqrt 2)), written out as exporters do before opset 20.
Value gelu(GraphBuilder &b, const Scope &scope, const Value &x);

} // namespace ohas::networks

#endif // OHAS_LIB_NETWORKS_LAYERS_H
