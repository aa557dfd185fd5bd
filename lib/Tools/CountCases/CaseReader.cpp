//===- CaseReader.cpp - Reads a nest written as JSON ------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "Case.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/MathExtras.h"
#include <fmt/format.h>
#include <limits>

using namespace ohas;
using namespace ohas::cost;
namespace json = llvm::json;

namespace {
/// Fills a Case; the first mistake is kept, and everything after it is void.
class Reader {
public:
  llvm::Expected<Case> read(const json::Object &source);

private:
  void fail(const std::string &message) {
    if (error.empty())
      error = message;
  }
  const json::Value *get(const json::Object &object, llvm::StringRef key,
                         llvm::StringRef where) {
    const json::Value *value = object.get(key);
    if (!value)
      fail(fmt::format("{} has no '{}'", where.str(), key.str()));
    return value;
  }
  const json::Object &object(const json::Value *value, llvm::StringRef what) {
    static const json::Object none;
    if (value && value->getAsObject())
      return *value->getAsObject();
    fail(fmt::format("{} is no object", what.str()));
    return none;
  }
  const json::Array &array(const json::Value *value, llvm::StringRef what) {
    static const json::Array none;
    if (value && value->getAsArray())
      return *value->getAsArray();
    fail(fmt::format("{} is no array", what.str()));
    return none;
  }
  std::string string(const json::Value *value, llvm::StringRef what) {
    if (value && value->getAsString())
      return value->getAsString()->str();
    fail(fmt::format("{} is no string", what.str()));
    return "";
  }
  int64_t positive(const json::Value *value, llvm::StringRef what) {
    if (value && value->getAsInteger().value_or(0) > 0)
      return *value->getAsInteger();
    fail(fmt::format("{} is no positive integer", what.str()));
    return 1;
  }
  double rate(const json::Value *value, llvm::StringRef what) {
    if (value && value->getAsNumber().value_or(0) > 0)
      return *value->getAsNumber();
    fail(fmt::format("{} is no positive number", what.str()));
    return 1;
  }
  std::optional<Tensor> tensor(const json::Value *value, llvm::StringRef what) {
    std::string text = string(value, what);
    std::optional<Tensor> tensor = parseTensor(text);
    if (!tensor)
      fail(fmt::format("{}: unknown tensor '{}'", what.str(), text));
    return tensor;
  }

  void problem(const json::Object &object);
  void level(const json::Object &object);
  void loops(const json::Object &object);
  void covered();

  Case result;
  std::string error;
};
} // namespace

void Reader::problem(const json::Object &problem) {
  Workload &w = result.workload;
  for (const auto &[key, value] :
       object(get(problem, "dims", "problem"), "'dims'")) {
    std::optional<Dim> dim = parseDim(llvm::StringRef(key));
    if (!dim)
      return fail(fmt::format("unknown dim '{}'", llvm::StringRef(key).str()));
    w.size(*dim) = positive(&value, fmt::format("dim '{}'", name(*dim).str()));
  }
  for (auto [key, steps] :
       {std::pair("stride", &w.strides), std::pair("dilation", &w.dilations)}) {
    std::string what = fmt::format("'{}'", key);
    const json::Array &values = array(get(problem, key, "problem"), what);
    if (values.size() != 2 && values.size() != 3)
      fail(what + " is neither [height, width] nor [height, width, depth]");
    for (size_t i = 0; i < std::min<size_t>(values.size(), 3); ++i)
      (*steps)[i] = positive(&values[i], what);
  }
  w.transposed = problem.getBoolean("transposed").value_or(false);
}

