//===- JournalTest.cpp ------------------------------------------*- C++ -*-===//
//
// Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
//
//===----------------------------------------------------------------------===//

#include "ohas/Search/Journal.h"
#include "Spaces.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"

using namespace ohas::search;
using namespace ohas::search::test;
using ohas::cost::DesignPoint;

namespace {
class JournalTest : public testing::Test {
protected:
  void SetUp() override {
    ASSERT_FALSE(llvm::sys::fs::createTemporaryFile("ohas", "journal", path));
  }
  void TearDown() override { llvm::sys::fs::remove(path); }

  std::unique_ptr<Journal> open(llvm::StringRef search = "one") {
    return llvm::cantFail(Journal::open(path, search));
  }
  std::string errorOf(llvm::StringRef search = "one") {
    std::string text = message(Journal::open(path, search));
    size_t at = text.find(path.c_str());
    return at == std::string::npos ? text : text.replace(at, path.size(), "F");
  }
  std::string read() {
    return llvm::cantFail(
               llvm::errorOrToExpected(llvm::MemoryBuffer::getFile(path)))
        ->getBuffer()
        .str();
  }
  void write(llvm::StringRef text) {
    std::error_code error;
    llvm::raw_fd_ostream(path, error) << text;
  }

  llvm::SmallString<128> path;
};
} // namespace

static DesignPoint point(double plcg) {
  DesignPoint point;
  point.knobs = {{"plcg", plcg}, {"clock_ghz", 0.1}};
  return point;
}

static Outcome outcome(int64_t energyFj) {
  Outcome outcome;
  outcome.status = Status::Feasible;
  outcome.totals = {(int64_t(1) << 62) + 1, energyFj, 3, 4};
  outcome.effort = {{~uint64_t(0) - 1, 17}, {5, 0}};
  return outcome;
}

TEST_F(JournalTest, GivesBackWhatWasAdded) {
  Outcome bad = outcome(2);
  bad.status = Status::Infeasible;
  bad.rejections = {{"latency_ms<=1", "latency_ms<=1 \"fails\"\n", 0.1}};
  {
    auto journal = open();
    llvm::cantFail(journal->add(point(1), outcome(7)));
    llvm::cantFail(journal->add(point(2), bad));
    EXPECT_EQ(journal->numFound(), 0u);
  }
  auto journal = open();
  EXPECT_EQ(journal->numFound(), 2u);
  EXPECT_FALSE(journal->find(point(3)));
  Outcome good = *journal->find(point(1));
  EXPECT_EQ(good.status, Status::Feasible);
  EXPECT_TRUE(good.totals == outcome(7).totals);
  ASSERT_EQ(good.effort.size(), 2u);
  EXPECT_EQ(good.effort[0].key, ~uint64_t(0) - 1);
  EXPECT_EQ(good.effort[0].mappings, 17u);
  Outcome again = *journal->find(point(2));
  EXPECT_EQ(again.status, Status::Infeasible);
  ASSERT_EQ(again.rejections.size(), 1u);
  EXPECT_EQ(again.rejections[0].kind, bad.rejections[0].kind);
  EXPECT_EQ(again.rejections[0].message, bad.rejections[0].message);
  EXPECT_EQ(again.rejections[0].violation, 0.1);
}

/// A process may die after any byte.
TEST_F(JournalTest, GoesOnWhereverItWasCutOff) {
  {
    auto journal = open();
    llvm::cantFail(journal->add(point(1), outcome(7)));
    llvm::cantFail(journal->add(point(2), outcome(8)));
  }
  std::string whole = read();
  for (size_t size = 0; size <= whole.size(); ++size) {
    write(llvm::StringRef(whole).take_front(size));
    {
      auto journal = open();
      size_t lines = llvm::StringRef(whole).take_front(size).count('\n');
      EXPECT_EQ(journal->numFound(), lines ? lines - 1 : 0) << size;
      for (double plcg : {1, 2})
        if (!journal->find(point(plcg)))
          llvm::cantFail(journal->add(point(plcg), outcome(6 + plcg)));
    }
    EXPECT_EQ(read(), whole) << size;
  }
}

TEST_F(JournalTest, RefusesWhatIsNotItsOwn) {
  {
    open("one");
  }
  EXPECT_EQ(errorOf("two"),
            "journal 'F' is that of another search (network, accelerator, "
            "constraints, objective, budgets or version differ): name another "
            "file or remove it");
  write("{\"schema\":\"other\"}\n");
  EXPECT_EQ(errorOf(), "journal 'F' is none: it does not begin with a line of "
                       "ohas.journal/1");
  write("precious");
  EXPECT_EQ(errorOf(), "journal 'F' is none: it does not begin with a line of "
                       "ohas.journal/1");
  EXPECT_EQ(read(), "precious");
  write("precious\n");
  EXPECT_TRUE(llvm::StringRef(errorOf()).starts_with("journal 'F' is damaged"));
  EXPECT_EQ(read(), "precious\n");
  write("{\"schema\":\"ohas.journal/1\",\"search\":\"one\"}\n{\"knobs\":1}\n");
  EXPECT_EQ(errorOf(), "journal 'F' is damaged: {\"knobs\":1}");
  path = "/nowhere/at/all";
  EXPECT_EQ(errorOf(),
            "journal 'F' cannot be opened: No such file or directory");
}
