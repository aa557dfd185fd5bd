//===- RandomLayers.cpp - Random contractions -------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "RandomLayers.h"
#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLExtras.h"

using namespace ohas::test;

static std::string tensorType(llvm::ArrayRef<int64_t> shape,
                              const std::string &element) {
  std::string text = "tensor<";
  for (int64_t size : shape)
    text += std::to_string(size) + "x";
  return text + element + ">";
}

static std::string bracketed(llvm::ArrayRef<int64_t> values) {
  std::string text = "[";
  for (size_t i = 0; i < values.size(); ++i)
    text += (i ? ", " : "") + std::to_string(values[i]);
  return text + "]";
}

/// Operands are arguments, or the second or the first a constant.
static std::string function(const std::string &first, const std::string &second,
                            const std::string &result, unsigned constant,
                            const std::string &operation) {
  auto argument = [&](unsigned i) {
    return "%" + std::to_string(i) + ": " + (i ? second : first);
  };
  std::string text = "func.func @main(";
  if (constant == 0)
    text += argument(1);
  else if (constant == 1)
    text += argument(0);
  else
    text += argument(0) + ", " + argument(1);
  // Names of arguments begin with letters, so that any may be left out.
  for (size_t at = 0; (at = text.find('%', at)) != std::string::npos; ++at)
    text.insert(at + 1, "a");
  text += ") -> " + result + " {\n";
  if (constant < 2)
    text += "  %a" + std::to_string(constant) +
            " = arith.constant dense_resource<\"w\"> : " +
            (constant ? second : first) + "\n";
  return text + "  %r = " + operation + " : (" + first + ", " + second +
         ") -> " + result + "\n  return %r : " + result + "\n}\n";
}

std::string LayerGenerator::layer() {
  static const char *elements[] = {"f32", "f32", "i8", "i32", "f64"};
  element = elements[below(std::size(elements))];
  switch (below(4)) {
  case 0:
    return convTranspose();
  case 1:
    return matmul();
  default:
    return conv();
  }
}

std::string LayerGenerator::conv() {
  unsigned axes = 1 + below(3);
  int64_t most = axes == 3 ? 4 : 8;
  int64_t groups = oneIn(3) ? 1 + below(3) : 1;
  int64_t channels = 1 + below(4), outputs = groups * (1 + below(4));
  std::vector<int64_t> input = {1 + below(2), groups * channels};
  std::vector<int64_t> weight = {outputs, channels};
  std::vector<int64_t> result = {input[0], outputs};
  std::vector<int64_t> strides, dilations, begins, ends;
  for (unsigned axis = 0; axis < axes; ++axis) {
    int64_t kernel = 1 + below(3);
    strides.push_back(1 + below(3));
    dilations.push_back(1 + below(2));
    begins.push_back(oneIn(2) ? below(3) : 0);
    ends.push_back(oneIn(2) ? below(3) : 0);
    int64_t span = (kernel - 1) * dilations.back() + 1;
    int64_t size =
        std::max<int64_t>(1, span - begins.back() - ends.back()) + below(most);
    input.push_back(size);
    weight.push_back(kernel);
    result.push_back(
        (size + begins.back() + ends.back() - span) / strides.back() + 1);
  }
  begins.insert(begins.end(), ends.begin(), ends.end());
  std::string op = "optical.conv %a0, %a1 strides " + bracketed(strides) +
                   " dilations " + bracketed(dilations) + " pads " +
                   bracketed(begins) + " group " + std::to_string(groups);
  return function(tensorType(input, element), tensorType(weight, element),
                  tensorType(result, element), oneIn(2) ? 1 : 2, op);
}

std::string LayerGenerator::convTranspose() {
  unsigned axes = 1 + below(3);
  int64_t most = axes == 3 ? 2 : 4;
  int64_t groups = oneIn(3) ? 1 + below(3) : 1;
  int64_t outputs = 1 + below(4);
  std::vector<int64_t> input = {1 + below(2), groups * (1 + below(3))};
  std::vector<int64_t> weight = {input[1], outputs};
  std::vector<int64_t> result = {input[0], outputs * groups};
  std::vector<int64_t> strides, dilations, begins, ends, more;
  for (unsigned axis = 0; axis < axes; ++axis) {
    int64_t kernel = 1 + below(3), size = 1 + below(most);
    strides.push_back(1 + below(3));
    dilations.push_back(1 + below(2));
    int64_t full =
        (size - 1) * strides.back() + (kernel - 1) * dilations.back() + 1;
    more.push_back(oneIn(3) ? below(3) : 0);
    int64_t left = full + more.back();
    begins.push_back(oneIn(2) ? below(std::min<int64_t>(3, left)) : 0);
    left -= begins.back();
    ends.push_back(oneIn(2) ? below(std::min<int64_t>(3, left)) : 0);
    left -= ends.back();
    input.push_back(size);
    weight.push_back(kernel);
    result.push_back(left);
  }
  begins.insert(begins.end(), ends.begin(), ends.end());
  std::string op =
      "optical.conv_transpose %a0, %a1 strides " + bracketed(strides) +
      " dilations " + bracketed(dilations) + " pads " + bracketed(begins) +
      " group " + std::to_string(groups) + " output_padding " + bracketed(more);
  return function(tensorType(input, element), tensorType(weight, element),
                  tensorType(result, element), oneIn(2) ? 1 : 2, op);
}

std::string LayerGenerator::matmul() {
  int64_t rows = 1 + below(9), inner = 1 + below(9), columns = 1 + below(9);
  bool isLhsTransposed = oneIn(2), isRhsTransposed = oneIn(2);
  std::vector<int64_t> lhs, rhs, result;
  unsigned batches = below(4), ofLeft = below(4), ofRight = below(4);
  for (unsigned i = 0; i < batches; ++i) {
    int64_t size = 1 + below(3);
    int64_t left = oneIn(3) ? 1 : size, right = oneIn(3) ? 1 : size;
    // Fewer batch dims on one side, too.
    bool hasLeft = ofLeft > i, hasRight = ofRight > i;
    if (hasLeft || !lhs.empty())
      lhs.push_back(left);
    else
      left = 1;
    if (hasRight || !rhs.empty())
      rhs.push_back(right);
    else
      right = 1;
    result.push_back(std::max(left, right));
  }
  while (!result.empty() && result.size() > std::max(lhs.size(), rhs.size()))
    result.erase(result.begin());
  lhs.insert(lhs.end(),
             {isLhsTransposed ? inner : rows, isLhsTransposed ? rows : inner});
  rhs.insert(rhs.end(), {isRhsTransposed ? columns : inner,
                         isRhsTransposed ? inner : columns});
  result.insert(result.end(), {rows, columns});
  std::string op = "optical.matmul %a0, %a1";
  op += isLhsTransposed ? " transpose_lhs" : "";
  op += isRhsTransposed ? " transpose_rhs" : "";
  return function(tensorType(lhs, element), tensorType(rhs, element),
                  tensorType(result, element), below(3), op);
}
