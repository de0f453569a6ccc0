import importlib.util
import ctypes.util
import os
import pickle
import subprocess
import sys
import tempfile
import threading
import unittest
from pathlib import Path

import qingwen

DIRTY = "一、总体情况\n今年以来，各项\u200b工作有序推进。\n"
CLEAN = "一、总体情况\n今年以来，各项工作有序推进。\n"
PAGE = "一、总体情况\n今年以来，工作有序推进。\n二、主要问题\n仍有不足。\n三、下一步打算\n抓好落实。\n"


class Clean(unittest.TestCase):
    def test_bytes_in_their_encoding(self):
        for encoding in ("utf-8", "gb18030", "utf-16"):
            result = qingwen.clean(DIRTY.encode(encoding), filters="invisible")
            self.assertEqual(result.text, CLEAN)
            self.assertTrue(result.changed)
            self.assertEqual((result.removed_edits, result.removed_bytes), (1, 3))
        self.assertEqual(result.encoding, "UTF-16LE")
        self.assertTrue(result.bom)

    def test_text(self):
        result = qingwen.clean(DIRTY, filters="invisible")
        self.assertEqual((result.text, result.encoding), (CLEAN, "UTF-8"))
        self.assertEqual(qingwen.clean("", filters="invisible").text, "")

    def test_edits(self):
        edit, = qingwen.clean(DIRTY, filters="invisible").edits
        self.assertEqual((edit.kind, edit.state, edit.filter), ("replace", "done", "invisible"))
        self.assertEqual((edit.before, edit.after), ("\u200b", ""))
        self.assertEqual((edit.place.line, edit.place.column), (2, 8))
        self.assertTrue(0 < edit.score <= 100 and edit.why)
        self.assertEqual(qingwen.clean(DIRTY, filters="invisible", edits=False).edits, ())

    def test_formats(self):
        self.assertIn('"text":"今年以来', qingwen.clean(PAGE, to="jsonl").text)
        self.assertRegex(qingwen.clean(PAGE, to="md").text, "(?m)^#+ 一、总体情况$")
        document = qingwen.clean(PAGE, to="docx")
        self.assertTrue(document.data.startswith(b"PK"))
        again = qingwen.clean(document.data, name="a.docx")
        self.assertEqual((again.format, again.text), ("docx", PAGE))

    def test_undecodable(self):
        data = ("今年以来，各项工作有序推进，取得了新的成效。\n" * 20).encode("utf-8") + b"\xff\n"
        result = qingwen.clean(data, filters="invisible", encoding="utf-8")
        self.assertEqual(result.undecodable_bytes, 1)
        self.assertIn("\ufffd", result.text)
        self.assertTrue(result.notes and result.notes[0].text and result.notes[0].text_zh)
        with self.assertRaises(qingwen.EncodingError) as caught:
            qingwen.clean(data, filters="invisible", encoding="utf-8", strict=True)
        self.assertEqual(caught.exception.code, "encoding")

    def test_rules_of_ones_own(self):
        rules = Path(os.environ["QW_FIXTURES"], "ads/user-rules/mine.rules").read_bytes()
        text = Path(os.environ["QW_FIXTURES"], "ads/user-rules/in.txt").read_bytes()
        want = Path(os.environ["QW_FIXTURES"], "ads/user-rules/out.txt").read_text("utf-8")
        self.assertEqual(qingwen.clean(text, filters="ads", rules=[rules]).text, want)
        with self.assertRaises(qingwen.UsageError):
            qingwen.Chain(rules=["no rules\n"])

    def test_more_filters(self):
        with self.assertRaises(qingwen.UsageError):
            qingwen.clean("x", more="nothing")
        result = qingwen.clean(DIRTY, profile="archive", more="invisible")
        self.assertEqual(result.text, CLEAN)

    def test_every_kind_of_data(self):
        data = DIRTY.encode("gb18030")
        for kind in (data, bytearray(data), memoryview(data), DIRTY):
            self.assertEqual(qingwen.clean(kind, filters="invisible").text, CLEAN)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "报告.txt")
            path.write_bytes(data)
            self.assertEqual(qingwen.clean(path, filters="invisible").text, CLEAN)
            self.assertEqual(qingwen.detect(path).encoding, "GB18030")
            self.assertTrue(b"\xe6\x8a\xa5" in qingwen.clean(path, report=True).report)

    def test_nothing_is_shared_between_documents(self):
        first = qingwen.clean(DIRTY, filters="invisible")
        for _ in range(50):
            qingwen.clean("别的" * 5000, filters="invisible")
        self.assertEqual(first.text, CLEAN)
        self.assertEqual(first.edits[0].before, "\u200b")


class Errors(unittest.TestCase):
    def test_usage(self):
        for call in (
            lambda: qingwen.clean("x", profile="nowhere"),
            lambda: qingwen.clean("x", filters="nothing"),
            lambda: qingwen.clean("x", to="klingon"),
            lambda: qingwen.clean(b"x", encoding="klingon"),
        ):
            with self.assertRaises(qingwen.UsageError) as caught:
                call()
            self.assertIsInstance(caught.exception, ValueError)
            self.assertTrue(caught.exception.id and caught.exception.text_zh)

    def test_format(self):
        with self.assertRaises(qingwen.Error) as caught:
            qingwen.clean(b"PK\x03\x04" + b"\0" * 200, name="a.docx")
        self.assertTrue(caught.exception.id)
        copy = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((type(copy), copy.id), (type(caught.exception), caught.exception.id))

    def test_types(self):
        with self.assertRaises(FileNotFoundError):
            qingwen.clean(Path("/nowhere/a.txt"))
        with self.assertRaises(ValueError):
            qingwen.clean("x", formulas="round")
        with self.assertRaises(TypeError):
            qingwen.clean(None)
        with self.assertRaises(ValueError):
            qingwen.clean("x", name="a\0b")
        with self.assertRaises(ValueError):
            qingwen.clean("x", chunk=-1)

    def test_it_works_after_a_failure(self):
        with self.assertRaises(qingwen.Error):
            qingwen.clean(b"PK\x03\x04" + b"\0" * 200, name="a.docx")
        self.assertEqual(qingwen.clean(DIRTY, filters="invisible").text, CLEAN)


