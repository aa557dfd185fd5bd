"""What lit needs to know of the tests below this folder."""

import os

import lit.formats

config.name = "OHAS"
config.test_format = lit.formats.ShTest(execute_external=False)
config.suffixes = [".mlir", ".test", ".onnxtxt"]
config.excludes = ["Inputs", "CMakeLists.txt", "lit.cfg.py", "lit.site.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.ohas_binary_root, "test")

tools = os.path.join(config.ohas_binary_root, "bin")
config.environment["PATH"] = os.pathsep.join(
    [tools, config.llvm_tools_dir, os.environ["PATH"]]
)
config.environment["FILECHECK_OPTS"] = "--enable-var-scope --allow-unused-prefixes=false"

# %ohas_src, %ohas_bin: the source and the build folder. %shared: the shared
# corpus beside the checkout; tests that need it say REQUIRES: shared.
shared = os.path.join(os.path.dirname(config.ohas_source_root), "shared")
config.substitutions += [
    ("%ohas_src", config.ohas_source_root),
    ("%ohas_bin", config.ohas_binary_root),
    ("%ohas_lib", os.path.join(config.ohas_binary_root, "lib")),
    ("%shared", shared),
    ("%mlir_include", config.mlir_include_dir),
    ("%python", "/usr/bin/python3"),
]
if os.path.isdir(shared):
    config.available_features.add("shared")
if config.sanitized:
    config.available_features.add("sanitized")
    # MLIR's allocators, which are not instrumented, poison memory that they do
    # not clear, and what lives to the end of a tool is no leak.
    config.environment["ASAN_OPTIONS"] = "detect_leaks=0:allow_user_poisoning=0"

# Every test a round-trip test too: OHAS_CHECK_ROUNDTRIP=1 ninja check-ohas
if os.environ.get("OHAS_CHECK_ROUNDTRIP"):
    config.substitutions.append((r"\bohas-opt\b", "ohas-opt --verify-roundtrip"))
