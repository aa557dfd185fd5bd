"""GoogleTest programs, run by lit so that one command runs every test."""

import os

import lit.formats

config.name = "OHAS-Unit"
config.suffixes = []
config.test_source_root = os.path.join(config.ohas_binary_root, "test", "Unit", "bin")
config.test_exec_root = config.test_source_root
config.test_format = lit.formats.GoogleTest(".", "Tests")
config.environment["OHAS_SOURCE_ROOT"] = config.ohas_source_root
