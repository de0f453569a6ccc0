"""Clean and convert Chinese documents.

    import qingwen

    result = qingwen.clean(open("报告.txt", "rb").read(), name="报告.txt")
    print(result.encoding, result.removed_bytes)
    print(result.text)

Everything may be called from any number of threads at once: the library works without the
interpreter's lock, and each thread has its own memory for documents.
"""

import functools
import threading
from ctypes import POINTER, byref, c_char_p, c_size_t, cast, string_at
from dataclasses import dataclass, field
from os import PathLike
from typing import List, Optional, Sequence, Tuple, Union

from . import _library as _c
from ._library import library as _lib

__all__ = [
    "clean", "detect", "outline", "undo", "version", "Chain", "Result", "Edit", "Note", "Place",
    "Heading", "Detection", "Stretch", "Error", "UsageError", "FormatError", "EncodingError",
    "LimitError", "UnsupportedError",
]

Data = Union[bytes, bytearray, memoryview, str]
Source = Union[Data, PathLike]


# ---- Errors ------------------------------------------------------------------------------------


class Error(Exception):
    """A call failed: `id` is stable ("not-utf8"), `place` says where in the input ("line 7"), and
    `text` and `text_zh` say what is wrong and what to do."""

    def __init__(self, code: str, id: str, place: str, text: str, text_zh: str):
        super().__init__(f"{place}: {text}" if place else text)
        self.code, self.id, self.place = code, id, place
        self.text, self.text_zh = text, text_zh

    def __reduce__(self):  # so that it comes back from another process
        return type(self), (self.code, self.id, self.place, self.text, self.text_zh)


class UsageError(Error, ValueError):
    """An option, a chain of filters or a rule file is wrong."""


class FormatError(Error):
    """The input is not what it should be, or broken."""


class EncodingError(Error):
    """The input cannot be decoded."""


class LimitError(Error):
    """The input exceeds a limit."""


class UnsupportedError(Error):
    """The job cannot be done for this input."""


_ERRORS = {
    "usage": UsageError,
    "format": FormatError,
    "encoding": EncodingError,
    "limit": LimitError,
    "unsupported": UnsupportedError,
}


def _raise(why: _c.Error) -> None:
    code = _c.CODES[why.code] if why.code < len(_c.CODES) else "unknown"
    if code == "memory":
        raise MemoryError(why.text[0].value.decode())
    id = (why.id or b"").decode()
    texts = [why.text[k].value.decode("utf-8", "replace") for k in range(2)]
    raise _ERRORS.get(code, Error)(code, id, why.place.decode("utf-8", "replace"), *texts)


# ---- What comes back ---------------------------------------------------------------------------


@dataclass(frozen=True)
class Place:
    """A place in the undecoded input: bytes from 0, line and column from 1."""

    part: str
    offset: int
    length: int
    line: int
    column: int


@dataclass(frozen=True)
class Edit:
    """A change: which filter and rule, why, how sure (0 to 100), what stood and what stands."""

    kind: str  # "replace", "drop", "role", "finding"
    state: str  # "done", "proposed", "refused"
    filter: str
    rule: str
    before: str
    after: str
    why: str
    score: int
    group: int
    place: Place


@dataclass(frozen=True)
class Note:
    """What somebody should know though nothing failed."""

    id: str
    level: str  # "info", "warning"
    text: str
    text_zh: str
    place: Place


@dataclass(frozen=True)
class Stretch:
    """Bytes of the input that are in one encoding."""

    offset: int
    length: int
    encoding: str


@dataclass(frozen=True)
class Detection:
    format: str  # "txt", "docx"
    encoding: str  # of most of the text; "" where the format has none
    line_ends: str  # "lf", "crlf", "cr", "mixed", "none"
    bom: bool
    undecodable_bytes: int
    stretches: Tuple[Stretch, ...]


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    label: str
    role: str  # "title", "heading", "runin", …
    place: Place


@dataclass(frozen=True)
class Result:
    """A clean document. `data` is what was written; `text` is that, decoded."""

    data: bytes = field(repr=False)
    format: str
    encoding: str
    line_ends: str
    bom: bool
    changed: bool
    removed_edits: int
    removed_bytes: int
    undecodable_bytes: int
    edits: Tuple[Edit, ...] = field(repr=False)
    notes: Tuple[Note, ...]
    report: Optional[bytes] = field(repr=False, default=None)

    @property
    def text(self) -> str:
        """The document as text. A DOCX has none: UnicodeDecodeError."""
        return self.data.decode("utf-8")


# ---- Memory and bytes --------------------------------------------------------------------------


class _Workspace:
    """The memory that documents of one thread live in, one after another."""

    def __init__(self):
        self.pointer = _lib.qw_workspace_new()
        if not self.pointer:
            raise MemoryError

    def __del__(self):
        if getattr(self, "pointer", None):
            _lib.qw_workspace_free(self.pointer)


_threads = threading.local()


def _workspace():
    if not hasattr(_threads, "space"):
        _threads.space = _Workspace()
    return _threads.space.pointer