class Views(unittest.TestCase):
    def test_detect(self):
        found = qingwen.detect(PAGE.replace("\n", "\r\n").encode("gb18030"))
        self.assertEqual((found.format, found.encoding), ("txt", "GB18030"))
        self.assertEqual((found.line_ends, found.bom), ("crlf", False))
        self.assertEqual([s.encoding for s in found.stretches], ["GB18030"])
        self.assertEqual(found.stretches[0].length, len(PAGE.encode("gb18030")) + 6)

    def test_outline(self):
        headings = qingwen.outline(PAGE)
        self.assertEqual([h.text for h in headings], ["一、总体情况", "二、主要问题", "三、下一步打算"])
        self.assertEqual({h.level for h in headings}, {1})
        self.assertEqual(headings[1].place.line, 3)

    def test_undo(self):
        data = b"\xef\xbb\xbf" + DIRTY.replace("\n", "\r\n").encode("utf-8")
        result = qingwen.clean(data, filters="invisible", report=True)
        self.assertEqual(qingwen.undo(result.report, result.data), data)
        self.assertEqual(qingwen.undo(result.report, result.data, only=[]).decode(), CLEAN)
        with self.assertRaises(qingwen.Error):
            qingwen.undo(result.report, result.data + b"x")


class Threads(unittest.TestCase):
    def test_side_by_side(self):
        chain, results = qingwen.Chain(filters="invisible"), {}

        def work(number):
            text = f"第{number}件，各项\u200b工作有序推进。\n" * (number + 1)
            results[number] = [chain.clean(text).text for _ in range(20)]

        threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        for number in range(12):
            want = f"第{number}件，各项工作有序推进。\n" * (number + 1)
            self.assertEqual(results[number], [want] * 20)

    def test_the_lock_is_not_held(self):
        """While one thread is in the library, another one counts."""
        text = "今年以来，各项\u200b工作有序推进，取得了新的成效。\n" * 200000
        counted, done = 0, threading.Event()

        def work():
            qingwen.clean(text, edits=False)
            done.set()

        worker = threading.Thread(target=work)
        worker.start()
        while not done.wait(0.001):
            counted += 1
        worker.join()
        self.assertGreater(counted, 3)


class Loading(unittest.TestCase):
    def test_another_library_is_refused(self):
        """One with other structures is not used: one that lacks a call stands for it, and a module
        that thinks a structure smaller."""
        answer = subprocess.run(
            [sys.executable, "-c", "import qingwen"],
            env={**os.environ, "QINGWEN_LIBRARY": ctypes.util.find_library("c")},
            capture_output=True,
            text=True,
        )
        self.assertIn("ImportError: libc", answer.stderr)
        changed = (
            "import ctypes; real = ctypes.sizeof\n"
            "ctypes.sizeof = lambda t: real(t) - (t.__name__ == 'EditInfo')\n"
            "import qingwen"
        )
        answer = subprocess.run(
            [sys.executable, "-c", changed], env=os.environ, capture_output=True, text=True
        )
        self.assertIn("has another qw_edit_info; install the module", answer.stderr)

    def test_a_missing_library_is_named(self):
        answer = subprocess.run(
            [sys.executable, "-c", "import qingwen"],
            env={**os.environ, "QINGWEN_LIBRARY": "/nowhere/libqingwen.so"},
            capture_output=True,
            text=True,
        )
        self.assertNotEqual(answer.returncode, 0)
        self.assertIn("cannot load /nowhere/libqingwen.so", answer.stderr)
        self.assertIn("ImportError", answer.stderr)

    def test_pip_installs_it(self):
        source = Path(__file__).resolve().parent.parent
        pip = [sys.executable, "-m", "pip"]
        if subprocess.run(pip + ["--version"], capture_output=True).returncode != 0:
            self.skipTest("no pip")
        for module in ("setuptools", "wheel"):
            if importlib.util.find_spec(module) is None:
                self.skipTest(f"no {module}")
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder, "source")
            subprocess.run(["cp", "-r", str(source), str(copy)], check=True)
            target = Path(folder, "target")
            answer = subprocess.run(
                pip + ["install", "--no-build-isolation", "--no-deps", "--no-index", "--quiet",
                       "--disable-pip-version-check", "--target", str(target), str(copy)],
                capture_output=True, text=True,
                env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"},
            )
            self.assertEqual(answer.returncode, 0, answer.stderr)
            answer = subprocess.run(
                [sys.executable, "-c",
                 "import qingwen; print(qingwen.__file__); "
                 "print(qingwen.clean('各项\\u200b工作', filters='invisible').text)"],
                env={**os.environ, "PYTHONPATH": str(target), "PYTHONIOENCODING": "utf-8"},
                capture_output=True, text=True, encoding="utf-8", cwd=folder,
            )
            self.assertEqual(answer.returncode, 0, answer.stderr)
            where, text = answer.stdout.split("\n")[:2]
            self.assertTrue(where.startswith(str(target)))
            self.assertEqual(text, "各项工作")


if __name__ == "__main__":
    unittest.main()
