//===- Pooling.cpp - Pooling ------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Reduce.h"
#include "Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

namespace {
/// Windows over the spatial axes of `N x C x spatial`.
struct Window {
  SmallVector<int64_t> kernel, strides, dilations, low, high;
  SmallVector<int64_t> output;
  /// Padding that the node asks for; a last window may need more.
  SmallVector<int64_t> askedHigh;
  unsigned rank() const { return kernel.size(); }
};
} // namespace

static Window windowOf(Node &node) {
  unsigned rank = node.rank(0) - 2;
  Window window;
  window.output.assign(node.resultType().getShape().drop_front(2).begin(),
                       node.resultType().getShape().end());
  bool isGlobal = node.name().starts_with("Global");
  window.kernel = isGlobal ? SmallVector<int64_t>(node.shape(0).drop_front(2))
                           : *node.getInts("kernel_shape");
  SmallVector<int64_t> ones(rank, 1), zeros(2 * rank, 0);
  window.strides = node.getInts("strides").value_or(ones);
  window.dilations = node.getInts("dilations").value_or(ones);
  auto pads = node.getInts("pads").value_or(zeros);
  StringRef automatic = node.getString("auto_pad", "NOTSET");
  for (unsigned axis = 0; axis < rank; ++axis) {
    int64_t size = node.shape(0)[2 + axis];
    int64_t reach = (window.output[axis] - 1) * window.strides[axis] +
                    (window.kernel[axis] - 1) * window.dilations[axis] + 1;
    int64_t begin = pads[axis], end = pads[rank + axis];
    if (automatic.starts_with("SAME")) {
      int64_t total = std::max<int64_t>(0, reach - size);
      begin = automatic == "SAME_LOWER" ? (total + 1) / 2 : total / 2;
      end = total - begin;
    } else if (automatic == "VALID") {
      begin = end = 0;
    }
    window.low.push_back(begin);
    window.askedHigh.push_back(end);
    window.high.push_back(std::max(end, reach - size - begin));
  }
  return window;
}

/// Combines each window, in loops n, c, kernel, output: the innermost runs
/// along rows of the result. `inBody` gets the padded element.
static Value
overWindows(Node &node, const Window &window, Value value, double outside,
            double initial, Type resultElement, ValueRange others,
            llvm::function_ref<Value(const Scalar &, ValueRange)> body,
            bool isUnsigned) {
  OpBuilder &b = node.b;
  auto type = cast<RankedTensorType>(value.getType());
  unsigned rank = window.rank(), numDims = 2 + 2 * rank;
  SmallVector<int64_t> low = {0, 0}, high = {0, 0};
  low.append(window.low);
  high.append(window.high);
  Value padded =
      padWith(b, node.loc, value, low, high,
              scalarConstant(b, node.loc, type.getElementType(), outside));
  SmallVector<AffineExpr> source = {b.getAffineDimExpr(0),
                                    b.getAffineDimExpr(1)};
  SmallVector<AffineExpr> result = source, inWindow;
  for (unsigned axis = 0; axis < rank; ++axis) {
    AffineExpr at = b.getAffineDimExpr(2 + rank + axis);
    AffineExpr tap = b.getAffineDimExpr(2 + axis);
    source.push_back(at * window.strides[axis] + tap * window.dilations[axis]);
    result.push_back(at);
    inWindow.push_back(tap);
  }
  auto map = [&](ArrayRef<AffineExpr> exprs) {
    return AffineMap::get(numDims, 0, exprs, b.getContext());
  };
  SmallVector<int64_t> dims(type.getShape().take_front(2));
  dims.append(window.output);
  Value start = filledTensor(
      b, node.loc, RankedTensorType::get(dims, resultElement), initial);
  // Only its shape counts: it says how large a window is.
  Value extent = emptyTensor(
      b, node.loc, RankedTensorType::get(window.kernel, resultElement));
  SmallVector<Value> inputs = {padded, extent};
  SmallVector<AffineMap> maps = {map(source), map(inWindow)};
  for (Value other : others) {
    inputs.push_back(other);
    maps.push_back(map(result));
  }
  return accumulate(b, node.loc, start, map(result), inputs, maps,
                    [&](OpBuilder &inner, Location loc, ValueRange x) {
                      SmallVector<Value> arguments = {x[0]};
                      llvm::append_range(arguments, x.drop_front(2));
                      return body(Scalar{inner, loc, isUnsigned}, arguments);
                    });
}

