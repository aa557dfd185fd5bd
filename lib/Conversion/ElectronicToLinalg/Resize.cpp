//===- Resize.cpp - Resizing by interpolation -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Elementwise.h"
#include "Table.h"
#include "mlir/Dialect/Arith/IR/Arith.h"
#include "mlir/Dialect/Linalg/IR/Linalg.h"
#include <cmath>

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

namespace {
/// How a result's position along an axis is made of the input's: `taps`
/// weighted elements for each of its places.
struct Taps {
  int64_t count = 1;
  SmallVector<int64_t> places;
  SmallVector<float> weights;
};

struct Interpolation {
  StringRef mode, transform, rounding;
  bool excludesOutside, antialiases;
  double cubic;
};
} // namespace

static double original(const Interpolation &how, int64_t at, double scale,
                       int64_t from, int64_t to) {
  if (how.transform == "align_corners")
    return to == 1 ? 0 : double(at) * (from - 1) / (to - 1);
  if (how.transform == "asymmetric")
    return at / scale;
  double half = (at + 0.5) / scale - 0.5;
  if (how.transform == "pytorch_half_pixel")
    return to > 1 ? half : 0;
  if (how.transform == "tf_half_pixel_for_nn")
    return (at + 0.5) / scale;
  if (how.transform == "half_pixel_symmetric") {
    double adjustment = to / (scale * from);
    return from / 2.0 * (1 - adjustment) + half;
  }
  return half;
}

static int64_t nearest(StringRef rounding, double x) {
  if (rounding == "floor")
    return std::floor(x);
  if (rounding == "ceil")
    return std::ceil(x);
  if (rounding == "round_prefer_ceil")
    return std::floor(x + 0.5);
  return std::ceil(x - 0.5);
}

static double kernelAt(const Interpolation &how, double x) {
  x = std::fabs(x);
  if (how.mode == "linear")
    return std::max(0.0, 1 - x);
  double a = how.cubic;
  if (x <= 1)
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
}

static Taps tapsOf(const Interpolation &how, int64_t from, int64_t to,
                   double scale) {
  Taps taps;
  bool isNearest = how.mode == "nearest";
  // With antialiasing the kernel stretches over all that shrinks to one.
  double stretch = how.antialiases && scale < 1 ? scale : 1;
  int64_t reach = how.mode == "linear" ? 1 : 2;
  int64_t radius = std::ceil(reach / stretch);
  taps.count = isNearest ? 1 : 2 * radius;
  for (int64_t at = 0; at < to; ++at) {
    double x = original(how, at, scale, from, to);
    if (isNearest) {
      taps.places.push_back(
          std::clamp<int64_t>(nearest(how.rounding, x), 0, from - 1));
      taps.weights.push_back(1);
      continue;
    }
    int64_t first = static_cast<int64_t>(std::floor(x)) - radius + 1;
    double total = 0;
    size_t begin = taps.weights.size();
    for (int64_t tap = first; tap < first + taps.count; ++tap) {
      double weight = kernelAt(how, (tap - x) * stretch);
      if (how.excludesOutside && (tap < 0 || tap >= from))
        weight = 0;
      total += weight;
      taps.places.push_back(std::clamp<int64_t>(tap, 0, from - 1));
      taps.weights.push_back(weight);
    }
    for (size_t i = begin; i < taps.weights.size(); ++i)
      taps.weights[i] /= total;
  }
  return taps;
}

