//===- Link.cpp - Link budgets and requirements -----------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/CostModel/Link.h"
#include "Errors.h"

using namespace ohas::cost;

/// What the detector needs, or unreachableDbm.
static std::string reachableNeed(const LinkSpec &spec) {
  return fmt::format("min({}, {})", spec.needsDbm.text().str(), unreachableDbm);
}

Expression ohas::cost::laserPower(const LinkSpec &spec) {
  std::string text = reachableNeed(spec);
  for (const LinkItemSpec &loss : spec.losses)
    text += fmt::format(" + ({})", loss.value.text().str());
  return llvm::cantFail(Expression::parse(text));
}

llvm::Expected<LinkBudget>
ohas::cost::evaluateLink(const LinkSpec &spec,
                         const llvm::StringMap<double> &values) {
  LinkBudget link;
  std::string where = fmt::format("link '{}'", spec.name);
  auto evaluate = [&](const std::string &what, const Expression &expression,
                      double &to) -> llvm::Error {
    llvm::Expected<double> value = expression.evaluate(values);
    if (!value)
      return prefix(fmt::format("{}: {}", where, what), value.takeError());
    to = *value;
    return llvm::Error::success();
  };
  if (llvm::Error error = evaluate(
          "needs_dbm", llvm::cantFail(Expression::parse(reachableNeed(spec))),
          link.needsDbm))
    return error;
  if (spec.limitDbm)
    if (llvm::Error error =
            evaluate("limit_dbm", spec.limitDbm, link.limitDbm.emplace()))
      return error;
  if (spec.enob)
    if (llvm::Error error = evaluate("enob", spec.enob, link.enob.emplace()))
      return error;
  link.laserDbm = link.needsDbm;
  for (const LinkItemSpec &spec : spec.losses) {
    LinkItem &loss = link.losses.emplace_back(LinkItem{spec.name, 0});
    std::string what = fmt::format("loss '{}'", spec.name);
    if (llvm::Error error = evaluate(what, spec.value, loss.value))
      return error;
    if (loss.value < 0)
      return makeError("{}: {} is {} dB, below 0", where, what, loss.value);
    link.laserDbm += loss.value;
  }
  return link;
}

/// `reason` with what `value` says for each name in braces.
static std::string
replaceNames(llvm::StringRef reason,
             llvm::function_ref<std::string(llvm::StringRef)> value) {
  std::string text;
  while (true) {
    auto [before, after] = reason.split('{');
    text += before;
    if (!after.contains('}'))
      return text;
    auto [name, rest] = after.split('}');
    text += value(name);
    reason = rest;
  }
}

std::vector<std::string> ohas::cost::namesIn(llvm::StringRef reason) {
  std::vector<std::string> names;
  replaceNames(reason, [&](llvm::StringRef name) {
    names.push_back(name.str());
    return "";
  });
  return names;
}

llvm::Expected<std::vector<Infeasibility>>
ohas::cost::unmetRequirements(const std::vector<RequirementSpec> &requirements,
                              const llvm::StringMap<double> &values) {
  std::vector<Infeasibility> unmet;
  for (const RequirementSpec &requirement : requirements) {
    std::string condition = requirement.condition.text().str();
    llvm::Expected<double> holds = requirement.condition.evaluate(values);
    if (!holds)
      return prefix(fmt::format("requirement '{}'", condition),
                    holds.takeError());
    if (*holds == 0)
      unmet.push_back(
          {condition,
           replaceNames(requirement.reason, [&](llvm::StringRef name) {
             return fmt::format("{:.6g}", values.lookup(name));
           })});
  }
  return unmet;
}
