"""Builds the wheel of this module (PEP 517, PEP 427): a few files and what pyproject.toml says of
them. It needs nothing but Python, so that `pip install .` works where no index can be reached."""

import base64
import hashlib
import os
import re
import zipfile

PACKAGE = "qingwen"
DATE = (2020, 1, 1, 0, 0, 0)  # the same files make the same wheel


def _project():
    """The strings of the table [project]. tomllib came with Python 3.11."""
    with open("pyproject.toml", encoding="utf-8") as file:
        table = re.search(r"^\[project\]$(.*?)(?=^\[|\Z)", file.read(), re.S | re.M).group(1)
    return dict(re.findall(r'^([\w-]+) = "(.*)"$', table, re.M))


def _metadata(project):
    with open(project["readme"], encoding="utf-8") as file:
        readme = file.read()
    return (
        "Metadata-Version: 2.1\n"
        f"Name: {project['name']}\n"
        f"Version: {project['version']}\n"
        f"Summary: {project['description']}\n"
        "License: MIT\n"
        f"Requires-Python: {project['requires-python']}\n"
        "Description-Content-Type: text/markdown\n\n"
        f"{readme}"
    )


def _record(name, data):
    digest = base64.urlsafe_b64encode(hashlib.sha256(data).digest()).rstrip(b"=").decode()
    return f"{name},sha256={digest},{len(data)}\n"


def _folder(project):
    return f"{project['name']}-{project['version']}.dist-info"


def _files(project):
    for name in sorted(os.listdir(PACKAGE)):
        if name.endswith((".py", ".typed")):
            with open(os.path.join(PACKAGE, name), "rb") as file:
                yield f"{PACKAGE}/{name}", file.read()
    folder = _folder(project)
    yield f"{folder}/METADATA", _metadata(project).encode()
    yield f"{folder}/WHEEL", (
        b"Wheel-Version: 1.0\nGenerator: qingwen\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    )


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    project = _project()
    name = f"{project['name']}-{project['version']}-py3-none-any.whl"
    record = f"{_folder(project)}/RECORD"
    lines = ""
    with zipfile.ZipFile(os.path.join(wheel_directory, name), "w", zipfile.ZIP_DEFLATED) as wheel:
        for path, data in _files(project):
            wheel.writestr(zipfile.ZipInfo(path, DATE), data)
            lines += _record(path, data)
        wheel.writestr(zipfile.ZipInfo(record, DATE), lines + f"{record},,\n")
    return name


def build_sdist(sdist_directory, config_settings=None):
    raise NotImplementedError("the source of this module is that of qingwen")