void Reader::level(const json::Object &source) {
  Level level;
  std::optional<Bandwidth> bandwidth;
  LevelMapping mapping;
  level.name = string(get(source, "name", "a level"), "a level's name");
  std::string where = fmt::format("level '{}'", level.name);
  if (result.accelerator.findLevel(level.name))
    fail(where + " appears twice");
  std::string type = string(get(source, "type", where), where + ": 'type'");
  if (type == "memory") {
    level.kind = LevelKind::Memory;
    for (const json::Value &kept :
         array(get(source, "keeps", where), where + ": 'keeps'"))
      if (auto t = tensor(&kept, where))
        mapping.kept.insert(*t);
    if (const json::Value *limit = source.get("accumulate_limit"))
      level.accumulateLimit = positive(limit, where + ": 'accumulate_limit'");
    if (const json::Value *value = source.get("bandwidth")) {
      const json::Object &rates = object(value, where + ": 'bandwidth'");
      auto get = [&](const char *key) {
        return rate(this->get(rates, key, where),
                    fmt::format("{}: '{}'", where, key));
      };
      bandwidth = {get("read_bandwidth"), get("write_bandwidth")};
    }
  } else if (type == "fanout") {
    level.kind = LevelKind::Fanout;
    level.extent = positive(get(source, "extent", where), where + ": 'extent'");
    const json::Object &modes =
        object(get(source, "modes", where), where + ": 'modes'");
    for (Tensor t : allTensors) {
      std::string what = fmt::format("{}: mode of '{}'", where, name(t).str());
      std::string text = string(get(modes, name(t), where + ": 'modes'"), what);
      std::optional<FanoutMode> mode;
      for (FanoutMode m : {FanoutMode::Private, FanoutMode::Broadcast,
                           FanoutMode::Window, FanoutMode::Sum})
        if (text == name(m))
          mode = m;
      if (!mode)
        fail(fmt::format("{} is '{}', not private, broadcast, window or sum",
                         what, text));
      level.modes[index(t)] = mode.value_or(FanoutMode::Private);
    }
  } else if (type == "converter") {
    level.kind = LevelKind::Converter;
    level.tensor =
        tensor(get(source, "tensor", where), where).value_or(Tensor::Input);
    level.hold = source.getBoolean("hold").value_or(false);
  } else if (type != "compute") {
    fail(fmt::format("{}: type '{}' is not memory, fanout, converter or "
                     "compute",
                     where, type));
  }
  result.accelerator.levels.push_back(level);
  result.mapping.levels.push_back(mapping);
  result.bandwidths.push_back(bandwidth);
}

void Reader::loops(const json::Object &source) {
  std::string level =
      string(get(source, "level", "a mapping entry"), "'level'");
  std::optional<unsigned> found = result.accelerator.findLevel(level);
  if (!found)
    return fail(fmt::format("mapping of unknown level '{}'", level));
  for (auto [key, kind] : {std::pair("temporal", LevelKind::Memory),
                           std::pair("spatial", LevelKind::Fanout)}) {
    const json::Value *value = source.get(key);
    if (!value)
      continue;
    std::string what = fmt::format("level '{}': '{}'", level, key);
    if (result.accelerator.levels[*found].kind != kind)
      return fail(what + " loops do not belong there");
    for (const json::Value &entry : array(value, what)) {
      const json::Array &loop = array(&entry, what + ": a loop");
      std::string text = loop.empty() ? "" : string(&loop[0], what + ": a dim");
      std::optional<Dim> dim = parseDim(text);
      if (loop.size() != 2 || !dim)
        return fail(what + ": a loop is [dim, bound]");
      result.mapping.levels[*found].loops.push_back(
          {*dim, positive(&loop[1], what + ": a bound")});
    }
  }
}

/// The loops of every dim reach its size.
void Reader::covered() {
  for (Dim dim : allDims) {
    int64_t reach = 1;
    for (const LevelMapping &level : result.mapping.levels)
      for (const Loop &loop : level.loops)
        if (loop.dim == dim && llvm::MulOverflow(reach, loop.bound, reach))
          reach = std::numeric_limits<int64_t>::max();
    if (reach < result.workload.size(dim))
      fail(fmt::format("the loops of '{}' reach {} of {}", name(dim).str(),
                       reach, result.workload.size(dim)));
  }
}

llvm::Expected<Case> Reader::read(const json::Object &source) {
  result.id = string(get(source, "id", "the case"), "'id'");
  problem(object(get(source, "problem", "the case"), "'problem'"));
  for (const json::Value &value :
       array(get(source, "levels", "the case"), "'levels'"))
    level(object(&value, "a level"));
  const auto &levels = result.accelerator.levels;
  for (size_t i = 0; i < levels.size(); ++i)
    if ((levels[i].kind == LevelKind::Compute) != (i + 1 == levels.size()))
      fail("the last level, and no other, has type 'compute'");
  if (levels.empty())
    fail("the case has no levels");
  for (const json::Value &value :
       array(get(source, "mapping", "the case"), "'mapping'"))
    loops(object(&value, "a mapping entry"));
  covered();
  if (!error.empty())
    return llvm::createStringError(error);
  return std::move(result);
}

llvm::Expected<Case> ohas::readCase(llvm::StringRef text) {
  llvm::Expected<json::Value> value = json::parse(text);
  if (!value)
    return value.takeError();
  if (const json::Object *object = value->getAsObject())
    return Reader().read(*object);
  return llvm::createStringError("the case is no object");
}
