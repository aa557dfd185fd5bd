//===- LayoutCompiler.h - From a layout to its bounds -----------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//
#ifndef OHAS_LIB_SEARCH_LAYOUTCOMPILER_H
#define OHAS_LIB_SEARCH_LAYOUTCOMPILER_H

#include "LayoutBound.h"

namespace ohas::search {

/// Fills the tables of a LayoutBound.
class LayoutCompiler {
public:
  LayoutCompiler(LayoutBound &bound, const Layout &layout,
                 llvm::ArrayRef<unsigned> late);
  void run();

private:
  using Term = LayoutBound::Term;
  using Boundary = LayoutBound::Boundary;
  void memoriesAndRooms();
  LayoutBound::PerStep stepsOf(unsigned level) const;
  void power();
  void noteLonely(const Term &term);
  void add(const Crossing &crossing);
  void add(const Completion &completion);
  void program(const Programming &programming, int lane);
  void mustBeComplete(const Flow &flow);
  Term shape(const Flow &flow, unsigned place, bool hold);
  void addWindow(Term &term, unsigned pair, const DimBounds &reach,
                 unsigned child, bool scattered);
  int64_t conversions(unsigned place, cost::Dim inner, int64_t innerSize,
                      cost::Dim other, int64_t otherSize) const;
  bool presentsKnown(const Flow &flow, unsigned place, unsigned pair) const;
  void addPresented(Term &term, unsigned pair, unsigned place);
  void addVaguely(Term &term, unsigned pair, const Flow &flow, unsigned place);
  double distinctElements(unsigned pair) const;
  bool sharesWindow(const Flow &flow, unsigned place, unsigned inside,
                    cost::Dim dim) const;
  bool scattersKernel(const Flow &flow, unsigned place, cost::Dim kernel) const;
  void integrate(Term &term, const Flow &flow, const DimBounds &reach) const;
  void release(Term &term, int64_t limit, const DimBounds &reach) const;
  bool mayLandLate(const Flow &flow) const;
  bool mayLandLate(const Flow &flow, cost::Dim dim, unsigned cell) const;
  bool landsLate(const Flow &flow);
  bool sumsInSteps(unsigned memory) const;
  void addExtents(LayoutBound::Room::Part &part, unsigned memory,
                  cost::Tensor tensor) const;
  double leastNotFirst(cost::Dim dim, unsigned cell, unsigned child) const;
  bool isEven(cost::Dim dim) const;
  int64_t mostTrips(cost::Dim dim, unsigned cell) const;
  int64_t missingTiles(cost::Dim dim, unsigned child, unsigned cell) const;
  void limit(LayoutBound::LonelyTable &table, unsigned child) const;
  bool shares(unsigned fanout, cost::Tensor tensor, cost::Dim dim) const;
  int64_t spread(unsigned from, unsigned to, cost::Dim dim) const;
  double copies(unsigned level) const;
  unsigned boundaryOf(unsigned level) const;
  bool reducesAcross(unsigned from, unsigned to, bool unlessSummed) const;

  LayoutBound &bound;
  const MappingProblem &problem;
  const cost::Workload &workload;
  const cost::Accelerator &accelerator;
  const Layout &layout;
  llvm::ArrayRef<unsigned> late;
  llvm::SmallVector<int, 16> fanoutOf; ///< by level
};
} // namespace ohas::search

#endif // OHAS_LIB_SEARCH_LAYOUTCOMPILER_H
