"""`pip install` of the module into a fresh environment, without an index. Skipped where Python has
no pip to put into one."""

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
import unittest

import qingwen

SOURCE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CODE = "import qingwen; print(qingwen.__file__, qingwen.version(), qingwen.clean('a').text)"


@unittest.skipUnless(importlib.util.find_spec("ensurepip"), "there is no ensurepip")
class Install(unittest.TestCase):
    def test_install(self):
        with tempfile.TemporaryDirectory() as folder:
            place, copy = os.path.join(folder, "place"), os.path.join(folder, "copy")
            shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns("tests", "__pycache__"))
            subprocess.run([sys.executable, "-m", "venv", place], check=True)
            python = os.path.join(place, "bin", "python")
            environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
            install = [python, "-m", "pip", "install", "-q", "--no-index", copy]
            subprocess.run(install, check=True, env=environment, capture_output=True)
            run = [python, "-c", CODE]
            said = subprocess.run(
                run, check=True, env=environment, cwd=folder, capture_output=True, text=True
            ).stdout.split()
            self.assertTrue(os.path.realpath(said[0]).startswith(os.path.realpath(place)))
            self.assertEqual(said[1:], [qingwen.version(), "a"])
            shown = subprocess.run(
                [python, "-m", "pip", "show", "qingwen"],
                check=True, env=environment, capture_output=True, text=True,
            ).stdout
            self.assertIn(f"Version: {qingwen.version()}\n", shown)


if __name__ == "__main__":
    unittest.main()
