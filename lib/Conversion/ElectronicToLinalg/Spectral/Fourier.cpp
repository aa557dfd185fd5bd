//===- Fourier.cpp - Fourier transforms -------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include <cmath>

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

namespace {
/// A transform of rows of samples as a product with a matrix.
struct Transform {
  int64_t length;  // of the signal that is transformed
  int64_t taken;   // samples of a row; those after them are zero
  int64_t results; // of a row
  bool isInverse = false;
  /// The samples are half of a spectrum, of which the other half is conjugate;
  /// the results are real.
  bool isFromHalf = false;
};
} // namespace

/// cos or sin of 2 pi i / length for all i.
static Value waveTable(Node &node, int64_t length, Type element, bool isSine) {
  SmallVector<double> values;
  for (int64_t i = 0; i < length; ++i) {
    double angle = 2 * M_PI * i / length;
    values.push_back(isSine ? std::sin(angle) : std::cos(angle));
  }
  auto type = RankedTensorType::get({length}, node.b.getF64Type());
  Value table = arith::ConstantOp::create(
      node.b, node.loc, DenseElementsAttr::get(type, ArrayRef<double>(values)));
  return convertTensor(node, table, false, element);
}

/// What one sample (row) adds to the real and imaginary parts (columns, in
/// turn) of the results: of its real part, or of its imaginary one.
static Value matrixOf(Node &node, const Transform &how, Type element,
                      bool isImaginary, Value cosines, Value sines) {
  int64_t parts = how.isFromHalf ? 1 : 2;
  auto type = RankedTensorType::get({how.taken, how.results * parts}, element);
  double scale = how.isInverse ? 1.0 / how.length : 1;
  return fromIndices(
      node.b, node.loc, type, [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value result = s.div(at[1], s.index(parts));
        Value turn = s.rem(s.mul(at[0], result), s.index(how.length));
        Value cosine = s.extract(cosines, turn), sine = s.extract(sines, turn);
        Value real = cosine;
        Value imaginary = how.isInverse ? sine : s.neg(sine);
        if (isImaginary) {
          real = s.neg(imaginary);
          imaginary = cosine;
        }
        Value isReal = s.equal(s.rem(at[1], s.index(parts)), s.index(0));
        Value value = s.select(isReal, real, imaginary);
        value = s.mul(value, s.number(value, scale));
        if (!how.isFromHalf)
          return value;
        // All but the ends stand for their conjugates too.
        Value isEnd = s.equal(at[0], s.index(0));
        if (how.length % 2 == 0)
          isEnd = s.logicalOr(isEnd, s.equal(at[0], s.index(how.length / 2)));
        return s.select(isEnd, value, s.add(value, value));
      });
}

/// Rows of `samples x parts` by rows of `results x parts`.
static Value transformed(Node &node, Value rows, const Transform &how) {
  OpBuilder &b = node.b;
  auto type = cast<RankedTensorType>(rows.getType());
  Type element = type.getElementType();
  int64_t count = type.getDimSize(0), parts = how.isFromHalf ? 1 : 2;
  Value cosines = waveTable(node, how.length, element, false);
  Value sines = waveTable(node, how.length, element, true);
  Value sum = filledTensor(
      b, node.loc, RankedTensorType::get({count, how.results * parts}, element),
      0.0);
  // The innermost loop runs along rows of the matrix and of the result.
  AffineExpr row = b.getAffineDimExpr(0), sample = b.getAffineDimExpr(1),
             column = b.getAffineDimExpr(2);
  auto map = [&](AffineExpr x, AffineExpr y) {
    return AffineMap::get(3, 0, {x, y}, b.getContext());
  };
  for (int64_t part = 0; part < type.getDimSize(2); ++part) {
    Value plane = reshapeTo(
        b, node.loc,
        sliceOf(b, node.loc, rows, {0, 0, part}, {count, how.taken, 1}),
        {count, how.taken});
    Value matrix = matrixOf(node, how, element, part == 1, cosines, sines);
    sum = accumulate(b, node.loc, sum, map(row, column), {plane, matrix},
                     {map(row, sample), map(sample, column)},
                     [](OpBuilder &inner, Location loc, ValueRange x) {
                       Scalar s{inner, loc};
                       return s.add(x[2], s.mul(x[0], x[1]));
                     });
  }
  return reshapeTo(b, node.loc, sum, {count, how.results, parts});
}

/// The order of axes with `axis` just before the last one, and back.
static SmallVector<int64_t> movedToEnd(int64_t axis, int64_t rank) {
  SmallVector<int64_t> order;
  for (int64_t i = 0; i < rank; ++i)
    if (i != axis && i != rank - 1)
      order.push_back(i);
  order.append({axis, rank - 1});
  return order;
}

