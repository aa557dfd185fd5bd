//===- Interpolate.cpp - Elements at places between -------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Interpolate.h"

using namespace mlir;
using namespace ohas::electronic;

namespace {
/// One of the elements that a place is between along an axis.
struct Tap {
  Value place, weight;
};
} // namespace

/// The sum over all combinations of one tap an axis.
static Value combined(const Scalar &s, ArrayRef<SmallVector<Tap>> axes,
                      ElementAt elementAt) {
  SmallVector<unsigned> chosen(axes.size(), 0);
  Value sum;
  while (true) {
    SmallVector<Value> places;
    Value weight;
    for (auto [axis, taps] : llvm::enumerate(axes)) {
      const Tap &tap = taps[chosen[axis]];
      places.push_back(tap.place);
      weight = weight ? s.mul(weight, tap.weight) : tap.weight;
    }
    Value term = s.mul(elementAt(s, places), weight);
    sum = sum ? s.add(sum, term) : term;
    unsigned axis = 0;
    while (axis < axes.size() && ++chosen[axis] == axes[axis].size())
      chosen[axis++] = 0;
    if (axis == axes.size())
      return sum;
  }
}

Value ohas::electronic::interpolateLinear(const Scalar &s,
                                          ArrayRef<Value> places,
                                          ElementAt elementAt) {
  SmallVector<SmallVector<Tap>> axes;
  for (Value place : places) {
    Value one = s.number(place, 1), first = s.floor(place);
    Value rest = s.sub(place, first);
    axes.push_back({{first, s.sub(one, rest)}, {s.add(first, one), rest}});
  }
  return combined(s, axes, elementAt);
}

/// Keys' kernel at a distance below 1, or of 1 to 2.
static Value cubicWeight(const Scalar &s, Value distance, double a,
                         bool isNear) {
  auto number = [&](double value) { return s.number(distance, value); };
  auto polynomial = [&](std::initializer_list<double> coefficients) {
    Value sum = number(0);
    for (double coefficient : coefficients)
      sum = s.add(s.mul(sum, distance), number(coefficient));
    return sum;
  };
  return isNear ? polynomial({a + 2, -(a + 3), 0, 1})
                : polynomial({a, -5 * a, 8 * a, -4 * a});
}

Value ohas::electronic::interpolateCubic(const Scalar &s,
                                         ArrayRef<Value> places, double a,
                                         ElementAt elementAt) {
  SmallVector<SmallVector<Tap>> axes;
  for (Value place : places) {
    Value first = s.floor(place);
    Value rest = s.sub(place, first);
    SmallVector<Tap> taps;
    for (int64_t offset = -1; offset <= 2; ++offset) {
      Value away = s.sub(s.number(place, offset), rest);
      taps.push_back(
          {s.add(first, s.number(place, offset)),
           cubicWeight(s, s.abs(away), a, offset == 0 || offset == 1)});
    }
    axes.push_back(taps);
  }
  return combined(s, axes, elementAt);
}

Value ohas::electronic::isWithin(const Scalar &s, Value place, int64_t size) {
  return s.logicalAnd(s.lessEqual(s.number(place, 0), place),
                      s.lessEqual(place, s.number(place, size - 1)));
}

Value ohas::electronic::nearestIndex(const Scalar &s, Value place,
                                     int64_t size) {
  // Clamped as a float, as others may fit no integer; NaN is taken for 0.
  Value low = s.number(place, 0), high = s.number(place, size - 1);
  Value clamped = s.select(s.less(low, place), place, low);
  clamped = s.select(s.less(high, clamped), high, clamped);
  return s.toIndex(
      convertScalar(s.b, s.loc, clamped, false, s.b.getI64Type(), false));
}

Value ohas::electronic::elementOrZero(const Scalar &s, Value tensor,
                                      ValueRange leading,
                                      ArrayRef<Value> places) {
  auto type = cast<RankedTensorType>(tensor.getType());
  SmallVector<Value> at(leading);
  Value isInside;
  for (auto [i, place] : llvm::enumerate(places)) {
    int64_t size = type.getDimSize(leading.size() + i);
    at.push_back(nearestIndex(s, place, size));
    Value isHere = isWithin(s, place, size);
    isInside = isInside ? s.logicalAnd(isInside, isHere) : isHere;
  }
  Value element = s.extract(tensor, at);
  return s.select(isInside, element, s.number(element, 0));
}
