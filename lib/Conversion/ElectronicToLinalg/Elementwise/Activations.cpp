//===- Activations.cpp - Activations ----------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "../Elementwise.h"
#include "../Table.h"
#include "mlir/Dialect/Math/IR/Math.h"

using namespace mlir;
using namespace ohas;
using namespace ohas::electronic;

static Value relu(const Scalar &s, Value x) { return s.max(x, s.number(x, 0)); }

/// x between two numbers.
static Value between(const Scalar &s, Value x, double low, double high) {
  return s.min(s.max(x, s.number(x, low)), s.number(x, high));
}

/// log(1 + exp(x)) without overflow.
static Value softplus(const Scalar &s, Value x) {
  Value tail = math::Log1pOp::create(s.b, s.loc, s.exp(s.neg(s.abs(x))));
  return s.add(relu(s, x), tail);
}

static Value expMinusOne(const Scalar &s, Value x) {
  return math::ExpM1Op::create(s.b, s.loc, x);
}

static Value gelu(const Scalar &s, Value x) {
  Value half = s.mul(x, s.number(x, 0.5));
  Value erf = s.erf(s.mul(x, s.number(x, 0.70710678118654752)));
  return s.mul(half, s.add(erf, s.number(x, 1)));
}

static Value geluByTanh(const Scalar &s, Value x) {
  Value cube = s.mul(s.mul(x, x), x);
  Value inner = s.mul(s.add(x, s.mul(cube, s.number(x, 0.044715))),
                      s.number(x, 0.79788456080286536));
  return s.mul(s.mul(x, s.number(x, 0.5)),
               s.add(s.tanh(inner), s.number(x, 1)));
}

static Value hardSigmoid(const Scalar &s, Value x, double alpha, double beta) {
  return between(s, s.add(s.mul(x, s.number(x, alpha)), s.number(x, beta)), 0,
                 1);
}

static Value hardSwish(const Scalar &s, Value x) {
  return s.mul(x, hardSigmoid(s, x, 1.0 / 6, 0.5));
}

static Value sigmoid(const Scalar &s, Value x) { return s.sigmoid(x); }
static Value tanh(const Scalar &s, Value x) { return s.tanh(x); }
static Value mish(const Scalar &s, Value x) {
  return s.mul(x, s.tanh(softplus(s, x)));
}
static Value softsign(const Scalar &s, Value x) {
  return s.div(x, s.add(s.abs(x), s.number(x, 1)));
}

/// x if it is not negative, else something else.
static Value orElse(const Scalar &s, Value x, Value otherwise) {
  return s.select(s.less(x, s.number(x, 0)), otherwise, x);
}

using Function = Value (*)(const Scalar &, Value);
template <Function function> static Lowered apply(Node &node) {
  return elementwise(
      node, [](const Scalar &s, ValueRange x) { return function(s, x[0]); });
}

/// Of x and two attributes, alpha and beta.
using Parametric = Value (*)(const Scalar &, Value, double, double);
template <Parametric function>
static Lowered apply(Node &node, double alpha, double beta = 0,
                     StringRef betaName = "beta") {
  alpha = node.getFloat("alpha", alpha);
  beta = node.getFloat(betaName, beta);
  return elementwise(node, [&](const Scalar &s, ValueRange x) {
    return function(s, x[0], alpha, beta);
  });
}

static Value leakyReluOf(const Scalar &s, Value x, double a, double) {
  return orElse(s, x, s.mul(x, s.number(x, a)));
}
static Lowered leakyRelu(Node &node) { return apply<leakyReluOf>(node, 0.01); }

static Value eluOf(const Scalar &s, Value x, double a, double) {
  return orElse(s, x, s.mul(expMinusOne(s, x), s.number(x, a)));
}
static Lowered elu(Node &node) { return apply<eluOf>(node, 1); }

static Value seluOf(const Scalar &s, Value x, double a, double gamma) {
  return s.mul(orElse(s, x, s.mul(expMinusOne(s, x), s.number(x, a))),
               s.number(x, gamma));
}
static Lowered selu(Node &node) {
  bool isOld = node.opset() < 6;
  return apply<seluOf>(node, isOld ? 1.6732 : 1.67326319217681884765625,
                       isOld ? 1.0507 : 1.05070102214813232421875, "gamma");
}

static Value celuOf(const Scalar &s, Value x, double a, double) {
  Value scaled = s.div(x, s.number(x, a));
  return orElse(s, x, s.mul(expMinusOne(s, scaled), s.number(x, a)));
}
static Lowered celu(Node &node) { return apply<celuOf>(node, 1); }

static Lowered hardSigmoid(Node &node) {
  return apply<hardSigmoid>(node, 0.2, 0.5);
}

static Value thresholdedReluOf(const Scalar &s, Value x, double a, double) {
  return s.select(s.less(s.number(x, a), x), x, s.number(x, 0));
}
static Lowered thresholdedRelu(Node &node) {
  return apply<thresholdedReluOf>(node, 1);
}