def _bytes(data: Data) -> bytes:
    if isinstance(data, str):
        return data.encode("utf-8")
    if isinstance(data, (bytes, bytearray, memoryview)):
        return bytes(data)
    raise TypeError(f"bytes, str or a path are needed, not {type(data).__name__}")


def _name(value: Union[str, bytes, PathLike, None]) -> Optional[bytes]:
    if value is None:
        return None
    if hasattr(value, "__fspath__"):
        value = value.__fspath__()
    name = value.encode("utf-8", "surrogateescape") if isinstance(value, str) else value
    if b"\0" in name:
        raise ValueError("a name cannot hold a NUL")
    return name


class _Collector:
    """A sink that keeps what it gets. An exception in it (memory) ends the call."""

    def __init__(self):
        self.pieces: List[bytes] = []

        def write(_, p, n):
            self.pieces.append(string_at(p, n))
            return True

        self.sink = _c.Sink(_c.SINK(write), None)

    def value(self) -> bytes:
        return b"".join(self.pieces)


def _read(data: Source, **options) -> Tuple[int, bytes]:
    """The document, and the bytes it stands on: they must live as long as it is looked at."""
    if hasattr(data, "__fspath__"):
        options["name"] = options.get("name") or _name(data)
        with open(data, "rb") as file:
            data = file.read()
    raw = _bytes(data)
    if isinstance(data, str):  # it is in no encoding any more
        options = {"format": b"txt", **options, "encoding": b"UTF-8"}
    name = options.pop("name", None)
    why = _c.Error()
    document = _lib.qw_read(
        _workspace(),
        byref(_c.Input(name, raw, len(raw))),
        byref(_c.ReadOptions(**options)),
        byref(why),
    )
    if not document:
        _raise(why)
    return document, raw


def _write(document: int, format: str, options: Optional[_c.WriteOptions] = None) -> bytes:
    why, collector = _c.Error(), _Collector()
    if not _lib.qw_write(
        document, _name(format), options and byref(options), byref(collector.sink), byref(why)
    ):
        _raise(why)
    return collector.value()


# ---- Looking into a document -------------------------------------------------------------------


def _place(p: _c.Place) -> Place:
    return Place(str(p.part), p.offset, p.length, p.line, p.column)


def _each(get, info, *more):
    """Calls get(i, …) until there is no more; the structures are filled in anew each time."""
    i = 0
    while get(i, byref(info), *more):
        yield info
        i += 1


def _edits(document: int):
    place = _c.Place()
    for e in _each(functools.partial(_lib.qw_edit_get, document), _c.EditInfo(), byref(place)):
        yield Edit(
            _c.EDIT_KINDS[e.kind], _c.EDIT_STATES[e.state], str(e.filter), str(e.rule),
            str(e.before), str(e.after), str(e.why), e.score, e.group, _place(place),
        )


def _notes(document: int):
    for n in _each(functools.partial(_lib.qw_note_get, document), _c.NoteInfo()):
        texts = [n.text[k].value.decode("utf-8", "replace") for k in range(2)]
        yield Note(n.id.decode(), _c.LEVELS[n.level], *texts, _place(n.place))


def _stretches(document: int):
    for s in _each(functools.partial(_lib.qw_stretch_get, document), _c.Stretch()):
        yield Stretch(s.offset, s.length, s.encoding.decode())


def _headings(document: int):
    place = _c.Place()
    for b in _each(functools.partial(_lib.qw_block_get, document), _c.BlockInfo(), byref(place)):
        if b.removed or b.level == 0:
            continue
        text = str(b.text)
        if b.lead:
            text = text.encode("utf-8")[: b.lead].decode("utf-8")
        yield Heading(b.level, text, str(b.label), _c.ROLES[b.role], _place(place))


def _summary(document: int) -> dict:
    s = _c.Summary()
    _lib.qw_summarize(document, byref(s))
    return {
        "format": s.format.decode(),
        "encoding": s.encoding.decode(),
        "line_ends": s.line_ends.decode(),
        "bom": s.bom,
        "undecodable_bytes": s.undecodable,
        "changed": s.changed,
        "removed_edits": s.removed_edits,
        "removed_bytes": s.removed,
    }


# ---- Chains ------------------------------------------------------------------------------------

# How formulas are written where it is not said; in other formats, "linear".
_FORMULAS = {"txt": "characters", "docx": "characters"}


