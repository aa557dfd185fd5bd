#
# Part of OHAS, under the Apache License v2.0 with LLVM Exceptions.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Tables of published figures beside ours, as Markdown. See validation.py."""

import decimal
import fnmatch
import math
import string
import textwrap

# Differences of more than this have a cause.
NOTABLE_PERCENT = 5
ROUNDED = "r"
MAPPED_CAUSES = "### Why mapped figures differ: "


class Column:
    """Our figures by row; `reading` is published or mapped. The headings of
    mapped columns begin with that word."""

    def __init__(self, heading, reading, figures):
        self.heading, self.reading, self.figures = heading, reading, figures


class Block:
    """Printed figures by row, and our columns that compare with them.

    `tolerance` has tolerance_percent, for the published reading, and perhaps
    total_percent, for the row `total`, and rounding: then half a unit of the
    last printed digit is tolerated too."""

    def __init__(self, name, heading, printed, tolerance, columns):
        self.name, self.heading, self.printed = name, heading, printed
        self.tolerance, self.columns = tolerance, columns

    def headings(self):
        return [self.heading, *(column.heading for column in self.columns)]

    def tolerated(self, row):
        if row == "total" and "total_percent" in self.tolerance:
            return self.tolerance["total_percent"]
        return self.tolerance["tolerance_percent"]

    def rounded(self, row, figure):
        """Whether `figure` is the printed one but for its last digit."""
        printed = decimal.Decimal(self.printed[row])
        half = 0.5 * 10.0 ** printed.as_tuple().exponent
        return abs(figure - float(printed)) <= 1.001 * half


def number(value):
    """Four significant digits, without an exponent."""
    if not value:
        return "0"
    return f"{value:.{max(0, 3 - math.floor(math.log10(abs(value))))}f}"


def percent(value):
    text = f"{value:+.1f}"
    return ("0.0" if float(text) == 0 else text) + " %"


def line(cells):
    return f"| {' | '.join(cells)} |"


def table_lines(headings, rows):
    return [line(headings), "|" + "---|" * len(headings), *map(line, rows)]


class Page:
    def __init__(self, text):
        self.lines, self.failures, self.compared = [], [], 0
        self.data = None
        self.lines += ["# Validation", ""]
        for paragraph in text:
            self.paragraph(paragraph)

    def paragraph(self, text, source=None):
        if source:
            text += f" Source: {source}."
        self.lines += [textwrap.fill(text, 80, break_on_hyphens=False), ""]

    def text(self, lines):
        self.lines += [*lines, ""]

    def accelerator(self, name, data):
        self.end_accelerator()
        self.name, self.data, self.used = name, data, set()
        self.lines += [f"## {data['title']}", ""]
        self.paragraph(data["text"], data["source"])

    def section(self, spec):
        self.lines += [f"### {spec['title']}", ""]
        if "text" in spec:
            self.paragraph(spec["text"], spec.get("source"))

    def table(self, spec, blocks):
        self.section(spec)
        rows = list(dict.fromkeys(row for block in blocks for row in block.printed))
        headings = [heading for block in blocks for heading in block.headings()]
        self.text(
            table_lines(
                [spec["rows"], *headings],
                [
                    [row, *(cell for block in blocks for cell in self.cells(block, row))]
                    for row in rows
                ],
            )
        )

    def cells(self, block, row):
        if row not in block.printed:
            return ["-"] * (1 + len(block.columns))
        printed = block.printed[row]
        cells = [printed if len(printed) < 6 else number(float(printed))]
        for column in block.columns:
            figure = column.figures.get(row)
            if figure is None:
                cells.append("-" if column.figures else "")
                continue
            error = 100 * (figure / float(printed) - 1)
            marks = self.judge(block, row, column, figure, error)
            cells.append(f"{number(figure)} ({percent(error)}){marks}")
        return cells

    def judge(self, block, row, column, figure, error):
        """Checks one of our figures; the marks of the causes of its error."""
        self.compared += 1
        what = f"{self.name}: {block.name}/{row}, {column.heading}"
        off = f"{number(figure)} instead of {block.printed[row]} ({percent(error)})"
        if block.tolerance.get("rounding") and block.rounded(row, figure):
            if abs(error) <= NOTABLE_PERCENT:
                return ""
            self.used.add((column.reading, ROUNDED))
            return f" [{ROUNDED}]"
        strict = column.reading == "published"
        tolerated = block.tolerated(row) if strict else NOTABLE_PERCENT
        if abs(error) <= tolerated:
            return ""
        marks = []
        for mark, cause in self.causes(column.reading):
            if any(
                fnmatch.fnmatchcase(f"{block.name}/{row}/{column.heading}", pattern)
                for pattern in cause["of"]
            ):
                self.used.add((column.reading, mark))
                marks.append(f"[{mark}]")
                if strict and abs(error) > cause["within"]:
                    self.failures.append(
                        f"{what}: {off}, more than the {cause['within']} % "
                        f"that cause [{mark}] explains"
                    )
        if not marks and strict:
            self.failures.append(f"{what}: {off}, more than {tolerated} %")
        elif not marks:
            self.failures.append(f"{what}: {off}, without a cause")
        return "".join(f" {mark}" for mark in marks)

    def causes(self, reading):
        marks = (
            map(str, range(1, 100)) if reading == "published" else string.ascii_lowercase
        )
        return zip(marks, self.data["causes"][reading])

    def end_accelerator(self):
        if not self.data:
            return
        for reading, title in (
            ("published", "### Why published readings differ: "),
            ("mapped", MAPPED_CAUSES),
        ):
            items = [
                f"- [{mark}] {cause['text']}"
                for mark, cause in self.causes(reading)
                if (reading, mark) in self.used
            ]
            if (reading, ROUNDED) in self.used:
                items.append(
                    f"- [{ROUNDED}] Within half a unit of the last printed digit."
                )
            if not items and not self.data["causes"][reading]:
                continue
            self.lines += [f"{title}{self.data['title']}", ""]
            self.text(
                textwrap.fill(item, 80, subsequent_indent="  ", break_on_hyphens=False)
                for item in items
            )

    def finish(self):
        self.end_accelerator()
        return "\n".join(self.lines).rstrip("\n") + "\n"


def shares_table(rows, columns, published, mapped):
    """By how much the mapped reading spends more on what, in percent of all
    that the published reading spends on a row."""
    return table_lines(
        ["more energy for", *(f"mapped: {column}" for column in columns)],
        [
            [
                row,
                *(
                    percent(
                        100
                        * (mapped[row][column] - published[row][column])
                        / sum(published[row].values())
                    )
                    if mapped
                    else ""
                    for column in columns
                ),
            ]
            for row in rows
        ],
    )


def without_mapped(page):
    """The lines of a page with its mapped columns blank, and without the
    causes of their differences."""
    lines, mapped, skipping = [], None, False
    for text in page.splitlines():
        if text.startswith("#"):
            skipping = text.startswith(MAPPED_CAUSES)
        elif skipping:
            continue
        if not text.startswith("|"):
            mapped = None
        elif mapped is None:
            cells = text.split(" | ")
            mapped = [i for i, c in enumerate(cells) if c.startswith("mapped")]
        elif not text.startswith("|---"):
            cells = [cell.strip() for cell in text.strip("|").split("|")]
            for index in mapped:
                cells[index] = ""
            text = line(cells)
        lines.append(text)
    return lines
