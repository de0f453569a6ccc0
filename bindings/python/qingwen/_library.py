"""The C library as ctypes sees it: its structures and calls, one to one as in qingwen.h.

tests/test_layout.py holds every structure against the header, and the library is asked for their
sizes when it is loaded. Nothing here is for users."""

import ctypes
import os
import sys
from ctypes import (
    CFUNCTYPE,
    POINTER,
    Structure,
    c_bool,
    c_char,
    c_char_p,
    c_int,
    c_size_t,
    c_uint,
    c_uint64,
    c_void_p,
)

VERSION = (0, 1)  # of the interface that is described here: major, minor

CODES = ("ok", "usage", "memory", "io", "format", "encoding", "limit", "unsupported")
ROLES = (
    "body title subtitle salutation heading runin list caption attachment signature date note".split()
)
EDIT_KINDS = ("replace", "drop", "role", "finding")
EDIT_STATES = ("done", "proposed", "refused")
LEVELS = ("info", "warning")
REVISIONS = ("final", "original", "all")


class Str(Structure):
    _fields_ = [("p", c_void_p), ("n", c_size_t)]

    def __str__(self):
        return ctypes.string_at(self.p, self.n).decode("utf-8", "replace") if self.n else ""


class Error(Structure):
    _fields_ = [
        ("code", c_int),
        ("id", c_char_p),
        ("place", c_char * 128),
        ("text", c_char * 384 * 2),
    ]


class RuleFile(Structure):
    _fields_ = [("name", c_char_p), ("text", c_char_p), ("n", c_size_t)]


class ChainOptions(Structure):
    _fields_ = [
        ("profile", c_char_p),
        ("filters", c_char_p),
        ("more", c_char_p),
        ("shared", c_char_p),
        ("rules", POINTER(RuleFile)),
        ("nrules", c_size_t),
    ]


class Input(Structure):
    _fields_ = [("name", c_char_p), ("bytes", c_char_p), ("n", c_size_t)]


class Limits(Structure):
    _fields_ = [
        ("entries", c_size_t),
        ("part", c_size_t),
        ("total", c_size_t),
        ("ratio", c_size_t),
        ("depth", c_size_t),
    ]


class ReadOptions(Structure):
    _fields_ = [
        ("format", c_char_p),
        ("encoding", c_char_p),
        ("undecodable", c_int),
        ("revisions", c_int),
        ("linear_formulas", c_bool),
        ("max_input", c_size_t),
        ("max_memory", c_size_t),
        ("limits", Limits),
        ("fixed", c_bool),
    ]


SINK = CFUNCTYPE(c_bool, c_void_p, c_void_p, c_size_t)


class Sink(Structure):
    _fields_ = [("write", SINK), ("self", c_void_p)]


class WriteOptions(Structure):
    _fields_ = [
        ("output", c_char_p),
        ("keep_line_ends", c_bool),
        ("layout", c_char_p),
        ("break_signature", c_bool),
        ("chunk", c_size_t),
        ("media", c_void_p),
    ]


class Summary(Structure):
    _fields_ = [
        ("format", c_char_p),
        ("encoding", c_char_p),
        ("line_ends", c_char_p),
        ("bom", c_bool),
        ("changed", c_bool),
        ("blocks", c_size_t),
        ("removed_edits", c_size_t),
        ("removed", c_uint64),
        ("undecodable", c_uint64),
    ]


class Stretch(Structure):
    _fields_ = [("offset", c_uint64), ("length", c_uint64), ("encoding", c_char_p)]


class Place(Structure):
    _fields_ = [
        ("part", Str),
        ("offset", c_uint64),
        ("length", c_uint64),
        ("line", c_size_t),
        ("column", c_size_t),
    ]


class BlockInfo(Structure):
    _fields_ = [
        ("text", Str),
        ("label", Str),
        ("reason", Str),
        ("role", c_int),
        ("level", c_uint),
        ("lead", c_size_t),
        ("removed", c_bool),
    ]