static Value affineOf(const Scalar &s, Value x, double a, double b) {
  return s.add(s.mul(x, s.number(x, a)), s.number(x, b));
}
static Lowered affine(Node &node) { return apply<affineOf>(node, 1); }

static Value scaledTanhOf(const Scalar &s, Value x, double a, double b) {
  return s.mul(s.tanh(s.mul(x, s.number(x, b))), s.number(x, a));
}
static Lowered scaledTanh(Node &node) {
  return apply<scaledTanhOf>(node, 1, 1);
}

/// x * sigmoid(alpha * x)
static Value swish(const Scalar &s, Value x, double alpha, double) {
  return s.mul(x, s.sigmoid(s.mul(x, s.number(x, alpha))));
}
static Lowered swish(Node &node) { return apply<swish>(node, 1); }
static Lowered quickGelu(Node &node) { return apply<swish>(node, 1.702); }

static Lowered shrink(Node &node) {
  double bias = node.getFloat("bias"), lambda = node.getFloat("lambd", 0.5);
  return elementwise(node, [&](const Scalar &s, ValueRange x) {
    Value edge = s.number(x[0], lambda), shift = s.number(x[0], bias);
    Value inner =
        s.select(s.less(edge, x[0]), s.sub(x[0], shift), s.number(x[0], 0));
    return s.select(s.less(x[0], s.number(x[0], -lambda)), s.add(x[0], shift),
                    inner);
  });
}

static Lowered gelu(Node &node) {
  return node.getString("approximate", "none") == "tanh"
             ? apply<geluByTanh>(node)
             : apply<gelu>(node);
}

/// The operand and a bias that broadcasts, then a function.
template <Function function> static Lowered withBias(Node &node) {
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    return function(s, x.size() > 1 ? s.add(x[0], x[1]) : x[0]);
  });
}

static Lowered prelu(Node &node) {
  // The slope of old opsets has an element a channel.
  if (node.rank(1) == 1 && node.rank(0) > 1 &&
      node.shape(1)[0] == node.shape(0)[1] &&
      (node.opset() < 7 || node.shape(1)[0] != node.shape(0).back())) {
    SmallVector<int64_t> dims(node.rank(0) - 1, 1);
    dims[0] = node.shape(1)[0];
    Value slope = reshapeTo(node.b, node.loc, node.input(1), dims);
    return SmallVector<Value>{
        mapTensor(node, node.resultType(), {node.input(0), slope},
                  [](const Scalar &s, ValueRange x) {
                    return orElse(s, x[0], s.mul(x[0], x[1]));
                  })};
  }
  return elementwise(node, [](const Scalar &s, ValueRange x) {
    return orElse(s, x[0], s.mul(x[0], x[1]));
  });
}

static Lowered clip(Node &node) {
  if (node.opset() < 11 || node.numInputs() == 1) {
    bool hasMin = node.hasAttribute("min"), hasMax = node.hasAttribute("max");
    double low = node.getFloat("min"), high = node.getFloat("max");
    return elementwise(node, [&](const Scalar &s, ValueRange x) {
      Value y = hasMin ? s.max(x[0], s.number(x[0], low)) : x[0];
      return hasMax ? s.min(y, s.number(x[0], high)) : y;
    });
  }
  SmallVector<unsigned> places = {0};
  bool hasMin = node.has(1), hasMax = node.has(2);
  if (hasMin)
    places.push_back(1);
  if (hasMax)
    places.push_back(2);
  return elementwiseOf(node, places, [&](const Scalar &s, ValueRange x) {
    Value y = hasMin ? s.max(x[0], x[1]) : x[0];
    return hasMax ? s.min(y, x[hasMin ? 2 : 1]) : y;
  });
}

static const Row rows[] = {
    {"Relu", apply<relu>},
    {"Sigmoid", apply<sigmoid>},
    {"Tanh", apply<tanh>},
    {"Softplus", apply<softplus>},
    {"Softsign", apply<softsign>},
    {"HardSwish", apply<hardSwish>},
    {"Mish", apply<mish>},
    {"LeakyRelu", leakyRelu},
    {"Elu", elu},
    {"Selu", selu},
    {"Celu", celu},
    {"HardSigmoid", hardSigmoid},
    {"ThresholdedRelu", thresholdedRelu},
    {"Affine", affine},
    {"ScaledTanh", scaledTanh},
    {"Swish", swish},
    {"Shrink", shrink},
    {"Gelu", gelu},
    {"FastGelu", apply<geluByTanh>},
    {"com.microsoft.Gelu", apply<gelu>},
    {"com.microsoft.FastGelu", withBias<geluByTanh>},
    {"com.microsoft.BiasGelu", withBias<gelu>},
    {"com.microsoft.QuickGelu", quickGelu},
    {"PRelu", prelu},
    {"Clip", clip},
};
llvm::ArrayRef<Row> ohas::electronic::activationRows() { return rows; }
