//===- Grids.cpp - Sampling at places of a grid -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "Interpolate.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

namespace {
struct Sampler {
  StringRef mode, padding;
  bool alignsCorners;
  ArrayRef<int64_t> sizes;

  /// From [-1, 1] to places along an axis.
  Value placeOf(const Scalar &s, Value x, int64_t size) const;
  /// Where an axis ends, beyond which it is padded.
  double low() const { return alignsCorners ? 0 : -0.5; }
  double high(int64_t size) const { return size - 1 - low(); }
  Value reflected(const Scalar &s, Value place, int64_t size) const;
  /// A place as one that is not outside, unless what is outside is zero.
  Value padded(const Scalar &s, Value place, int64_t size) const;
};
} // namespace

Value Sampler::placeOf(const Scalar &s, Value x, int64_t size) const {
  Value moved = s.add(x, s.number(x, 1));
  if (alignsCorners)
    return s.mul(moved, s.number(x, (size - 1) / 2.0));
  Value scaled = s.mul(moved, s.number(x, size));
  return s.mul(s.sub(scaled, s.number(x, 1)), s.number(x, 0.5));
}

Value Sampler::reflected(const Scalar &s, Value place, int64_t size) const {
  double span = high(size) - low();
  if (span <= 0)
    return s.number(place, 0);
  // A triangular wave.
  Value start = s.number(place, low()), period = s.number(place, 2 * span);
  Value away = s.sub(place, start);
  Value phase = s.sub(away, s.mul(s.floor(s.div(away, period)), period));
  return s.add(start, s.min(phase, s.sub(period, phase)));
}

Value Sampler::padded(const Scalar &s, Value place, int64_t size) const {
  if (padding == "zeros")
    return place;
  auto number = [&](double value) { return s.number(place, value); };
  Value isInside = s.logicalAnd(s.lessEqual(number(low()), place),
                                s.lessEqual(place, number(high(size))));
  Value inside = padding == "reflection"
                     ? reflected(s, place, size)
                     : s.min(s.max(place, number(0)), number(size - 1));
  return s.select(isInside, place, inside);
}

/// Inputs: a tensor, and for each place of the result the coordinates of where
/// it is taken from, those of the last axis first.
static Lowered gridSample(Node &node) {
  StringRef mode = node.getString("mode", "linear");
  bool isLinear = mode == "linear" || mode == "bilinear";
  bool isCubic = mode == "cubic" || mode == "bicubic";
  if (!isa<FloatType>(node.element(0)) || !isa<FloatType>(node.element(1)))
    return node.fail("operands that are no floats");
  if (node.rank(0) < 3 || node.rank(1) != node.rank(0) ||
      node.shape(1).back() != node.rank(0) - 2 ||
      node.shape(1).drop_front().drop_back() !=
          node.resultType().getShape().drop_front(2) ||
      node.shape(0).take_front(2) != node.resultType().getShape().take_front(2))
    return node.fail(misfit);
  Sampler sampler{mode, node.getString("padding_mode", "zeros"),
                  node.getInt("align_corners") != 0,
                  node.shape(0).drop_front(2)};
  Type wide = computeType(node.element(0));
  Value source = convertTensor(node, node.input(0), false, wide);
  Value grid = convertTensor(node, node.input(1), false, wide);
  unsigned rank = sampler.sizes.size();
  auto result = node.resultType();
  Value value = fromIndices(
      node.b, node.loc, result.clone(wide),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        SmallVector<Value> places, where = {at[0]};
        llvm::append_range(where, at.drop_front(2));
        where.push_back(nullptr);
        for (unsigned axis = 0; axis < rank; ++axis) {
          where.back() = s.index(rank - 1 - axis);
          int64_t size = sampler.sizes[axis];
          Value place = sampler.placeOf(s, s.extract(grid, where), size);
          if (!isLinear && !isCubic)
            place = s.roundEven(place);
          places.push_back(sampler.padded(s, place, size));
        }
        auto elementAt = [&](const Scalar &inner, ArrayRef<Value> whole) {
          SmallVector<Value> inside;
          for (auto [place, size] : llvm::zip(whole, sampler.sizes))
            inside.push_back(sampler.padded(inner, place, size));
          return elementOrZero(inner, source, at.take_front(2), inside);
        };
        if (isLinear)
          return interpolateLinear(s, places, elementAt);
        if (isCubic)
          return interpolateCubic(s, places, -0.75, elementAt);
        return elementAt(s, places);
      });
  return SmallVector<Value>{
      convertTensor(node, value, false, result.getElementType())};
}

/// Where each place of an image comes from, by a matrix an image.
static Lowered affineGrid(Node &node) {
  auto type = node.resultType();
  bool alignsCorners = node.getInt("align_corners") != 0;
  int64_t rank = type.getRank() - 2;
  if (rank < 1 ||
      node.shape(0) != ArrayRef<int64_t>{type.getDimSize(0), rank, rank + 1})
    return node.fail(misfit);
  Type wide = computeType(type.getElementType());
  Value matrices = convertTensor(node, node.input(0), false, wide);
  Value value = fromIndices(
      node.b, node.loc, type.clone(wide),
      [&](OpBuilder &b, Location loc, ValueRange at) {
        Scalar s{b, loc};
        auto entry = [&](int64_t column) {
          return s.extract(matrices, {at[0], at.back(), s.index(column)});
        };
        Value sum = entry(rank);
        for (int64_t column = 0; column < rank; ++column) {
          int64_t axis = rank - column;
          int64_t size = type.getDimSize(axis);
          Value place = s.fromIndex(at[axis], wide);
          double step =
              alignsCorners ? 2.0 / std::max<int64_t>(1, size - 1) : 2.0 / size;
          double first = alignsCorners ? -1 : 1.0 / size - 1;
          Value coordinate = s.add(s.mul(place, s.number(place, step)),
                                   s.number(place, first));
          sum = s.add(sum, s.mul(entry(column), coordinate));
        }
        return sum;
      });
  return SmallVector<Value>{
      convertTensor(node, value, false, type.getElementType())};
}

static const Row rows[] = {
    {"GridSample", gridSample},
    {"AffineGrid", affineGrid},
};
llvm::ArrayRef<Row> ohas::electronic::gridRows() { return rows; }
