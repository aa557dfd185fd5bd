//===- Layers.cpp - The layers that the networks are made of ----*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Layers.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::networks;

static int64_t windowed(int64_t size, Window window) {
  return (size + 2 * window.pad - window.kernel) / window.stride + 1;
}

static Shape windowedShape(const Value &x, int64_t channels, Window window) {
  return {x.shape[0], channels, windowed(x.shape[2], window),
          windowed(x.shape[3], window)};
}

static llvm::SmallVector<Attribute, 5> attributes(Window window) {
  return {{"kernel_shape", Shape(2, window.kernel)},
          {"pads", Shape(4, window.pad)},
          {"strides", Shape(2, window.stride)}};
}

Value ohas::networks::conv(GraphBuilder &b, const Scope &scope, const Value &x,
                           int64_t channels, Window window, int64_t groups) {
  Value weight =
      b.weight(scope.weight("weight"),
               {channels, x.shape[1] / groups, window.kernel, window.kernel});
  Value bias = b.weight(scope.weight("bias"), {channels});
  llvm::SmallVector<Attribute, 5> attrs = attributes(window);
  attrs.push_back({"dilations", Shape(2, 1)});
  attrs.push_back({"group", groups});
  return b.op("Conv", scope, {x, weight, bias},
              windowedShape(x, channels, window), attrs);
}

Value ohas::networks::maxPool(GraphBuilder &b, const Scope &scope,
                              const Value &x, Window window) {
  return b.op("MaxPool", scope, {x}, windowedShape(x, x.shape[1], window),
              attributes(window));
}

Value ohas::networks::averagePool(GraphBuilder &b, const Scope &scope,
                                  const Value &x, Window window) {
  return b.op("AveragePool", scope, {x}, windowedShape(x, x.shape[1], window),
              attributes(window));
}

Value ohas::networks::globalAveragePool(GraphBuilder &b, const Scope &scope,
                                        const Value &x) {
  return b.op("GlobalAveragePool", scope, {x}, {x.shape[0], x.shape[1], 1, 1});
}

Value ohas::networks::flatten(GraphBuilder &b, const Scope &scope,
                              const Value &x) {
  int64_t features = 1;
  for (int64_t size : llvm::drop_begin(x.shape))
    features *= size;
  return b.op("Flatten", scope, {x}, {x.shape[0], features},
              {{"axis", int64_t(1)}});
}

Value ohas::networks::gemm(GraphBuilder &b, const Scope &scope, const Value &x,
                           int64_t features) {
  Value weight = b.weight(scope.weight("weight"), {features, x.shape[1]});
  Value bias = b.weight(scope.weight("bias"), {features});
  return b.op("Gemm", scope, {x, weight, bias}, {x.shape[0], features},
              {{"transB", int64_t(1)}});
}

Value ohas::networks::linear(GraphBuilder &b, const Scope &scope,
                             const Value &x, int64_t features) {
  Value weight = b.weight(scope.weight("weight"), {x.shape.back(), features});
  Value bias = b.weight(scope.weight("bias"), {features});
  Value product = matmul(b, scope, x, weight);
  // Exporters put the bias first.
  return b.op("Add", scope, {bias, product}, product.shape);
}

Value ohas::networks::layerNorm(GraphBuilder &b, const Scope &scope,
                                const Value &x, float epsilon) {
  Value weight = b.weight(scope.weight("weight"), {x.shape.back()});
  Value bias = b.weight(scope.weight("bias"), {x.shape.back()});
  return b.op("LayerNormalization", scope, {x, weight, bias}, x.shape,
              {{"axis", int64_t(-1)}, {"epsilon", epsilon}});
}

Value ohas::networks::unary(GraphBuilder &b, llvm::StringRef op,
                            const Scope &scope, const Value &x) {
  return b.op(op, scope, {x}, x.shape);
}

Value ohas::networks::binary(GraphBuilder &b, llvm::StringRef op,
                             const Scope &scope, const Value &x,
                             const Value &y) {
  return b.op(op, scope, {x, y}, x.shape);
}

Value ohas::networks::softmax(GraphBuilder &b, const Scope &scope,
                              const Value &x) {
  return b.op("Softmax", scope, {x}, x.shape, {{"axis", int64_t(-1)}});
}

Value ohas::networks::matmul(GraphBuilder &b, const Scope &scope,
                             const Value &x, const Value &y) {
  Shape shape = x.shape;
  shape.back() = y.shape.back();
  return b.op("MatMul", scope, {x, y}, shape);
}

Value ohas::networks::transpose(GraphBuilder &b, const Scope &scope,
                                const Value &x, const Shape &permutation) {
  Shape shape;
  for (int64_t axis : permutation)
    shape.push_back(x.shape[axis]);
  return b.op("Transpose", scope, {x}, shape, {{"perm", permutation}});
}

Value ohas::networks::reshape(GraphBuilder &b, const Scope &scope,
                              const Value &x, const Shape &shape) {
  Shape target;
  for (int64_t size : shape)
    target.push_back(size < 0 ? -1 : size); // the batch follows from the rest
  return b.op("Reshape", scope, {x, b.vector(scope, target)}, shape);
}

Value ohas::networks::select(GraphBuilder &b, const Scope &scope,
                             const Value &x, int64_t axis, int64_t position) {
  Shape shape = x.shape;
  shape.erase(shape.begin() + axis);
  return b.op("Gather", scope, {x, b.index(scope, position)}, shape,
              {{"axis", axis}});
}

Value ohas::networks::embed(GraphBuilder &b, const Scope &scope,
                            const Value &table, const Value &indices) {
  Shape shape = indices.shape;
  shape.push_back(table.shape.back());
  return b.op("Gather", scope, {table, indices}, shape, {{"axis", int64_t(0)}});
}

Value ohas::networks::gelu(GraphBuilder &b, const Scope &scope,
                           const Value &x) {
  Value scaled = binary(b, "Div", scope, x, b.scalar(scope, 1.41421354f));
  Value erf = unary(b, "Erf", scope, scaled);
  Value shifted = binary(b, "Add", scope, erf, b.scalar(scope, 1.0f));
  Value product = binary(b, "Mul", scope, x, shifted);
  return binary(b, "Mul", scope, product, b.scalar(scope, 0.5f));
}