/// The index of the first greatest element of each window in its tensor.
static Value indicesOfMax(Node &node, const Window &window, Value value,
                          Value most) {
  ArrayRef<int64_t> dims = node.shape(0);
  bool isColumnMajor = node.getInt("storage_order") != 0;
  unsigned rank = window.rank();
  bool isUnsigned = node.isInputUnsigned(0);
  double outside = lowest(getElementTypeOrSelf(value), isUnsigned);
  return overWindows(
      node, window, value, outside, 9e15, node.b.getI64Type(), most,
      [&](const Scalar &s, ValueRange x) {
        auto loop = [&](unsigned dim) -> Value {
          return linalg::IndexOp::create(s.b, s.loc, dim);
        };
        Value place = s.index(0);
        for (unsigned i = 0; i < rank; ++i) {
          unsigned axis = isColumnMajor ? rank - 1 - i : i;
          Value at =
              s.add(s.mul(loop(2 + rank + axis), s.index(window.strides[axis])),
                    s.mul(loop(2 + axis), s.index(window.dilations[axis])));
          at = s.sub(at, s.index(window.low[axis]));
          place = s.add(s.mul(place, s.index(dims[2 + axis])), at);
        }
        Value image = s.add(s.mul(loop(0), s.index(dims[1])), loop(1));
        int64_t size = 1;
        for (int64_t dim : dims.drop_front(2))
          size *= dim;
        place = s.fromIndex(s.add(s.mul(image, s.index(size)), place),
                            s.b.getI64Type());
        Scalar plain{s.b, s.loc};
        return s.select(s.equal(x[0], x[1]), plain.min(place, x[2]), x[2]);
      },
      isUnsigned);
}

static Lowered maxPool(Node &node) {
  Window window = windowOf(node);
  bool isUnsigned = node.isInputUnsigned(0);
  Value value = node.input(0);
  double least = lowest(node.element(0), isUnsigned);
  Value most = overWindows(
      node, window, value, least, least, node.element(0), {},
      [](const Scalar &s, ValueRange x) { return s.max(x[1], x[0]); },
      isUnsigned);
  SmallVector<Value> results = {most};
  if (node.numResults() > 1)
    results.push_back(indicesOfMax(node, window, value, most));
  return results;
}

/// How many elements each window along an axis averages over.
static Value counts(Node &node, const Window &window, unsigned axis,
                    Type element) {
  bool hasPadding = node.getInt("count_include_pad") != 0;
  int64_t size = node.shape(0)[2 + axis];
  int64_t from = hasPadding ? 0 : window.low[axis];
  int64_t to =
      window.low[axis] + size + (hasPadding ? window.askedHigh[axis] : 0);
  SmallVector<float> values;
  for (int64_t at = 0; at < window.output[axis]; ++at) {
    int64_t count = 0;
    for (int64_t tap = 0; tap < window.kernel[axis]; ++tap) {
      int64_t place = at * window.strides[axis] + tap * window.dilations[axis];
      count += place >= from && place < to;
    }
    values.push_back(std::max<int64_t>(1, count));
  }
  SmallVector<int64_t> dims(window.rank() - axis, 1);
  dims[0] = values.size();
  auto type = RankedTensorType::get(dims, node.b.getF32Type());
  Value constant = arith::ConstantOp::create(
      node.b, node.loc, DenseElementsAttr::get(type, ArrayRef<float>(values)));
  return convertTensor(node, constant, false, element);
}

static Lowered averagePool(Node &node) {
  Window window = windowOf(node);
  Value value =
      convertTensor(node, node.input(0), false, computeType(node.element(0)));
  Type element = getElementTypeOrSelf(value);
  Value sum = overWindows(
      node, window, value, 0, 0, element, {},
      [](const Scalar &s, ValueRange x) { return s.add(x[1], x[0]); }, false);
  SmallVector<Value> operands = {sum};
  for (unsigned axis = 0; axis < window.rank(); ++axis)
    operands.push_back(counts(node, window, axis, element));
  Value mean = mapTensor(node, cast<RankedTensorType>(sum.getType()), operands,
                         [](const Scalar &s, ValueRange x) {
                           Value count = x[1];
                           for (Value factor : x.drop_front(2))
                             count = s.mul(count, factor);
                           return s.div(x[0], count);
                         });
  return SmallVector<Value>{convertTensor(node, mean, false, node.element(0))};
}

static Lowered lpPool(Node &node) {
  Window window = windowOf(node);
  double p = node.hasAttribute("p") ? node.getInt("p", 2) : 2;
  Value value =
      convertTensor(node, node.input(0), false, computeType(node.element(0)));
  Type element = getElementTypeOrSelf(value);
  Value sum = overWindows(
      node, window, value, 0, 0, element, {},
      [&](const Scalar &s, ValueRange x) {
        return s.add(x[1], s.pow(s.abs(x[0]), s.number(x[0], p)));
      },
      false);
  Value norm = mapTensor(node, cast<RankedTensorType>(sum.getType()), sum,
                         [&](const Scalar &s, ValueRange x) {
                           return s.pow(x[0], s.number(x[0], 1 / p));
                         });
  return SmallVector<Value>{convertTensor(node, norm, false, node.element(0))};
}

static const Row rows[] = {
    {"MaxPool", maxPool},
    {"AveragePool", averagePool},
    {"LpPool", lpPool},
    {"GlobalMaxPool", maxPool},
    {"GlobalAveragePool", averagePool},
    {"GlobalLpPool", lpPool},
};
llvm::ArrayRef<Row> ohas::electronic::poolingRows() { return rows; }