class EditInfo(Structure):
    _fields_ = [
        ("kind", c_int),
        ("state", c_int),
        ("filter", Str),
        ("rule", Str),
        ("before", Str),
        ("after", Str),
        ("why", Str),
        ("score", c_int),
        ("block", c_size_t),
        ("group", c_size_t),
    ]


class NoteInfo(Structure):
    _fields_ = [
        ("id", c_char_p),
        ("level", c_int),
        ("place", Place),
        ("text", c_char * 384 * 2),
    ]


class UndoRequest(Structure):
    _fields_ = [
        ("report", Str),
        ("output", Str),
        ("path", c_char_p),
        ("only", POINTER(c_size_t)),
        ("nonly", c_size_t),
        ("limits", Limits),
    ]


# By the names of qingwen.h, for the test.
STRUCTURES = {
    "qw_str": Str,
    "qw_error": Error,
    "qw_rule_file": RuleFile,
    "qw_chain_options": ChainOptions,
    "qw_input": Input,
    "qw_limits": Limits,
    "qw_read_options": ReadOptions,
    "qw_sink": Sink,
    "qw_write_options": WriteOptions,
    "qw_summary": Summary,
    "qw_stretch": Stretch,
    "qw_place": Place,
    "qw_block_info": BlockInfo,
    "qw_edit_info": EditInfo,
    "qw_note_info": NoteInfo,
    "qw_undo_request": UndoRequest,
}

_CALLS = {
    "qw_version": (c_char_p, []),
    "qw_struct_size": (c_size_t, [c_char_p]),
    "qw_chain_new": (c_void_p, [POINTER(ChainOptions), POINTER(Error)]),
    "qw_chain_free": (None, [c_void_p]),
    "qw_workspace_new": (c_void_p, []),
    "qw_workspace_free": (None, [c_void_p]),
    "qw_read": (c_void_p, [c_void_p, POINTER(Input), POINTER(ReadOptions), POINTER(Error)]),
    "qw_run": (c_bool, [c_void_p, c_void_p, POINTER(Error)]),
    "qw_write": (
        c_bool,
        [c_void_p, c_char_p, POINTER(WriteOptions), POINTER(Sink), POINTER(Error)],
    ),
    "qw_summarize": (None, [c_void_p, POINTER(Summary)]),
    "qw_stretch_get": (c_bool, [c_void_p, c_size_t, POINTER(Stretch)]),
    "qw_block_get": (c_bool, [c_void_p, c_size_t, POINTER(BlockInfo), POINTER(Place)]),
    "qw_edit_get": (c_bool, [c_void_p, c_size_t, POINTER(EditInfo), POINTER(Place)]),
    "qw_note_get": (c_bool, [c_void_p, c_size_t, POINTER(NoteInfo)]),
    "qw_undo": (c_bool, [POINTER(UndoRequest), POINTER(Sink), POINTER(Error)]),
}


def _check(found, name):
    """A library whose structures are others would be written to in wrong places."""
    version = found.qw_version().decode()
    if tuple(int(n) for n in version.split(".")[:2]) != VERSION:
        raise ImportError(f"{name} is version {version}; this module is for {VERSION[0]}.{VERSION[1]}")
    for structure, mine in STRUCTURES.items():
        if found.qw_struct_size(structure.encode()) != ctypes.sizeof(mine):
            raise ImportError(f"{name} has another {structure}; install the module that comes with it")


def _open():
    """Loads the library: $QINGWEN_LIBRARY, or whichever the system finds by its soname."""
    name = os.environ.get("QINGWEN_LIBRARY")
    if not name:
        name = "libqingwen.0.dylib" if sys.platform == "darwin" else "libqingwen.so.0"
    try:
        found = ctypes.CDLL(name)  # a call lets other threads run
    except OSError as why:
        raise ImportError(
            f"cannot load {name} ({why}); install libqingwen0 or set QINGWEN_LIBRARY to its path"
        ) from why
    for call, (result, arguments) in _CALLS.items():
        function = getattr(found, call, None)
        if not function:
            raise ImportError(f"{name} has no {call}; install the module that comes with it")
        function.restype = result
        function.argtypes = arguments
    _check(found, name)
    return found


library = _open()
