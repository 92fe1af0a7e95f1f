#!/usr/bin/env python3
"""The lints accuse what they must accuse, and nothing else."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

import floors

# path, line, accused?
ROWS = [
    ("lib/coimap/core/a.cpp", '#include "coimap/core/b.hpp"', False),
    ("lib/coimap/wire/a.cpp", '#include "coimap/model/b.hpp"', False),
    ("lib/coimap/model/a.cpp", '#include "coimap/wire/b.hpp"', True),
    ("lib/coimap/session/commands/a.hpp", '#include "coimap/net/b.hpp"', True),
    ("lib/coimap/net/a.cpp", '#include "coimap/client/b.hpp"', True),
    ("lib/coimap/client/a.cpp", '#include "coimap/net/b.hpp"', False),
    ("tools/repl/a.cpp", '#include "coimap/client/b.hpp"', False),
    ("lib/coimap/attic/a.cpp", "", True),
    ("lib/coimap/wire/a.cpp", "#include <asio/awaitable.hpp>", True),
    ("lib/coimap/sasl/a.cpp", "#include <openssl/hmac.h>", True),
    ("lib/coimap/core/a.cpp", "#include <iostream>", True),
    ("lib/coimap/core/a.cpp", "#include <thread>", True),
    ("lib/coimap/net/a.cpp", "#include <thread>", False),
    ("lib/coimap/session/a.cpp", "auto now = std::chrono::steady_clock::now();", True),
    ("lib/coimap/net/a.cpp", "auto now = std::chrono::steady_clock::now();", False),
    ("lib/coimap/net/a.cpp", "#include <asio.hpp>", True),
    ("lib/coimap/net/a.cpp", "#include <asio/ip/tcp.hpp>", False),
    ("tools/repl/a.cpp", "#include <regex>", True),
    ("lib/coimap/model/a.hpp", "#include <range/v3/view/chunk.hpp>", True),
    ("lib/coimap/model/a.cpp", "#include <range/v3/view/chunk.hpp>", False),
    ("lib/coimap/client/a.cpp", '#include "coimap/coimap.hpp"', True),
    ("tools/demo/a.cpp", '#include "coimap/coimap.hpp"', False),
    ("lib/coimap/core/a.cpp", '#include "b.hpp"', True),
]


class floors_test(unittest.TestCase):
    def test_each_rule(self):
        for path, line, accused in ROWS:
            with self.subTest(path=path, line=line), tempfile.TemporaryDirectory() as root:
                file = pathlib.Path(root, path)
                file.parent.mkdir(parents=True)
                file.write_text(line + "\n")
                count, found = floors.lint(pathlib.Path(root))
                self.assertEqual(count, 1)
                self.assertEqual(bool(found), accused, found)


@unittest.skipUnless(shutil.which("clang-format-14") and shutil.which("git"), "clang-format-14 is not installed")
class format_test(unittest.TestCase):
    def test_a_file_that_is_formatted_otherwise_is_named(self):
        here = pathlib.Path(__file__).resolve().parent
        with tempfile.TemporaryDirectory() as root:
            file = pathlib.Path(root, "a.cpp")
            shutil.copy(here.parent.parent / ".clang-format", root)
            file.write_text("int f() {\n    return 1;\n}\n")
            subprocess.run(["git", "init", "-q", root], check=True)
            subprocess.run(["git", "-C", root, "add", "a.cpp"], check=True)

            def run():
                return subprocess.run([here / "format.sh"], env={**os.environ, "COIMAP_ROOT": root},
                                      capture_output=True, text=True)

            self.assertEqual(run().returncode, 0)
            file.write_text("int f()\n{\n  return 1;\n}\n")
            done = run()
            self.assertEqual(done.returncode, 1)
            self.assertIn("a.cpp:1:", done.stdout)


if __name__ == "__main__":
    unittest.main()