/// One axis, as its taps say.
static Value resizeAxis(Node &node, Value value, int64_t axis, int64_t to,
                        const Taps &taps) {
  OpBuilder &b = node.b;
  auto type = cast<RankedTensorType>(value.getType());
  SmallVector<int64_t> dims(type.getShape());
  dims[axis] = to;
  auto result = type.clone(dims);
  auto table = [&](Type element) {
    return RankedTensorType::get({to, taps.count}, element);
  };
  auto constant = [&](ElementsAttr values) -> Value {
    return arith::ConstantOp::create(b, node.loc, values);
  };
  Value places = constant(DenseElementsAttr::get(
      table(b.getI64Type()), ArrayRef<int64_t>(taps.places)));
  unsigned rank = type.getRank();
  AffineExpr at = b.getAffineDimExpr(axis), tap = b.getAffineDimExpr(rank);
  auto source = [&](const Scalar &s, Value place) {
    SmallVector<Value> from;
    for (unsigned dim = 0; dim < rank; ++dim)
      from.push_back(dim == axis
                         ? s.toIndex(place)
                         : Value(linalg::IndexOp::create(s.b, s.loc, dim)));
    return s.extract(value, from);
  };
  if (taps.count == 1)
    return mapElements(b, node.loc, result, places,
                       AffineMap::get(rank, 0, {at, b.getAffineConstantExpr(0)},
                                      b.getContext()),
                       [&](OpBuilder &inner, Location loc, ValueRange x) {
                         return source(Scalar{inner, loc}, x[0]);
                       });
  Value weights = constant(DenseElementsAttr::get(
      table(b.getF32Type()), ArrayRef<float>(taps.weights)));
  auto tableMap = AffineMap::get(rank + 1, 0, {at, tap}, b.getContext());
  auto resultMap = AffineMap::getMultiDimIdentityMap(rank, b.getContext());
  resultMap =
      AffineMap::get(rank + 1, 0, resultMap.getResults(), b.getContext());
  return accumulate(b, node.loc, filledTensor(b, node.loc, result, 0.0),
                    resultMap, {places, weights}, {tableMap, tableMap},
                    [&](OpBuilder &inner, Location loc, ValueRange x) {
                      Scalar s{inner, loc};
                      Value weight =
                          convertScalar(inner, loc, x[1], false,
                                        type.getElementType(), false);
                      return s.add(x[2], s.mul(weight, source(s, x[0])));
                    });
}

static Lowered resize(Node &node) {
  bool isOld = node.name() == "Upsample" || node.opset() < 11;
  Interpolation how;
  how.mode = node.getString("mode", "nearest");
  if (how.mode == "bilinear" || how.mode == "trilinear")
    how.mode = "linear";
  how.transform =
      isOld ? "asymmetric"
            : node.getString("coordinate_transformation_mode", "half_pixel");
  how.rounding =
      isOld ? "floor" : node.getString("nearest_mode", "round_prefer_floor");
  how.excludesOutside = node.getInt("exclude_outside") != 0;
  how.antialiases = node.getInt("antialias") != 0;
  how.cubic = node.getFloat("cubic_coeff_a", -0.75);
  if (how.transform == "tf_crop_and_resize")
    return node.fail("tf_crop_and_resize");
  unsigned scalesPlace = isOld ? 1 : 2;
  std::optional<SmallVector<double>> scales = node.constantFloats(scalesPlace);
  if (scales && scales->empty())
    scales = std::nullopt;
  bool hasSizes = !isOld && node.has(3);
  if (!scales && !hasSizes && node.has(scalesPlace))
    return node.fail("scales that are not constant");
  auto axes = node.getInts("axes");
  auto type = node.resultType();
  bool isReal = isa<FloatType>(node.element(0));
  Value value = node.input(0);
  if (how.mode != "nearest")
    value = convertTensor(node, value, node.isInputUnsigned(0),
                          isReal ? computeType(node.element(0))
                                 : node.b.getF32Type());
  for (int64_t axis = 0; axis < type.getRank(); ++axis) {
    int64_t from = node.shape(0)[axis], to = type.getDimSize(axis);
    double scale = double(to) / from;
    if (scales)
      for (auto [i, given] : llvm::enumerate(*scales))
        if (axis == (axes ? Node::wrapAxis((*axes)[i], type.getRank())
                          : static_cast<int64_t>(i)))
          scale = given;
    if (scale == 1 && from == to)
      continue;
    value = resizeAxis(node, value, axis, to, tapsOf(how, from, to, scale));
  }
  return SmallVector<Value>{convertTensor(node, value, node.isInputUnsigned(0),
                                          type.getElementType(),
                                          node.isResultUnsigned())};
}

static const Row rows[] = {
    {"Resize", resize},
    {"Upsample", resize},
};
llvm::ArrayRef<Row> ohas::electronic::resizeRows() { return rows; }
