//===- Constraint.cpp - What a design must satisfy --------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Constraint.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace ohas::search;
using namespace ohas;

static constexpr llvm::StringRef figureNames[] = {
    "area_mm2",   "power_w",   "average_power_w", "laser_dbm",
    "latency_ms", "energy_mj", "edp_js"};

/// Figures that a design has before anything is mapped to it.
static bool isStaticFigure(llvm::StringRef name) {
  return name == "area_mm2" || name == "power_w" || name == "laser_dbm";
}

llvm::ArrayRef<llvm::StringRef> Constraint::figures() { return figureNames; }

/// Of more energy and time there is never less of it.
static bool growsWithCost(llvm::StringRef name) {
  return name == "latency_ms" || name == "energy_mj" || name == "edp_js";
}

static std::optional<double> figure(llvm::StringRef name, const Totals &totals,
                                    std::optional<double> laserDbm) {
  if (name == "area_mm2")
    return totals.areaUm2 * 1e-6;
  if (name == "power_w")
    return totals.peakPowerUw * 1e-6;
  if (name == "average_power_w")
    return averagePowerW(totals);
  if (name == "laser_dbm")
    return laserDbm;
  if (name == "latency_ms")
    return totals.latencyPs * 1e-9;
  if (name == "energy_mj")
    return totals.energyFj * 1e-12;
  if (name == "edp_js")
    return edpJs(totals);
  return std::nullopt;
}

static llvm::Error constraintError(llvm::StringRef text,
                                   const llvm::Twine &what) {
  return llvm::createStringError(llvm::Twine("--constraint ") + text + ": " +
                                 what);
}

namespace {
/// Where the operators that bind weakest stand, outside any parentheses.
struct TopLevel {
  llvm::SmallVector<std::pair<size_t, size_t>, 2> comparisons; // begin, length
  bool combined = false;                                       // && or ||
};
} // namespace

static TopLevel scanTopLevel(llvm::StringRef text) {
  TopLevel result;
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i], next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '(')
      ++depth;
    else if (c == ')')
      --depth;
    if (depth)
      continue;
    if ((c == '&' || c == '|') && next == c)
      result.combined = true;
    bool two = next == '=' && (c == '<' || c == '>' || c == '=' || c == '!');
    if (two || c == '<' || c == '>')
      result.comparisons.emplace_back(i, two ? 2 : 1);
    if (two)
      ++i;
  }
  return result;
}

llvm::Expected<Constraint>
Constraint::parse(llvm::StringRef text, llvm::ArrayRef<std::string> knobs) {
  // The whole text first, so that columns in messages are the user's.
  llvm::Expected<cost::Expression> whole = cost::Expression::parse(text);
  if (!whole)
    return constraintError(text, llvm::toString(whole.takeError()));
  TopLevel top = scanTopLevel(text);
  if (top.combined)
    return constraintError(text, "give each condition a --constraint of its "
                                 "own instead of && or ||");
  if (top.comparisons.size() != 1)
    return constraintError(text, "a constraint is one comparison, such as "
                                 "area_mm2<=100");
  auto [begin, length] = top.comparisons.front();
  llvm::Expected<cost::Expression> left =
      cost::Expression::parse(text.take_front(begin));
  if (!left)
    return constraintError(text, llvm::toString(left.takeError()));
  llvm::Expected<cost::Expression> right =
      cost::Expression::parse(text.drop_front(begin + length));
  if (!right)
    return constraintError(text, llvm::toString(right.takeError()));

  Constraint result;
  for (const std::string &name : whole->variables()) {
    bool isFigure = llvm::is_contained(figureNames, llvm::StringRef(name));
    if (!isFigure && !llvm::is_contained(knobs, name))
      return constraintError(text,
                             fmt::format("unknown name '{}'; known are {}{}{}",
                                         name, llvm::join(figures(), ", "),
                                         knobs.empty() ? "" : " and the knobs ",
                                         llvm::join(knobs, ", ")));
    result.isStaticOnly &= !isFigure || isStaticFigure(name);
    result.laser |= name == "laser_dbm";
  }
  auto isGrowing = [](const cost::Expression &side, llvm::StringRef text) {
    return growsWithCost(text.trim()) && side.variables().size() == 1;
  };
  auto isStatic = [&](const cost::Expression &side) {
    return llvm::none_of(side.variables(), [&](const std::string &name) {
      return llvm::is_contained(figureNames, llvm::StringRef(name)) &&
             !isStaticFigure(name);
    });
  };
  bool fromAbove = text[begin] == '<';
  llvm::StringRef limited =
      fromAbove ? text.take_front(begin) : text.drop_front(begin + length);
  result.isUpperLimit = (fromAbove || text[begin] == '>') &&
                        isGrowing(fromAbove ? *left : *right, limited) &&
                        isStatic(fromAbove ? *right : *left) && !result.laser;
  result.source = text.str();
  result.comparison = text.substr(begin, length).str();
  result.left = *left;
  result.right = *right;
  return result;
}

static bool holds(llvm::StringRef comparison, double left, double right) {
  if (comparison == "<=")
    return left <= right;
  if (comparison == ">=")
    return left >= right;
  if (comparison == "<")
    return left < right;
  if (comparison == ">")
    return left > right;
  return (left == right) == (comparison == "==");
}

std::optional<Rejection>
Constraint::check(const Totals &totals, std::optional<double> laserDbm,
                  const cost::DesignPoint &point) const {
  auto lookup = [&](llvm::StringRef name) -> std::optional<double> {
    if (auto knob = point.knobs.find(name.str()); knob != point.knobs.end())
      return knob->second;
    return figure(name, totals, laserDbm);
  };
  auto unknown = [&](llvm::Error error) {
    return Rejection{source, fmt::format("{} cannot be decided: {}", source,
                                         llvm::toString(std::move(error)))};
  };
  llvm::Expected<double> l = left.evaluate(lookup);
  if (!l)
    return unknown(l.takeError());
  llvm::Expected<double> r = right.evaluate(lookup);
  if (!r)
    return unknown(r.takeError());
  if (holds(comparison, *l, *r))
    return std::nullopt;
  double scale = std::max(std::abs(*l), std::abs(*r));
  return Rejection{
      source, fmt::format("{} fails: {:.6g} against {:.6g}", source, *l, *r),
      scale > 0 ? std::abs(*l - *r) / scale : 1};
}

std::optional<Rejection>
Constraint::checkBound(const Totals &bound,
                       const cost::DesignPoint &point) const {
  if (!isUpperLimit)
    return std::nullopt;
  std::optional<Rejection> rejection = check(bound, std::nullopt, point);
  if (rejection)
    rejection->message += " at best";
  return rejection;
}
