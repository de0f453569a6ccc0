"""Every structure and constant of _library.py against qingwen.h, by a C program that is compiled
here. Skipped without a compiler ($QW_CC) or the header ($QW_INCLUDE)."""

import ctypes
import os
import re
import subprocess
import tempfile
import unittest

from qingwen import _library as c

CC, INCLUDE = os.environ.get("QW_CC"), os.environ.get("QW_INCLUDE")

ENUMS = {
    "qw_code": c.CODES,
    "qw_role": c.ROLES,
    "qw_edit_kind": c.EDIT_KINDS,
    "qw_edit_state": c.EDIT_STATES,
    "qw_level": c.LEVELS,
    "qw_revisions": c.REVISIONS,
}


def header():
    with open(os.path.join(INCLUDE, "qingwen.h"), encoding="utf-8") as f:
        return re.sub(r"/\*.*?\*/", "", f.read(), flags=re.S)


@unittest.skipUnless(CC and INCLUDE, "QW_CC and QW_INCLUDE are not set")
class Layout(unittest.TestCase):
    def test_structures(self):
        lines = ["#include <qingwen.h>", "#include <stdio.h>", "int main(void) {"]
        want = []
        for name, mine in c.STRUCTURES.items():
            lines.append(f'printf("{name} %zu\\n", sizeof({name}));')
            want.append(f"{name} {ctypes.sizeof(mine)}")
            for field, kind in mine._fields_:
                lines.append(
                    f'printf("{name}.{field} %zu %zu\\n", offsetof({name}, {field}), '
                    f"sizeof((({name} *)0)->{field}));"
                )
                want.append(f"{name}.{field} {getattr(mine, field).offset} {ctypes.sizeof(kind)}")
        with tempfile.TemporaryDirectory() as folder:
            source, program = os.path.join(folder, "a.c"), os.path.join(folder, "a")
            with open(source, "w", encoding="utf-8") as f:
                f.write("\n".join(lines + ["return 0; }", ""]))
            subprocess.run([CC, "-std=c11", "-I", INCLUDE, source, "-o", program], check=True)
            got = subprocess.run([program], check=True, capture_output=True, text=True).stdout
        self.assertEqual(got.splitlines(), want)

    def test_no_field_is_missing(self):
        for name, mine in c.STRUCTURES.items():
            body = re.search(r"struct %s \{(.*?)\}" % name, header(), re.S)
            fields = []
            for declaration in body.group(1).split(";"):
                call = re.search(r"\(\*(\w+)\)", declaration)
                names = [call.group(1)] if call else re.findall(
                    r"(\w+)(?:\[[^,]*)?(?:,|$)", declaration.strip()
                )
                fields += names
            self.assertEqual(fields, [f for f, _ in mine._fields_])

    def test_names(self):
        for name, mine in ENUMS.items():
            body = re.search(r"typedef enum %s \{(.*?)\}" % name, header(), re.S).group(1)
            words = [w.split("_")[-1].lower() for w in re.findall(r"QW_\w+", body)]
            self.assertEqual(words[: len(mine)], list(mine))
            self.assertLessEqual(len(words), len(mine) + 1)  # QW_ROLES counts them


if __name__ == "__main__":
    unittest.main()