static SmallVector<int64_t> inverted(ArrayRef<int64_t> order) {
  SmallVector<int64_t> back(order.size());
  for (auto [to, from] : llvm::enumerate(order))
    back[from] = to;
  return back;
}

static Lowered dft(Node &node) {
  auto result = node.resultType();
  int64_t rank = node.rank(0), wanted = -2;
  if (node.opset() < 20) {
    wanted = node.getInt("axis", 1);
  } else if (node.has(2)) {
    auto given = node.constantInts(2);
    if (!given || given->size() != 1)
      return node.fail("an axis that is not constant");
    wanted = given->front();
  }
  int64_t axis = Node::wrapAxis(wanted, rank);
  bool isOneSided = node.getInt("onesided") != 0;
  Transform how;
  how.isInverse = node.getInt("inverse") != 0;
  how.isFromHalf = how.isInverse && isOneSided;
  how.results = result.getDimSize(axis);
  how.length = how.results;
  if (isOneSided && !how.isInverse) {
    auto given = node.constantInts(1);
    if (node.has(1) && (!given || given->size() != 1))
      return node.fail("a length that is not constant");
    how.length = given ? given->front() : node.shape(0)[axis];
  }
  how.taken = std::min(how.isFromHalf ? how.length / 2 + 1 : how.length,
                       node.shape(0)[axis]);
  if (how.length < 1)
    return node.fail("a length below 1");
  if (result.getNumElements() == 0)
    return SmallVector<Value>{emptyTensor(node.b, node.loc, result)};
  Value value =
      convertTensor(node, node.input(0), false, computeType(node.element(0)));
  SmallVector<int64_t> order = movedToEnd(axis, rank);
  value = transposeTo(node.b, node.loc, value, order);
  int64_t size = node.shape(0)[axis], parts = node.shape(0).back();
  int64_t count = node.type(0).getNumElements() / (size * parts);
  value = reshapeTo(node.b, node.loc, value, {count, size, parts});
  value = transformed(node, value, how);
  SmallVector<int64_t> dims;
  for (int64_t from : order)
    dims.push_back(result.getDimSize(from));
  value = reshapeTo(node.b, node.loc, value, dims);
  value = transposeTo(node.b, node.loc, value, inverted(order));
  return SmallVector<Value>{
      convertTensor(node, value, false, result.getElementType())};
}

/// Inputs: a signal, the step from frame to frame, a window and the length of a
/// frame; either of the last two may be absent.
static Lowered stft(Node &node) {
  auto result = node.resultType();
  auto step = node.constantInts(1);
  auto given = node.constantInts(3);
  if (!step || step->size() != 1 || (node.has(3) && !given))
    return node.fail("frames that are not constant");
  if (!given && !node.has(2))
    return node.fail("without the length of its frames");
  Transform how;
  how.length = given ? given->front() : node.shape(2)[0];
  how.taken = how.length;
  how.results = result.getDimSize(2);
  int64_t batch = result.getDimSize(0), frames = result.getDimSize(1);
  int64_t samples = node.shape(0)[1];
  int64_t parts = node.rank(0) == 3 ? node.shape(0)[2] : 1;
  if (result.getNumElements() == 0)
    return SmallVector<Value>{emptyTensor(node.b, node.loc, result)};
  if ((frames - 1) * step->front() + how.length > samples)
    return node.fail("frames beyond the end of its signal");
  Type wide = computeType(node.element(0));
  Value signal = convertTensor(node, node.input(0), false, wide);
  signal = reshapeTo(node.b, node.loc, signal, {batch, samples, parts});
  Value window =
      node.has(2) ? convertTensor(node, node.input(2), false, wide) : Value();
  Value rows = fromIndices(
      node.b, node.loc,
      RankedTensorType::get({batch * frames, how.length, parts}, wide),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        Value frame = s.rem(at[0], s.index(frames));
        Value start = s.mul(frame, s.index(step->front()));
        Value sample = s.extract(signal, {s.div(at[0], s.index(frames)),
                                          s.add(start, at[1]), at[2]});
        return window ? s.mul(sample, s.extract(window, at[1])) : sample;
      });
  Value value = reshapeTo(node.b, node.loc, transformed(node, rows, how),
                          result.getShape());
  return SmallVector<Value>{
      convertTensor(node, value, false, result.getElementType())};
}

static const Row rows[] = {
    {"DFT", dft},
    {"STFT", stft},
};
llvm::ArrayRef<Row> ohas::electronic::fourierRows() { return rows; }