class Chain:
    """Filters, compiled once for any number of documents and threads.

    profile: "samples" (the usual one), "archive", "corpus", …: see `qingwen profiles`.
    filters: just these, "ads:limit=80,blank".
    more: filters that follow those of the profile.
    shared: options for each filter that has them, "max_removal=50".
    rules: texts of rule files of your own."""

    def __init__(
        self,
        profile: Optional[str] = None,
        filters: Optional[str] = None,
        rules: Sequence[Union[str, bytes]] = (),
        more: Optional[str] = None,
        shared: Optional[str] = None,
    ):
        self._pointer = None
        why = _c.Error()
        texts = [_bytes(r) for r in rules]
        files = (_c.RuleFile * len(texts))(
            *(_c.RuleFile(f"rules {i + 1}".encode(), t, len(t)) for i, t in enumerate(texts))
        )
        options = _c.ChainOptions(
            _name(profile), _name(filters), _name(more), _name(shared),
            cast(files, POINTER(_c.RuleFile)), len(texts),
        )
        self._pointer = _lib.qw_chain_new(byref(options), byref(why))
        if not self._pointer:
            _raise(why)

    def __del__(self):
        if getattr(self, "_pointer", None):
            _lib.qw_chain_free(self._pointer)

    def clean(
        self,
        data: Source,
        *,
        name: Union[str, PathLike, None] = None,
        encoding: Optional[str] = None,
        format: Optional[str] = None,
        strict: bool = False,
        to: str = "txt",
        layout: Optional[str] = None,
        formulas: Optional[str] = None,
        chunk: int = 0,
        keep_line_ends: bool = False,
        edits: bool = True,
        report: bool = False,
        max_memory: int = 0,
    ) -> Result:
        """Cleans one document.

        data: the bytes of a file; or a str, which is text; or a pathlib.Path, which is read.
        name: its file name, of which the extension is a hint.
        encoding, format: when they are known.
        strict: bytes that cannot be decoded are an error; else they stand as U+FFFD.
        to: "txt", "md", "jsonl", "docx", …; layout, formulas ("characters", "linear") and chunk as
        in the program's options.
        edits: whether the changes are wanted one by one.
        report: whether the report is, from which undo() can put back what was removed."""
        if chunk < 0 or max_memory < 0:
            raise ValueError("sizes cannot be negative")
        if formulas not in (None, "characters", "linear"):
            raise ValueError('formulas are "characters" or "linear"')
        why = _c.Error()
        document, raw = _read(
            data,
            name=_name(name),
            linear_formulas=(formulas or _FORMULAS.get(to, "linear")) == "linear",
            encoding=_name(encoding),
            format=_name(format),
            undecodable=int(strict),
            max_memory=max_memory,
        )
        if not _lib.qw_run(self._pointer, document, byref(why)):
            _raise(why)
        options = _c.WriteOptions(None, keep_line_ends, _name(layout), False, chunk)
        result = Result(
            data=_write(document, to, options),
            edits=tuple(_edits(document)) if edits else (),
            notes=tuple(_notes(document)),
            report=_write(document, "report", options) if report else None,
            **_summary(document),
        )
        del raw
        return result


@functools.lru_cache(maxsize=16)
def _chain(profile, filters, rules, more=None, shared=None) -> Chain:
    return Chain(profile, filters, rules, more, shared)


def clean(
    data: Source,
    profile: Optional[str] = None,
    filters: Optional[str] = None,
    rules: Sequence[Union[str, bytes]] = (),
    more: Optional[str] = None,
    shared: Optional[str] = None,
    **options,
) -> Result:
    """Cleans one document with a profile, or with filters and rules of your own: Chain.clean(),
    with the chain kept for the next call."""
    return _chain(profile, filters, tuple(rules), more, shared).clean(data, **options)


# ---- Without filters ---------------------------------------------------------------------------


def detect(data: Source, name: Union[str, PathLike, None] = None) -> Detection:
    """Tells format, encoding, BOM and line ends."""
    document, raw = _read(data, name=_name(name))
    s = _summary(document)
    names = ("format", "encoding", "line_ends", "bom", "undecodable_bytes")
    detection = Detection(*(s[n] for n in names), tuple(_stretches(document)))
    del raw
    return detection


def outline(
    data: Source,
    profile: Optional[str] = None,
    filters: Optional[str] = None,
    rules: Sequence[Union[str, bytes]] = (),
    name: Union[str, PathLike, None] = None,
    encoding: Optional[str] = None,
) -> List[Heading]:
    """The headings of a document when it is clean."""
    why = _c.Error()
    chain = _chain(profile, filters, tuple(rules))
    document, raw = _read(data, name=_name(name), encoding=_name(encoding))
    if not _lib.qw_run(chain._pointer, document, byref(why)):
        _raise(why)
    headings = list(_headings(document))
    del raw
    return headings


def undo(
    report: Data,
    output: Data,
    path: Optional[str] = None,
    only: Optional[Sequence[int]] = None,
) -> bytes:
    """Puts back what was removed: all of it, or only the edits with these numbers."""
    why, collector = _c.Error(), _Collector()
    texts = [_bytes(report), _bytes(output)]
    slices = [_c.Str(cast(c_char_p(t), _c.c_void_p), len(t)) for t in texts]
    numbers = (c_size_t * len(only))(*only) if only is not None else None
    request = _c.UndoRequest(
        *slices, _name(path), numbers and cast(numbers, POINTER(c_size_t)), len(only or ())
    )
    if not _lib.qw_undo(byref(request), byref(collector.sink), byref(why)):
        _raise(why)
    return collector.value()


def version() -> str:
    """The version of the library."""
    return _lib.qw_version().decode()
