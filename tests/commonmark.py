"""commonmark: what CommonMark reads in our Markdown is what our JSON Lines say of the same document:
headings with their level and text, paragraphs, items of lists with their numbers, in order. Over all
fixtures, and over documents made of text that Markdown would take for something else.

Skipped (77) without cmark. Usage: commonmark.py PROGRAM FIXTURES
"""
import json, os, random, re, shutil, subprocess, sys, tempfile, zipfile
import xml.etree.ElementTree as tree
from xml.sax.saxutils import escape

program, fixtures = os.path.abspath(sys.argv[1]), sys.argv[2]
# XML has no form for these; cmark writes them all the same.
unwritable = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
cmark_space = "{http://commonmark.org/xml/1.0}"


def run(*words, given=None):
    done = subprocess.run(words, input=given, capture_output=True)
    return done.stdout if done.returncode == 0 else None


def lines_of(text):
    """Markdown has no form for blanks at the end of a line, nor for line breaks at either end."""
    return "\n".join(line.rstrip(" \t") for line in text.split("\n")).strip("\n")


# ---- What we say of the document ----------------------------------------------------------------

def gap(label):
    return "" if label.endswith(("、", "）")) else " "


def expected(document):
    for b in document["blocks"]:
        if b.get("region") not in (None, "textbox") or b.get("hidden"):
            continue
        if "rows" in b:
            yield ("table",)
            continue
        role, label, text = b["role"], b.get("label", ""), b["text"]
        if label and not b.get("label_typed"):
            text = label + gap(label) + text
        if role == "title" or (role == "heading" and b.get("level")):
            level = 1 if role == "title" else min(6, b["level"] + 1)
            text = re.sub(r"^#{1,6} +(?=[^ ])", "", text)  # typed as Markdown types it: said once
            yield ("heading", level, text.replace("\n", " ").strip(" \t"))
        elif role == "list":
            yield ("item", label, lines_of(text))
        else:
            yield ("paragraph", lines_of(text))


# ---- What CommonMark reads ----------------------------------------------------------------------

def kind(node):
    return node.tag.replace(cmark_space, "")


def text_of(node):
    if kind(node) == "linebreak":
        return "\n"
    if kind(node) in ("text", "paragraph", "heading", "strong", "link"):
        return (node.text or "" if kind(node) == "text" else "") + "".join(text_of(n) for n in node)
    return "<%s>" % kind(node)  # nothing else is ever meant


def items(node):
    number = int(node.get("start", 1)) if node.get("type") == "ordered" else None
    for item in node:
        if not len(item):
            yield ("item", number, node.get("delim"), "")
        for child in item:
            if kind(child) == "list":
                yield from items(child)
            else:
                yield ("item", number, node.get("delim"), text_of(child))
        number = number and number + 1


def read(markdown):
    xml = run("cmark", "-t", "xml", given=markdown)
    for node in tree.fromstring(re.sub(rb"<!DOCTYPE[^>]*>", b"", xml)):
        if kind(node) == "heading":
            yield ("heading", int(node.get("level")), text_of(node))
        elif kind(node) == "list":
            yield from items(node)
        elif kind(node) == "html_block":
            yield ("table",)
        else:
            yield (kind(node), text_of(node))


def alike(want, got):
    if want[0] == "table":
        return got[0] == "table" or (got[0] == "paragraph" and got[1].startswith("|"))
    if want[0] != "item" or got[0] != "item":
        return want[0] == got[0] and want[1:-1] == got[1:-1] and want[-1] == lines_of(got[-1])
    label, text = want[1:]
    _, number, delimiter, seen = got
    if number is None:  # what Markdown has no numbers for
        bare = text[len(label):].lstrip(" ") if label and text.startswith(label) else text
        return lines_of(seen) in (text, lines_of(bare))
    sign = {"period": ".", "paren": ")"}[delimiter]
    numbers = (str(number) + sign, str(number) + {".": ")", ")": "."}[sign])  # a new list has the other
    return label.lstrip("0") in numbers and lines_of(seen) == lines_of(text[len(label):].lstrip(" "))


# ---- One document -------------------------------------------------------------------------------

compared = blocks = failures = 0


def check(path, *how):
    """Converts and compares; a document that cannot be read is none."""
    global compared, blocks, failures
    said, marked = (run(program, *how, path, "--to", to) for to in ("jsonl", "md"))
    if said is None or marked is None:
        return
    said, marked = (unwritable.sub("", s.decode()) for s in (re.sub(
        rb"\\u00(0[0-8bcef]|1.)", b"", said), marked))
    document = json.loads(said)
    if any(b.get("region") in ("footnote", "endnote") for b in document["blocks"]):
        return  # notes are none of CommonMark's
    compared += 1
    want, got = list(expected(document)), list(read(marked.encode()))
    blocks += len(want)
    wrong = next((i for i in range(max(len(want), len(got)))
                  if i >= len(want) or i >= len(got) or not alike(want[i], got[i])), None)
    if wrong is not None:
        failures += 1
        print(f"{path} {' '.join(how)}: block {wrong}\n  want {want[wrong:wrong + 1]}\n  got  {got[wrong:wrong + 1]}")


# ---- Documents of awkward text ------------------------------------------------------------------

awkward = """# 井|#|#号|## 井 ##|#######|- 减|-|--|---|- - -|+ 加|+|* 星|*|***|1. 一|1.|1)|12) 甲|1234567890. 乙
> 引|>|>引|    四格|\t制表|*甲*|**乙**|_丙_|__丁__|a_b_c|`代码`|``|```|~~~|~~删~~|<tag>|<b|<!-- 注|<?|<http://a.cn>
&amp;|&#35;|&nbsp|AT&T|[x](y)|[x]|![x](y)|[x]: y|[x]: <y> "z"|尾\\|\\|\\\\|\\*|尾  |===|=|甲=|a: b|: 定义|一、甲
（一）甲|1. ①|①甲|(1) 甲|——甲|“甲”**乙**|http://a.cn/?b=c&d=e|5 * 3 * 2|a*b*c|_甲_乙|2*3|^[a]|{#a}|$x$|a  b|　　甲|C#|甲 #
<br>|</p>|\\[|甲 \\|==甲==|**|* * *|_ _ _|-甲|+甲|1.甲|甲<乙>丙|甲&lt;乙|"甲"|'甲'|(c)|...|甲!|![|!|甲\u200b|\u3000|]: x
<script>|<pre>|<![CDATA[|<!A|<div>甲|甲*|*甲|甲_|_甲|甲`|`甲|| a \u2223 b ||第一章 甲|第一条 乙|\ufeff甲|甲\u00a0""".replace("\n", "|").split("|")
pieces = list("#-+*_`<>[]()!&|\\=~:.1 a甲。、：“”（）\t^\"'") + ["\n", "**", "  ", "1.", "&amp;", "http://a.cn", "文字"]


def paragraph(text, level, chance):
    """With bold stretches here and there, when chance is given."""
    outline = f'<w:pPr><w:outlineLvl w:val="{level - 1}"/></w:pPr>' if level else ""
    cuts = sorted(chance.sample(range(1, len(text)), min(len(text) - 1, 2))) if chance and len(text) > 1 else []
    runs = ""
    for i, (a, b) in enumerate(zip([0] + cuts, cuts + [len(text)])):
        inside = "".join("<w:br/>" if c == "\n" else "<w:tab/>" if c == "\t" else
                         f'<w:t xml:space="preserve">{escape(c)}</w:t>' for c in text[a:b])
        runs += f'<w:r>{"<w:rPr><w:b/></w:rPr>" if i % 2 else ""}{inside}</w:r>'
    return f"<w:p>{outline}{runs}</w:p>"


def write_docx(path, paragraphs):
    office, package = "application/vnd.openxmlformats-officedocument.wordprocessingml.", "http://schemas.openxmlformats.org/package/2006/"
    with zipfile.ZipFile(path, "w") as z:
        z.writestr("[Content_Types].xml", f'<Types xmlns="{package}content-types"><Default Extension="rels" ContentType='
                   '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
                   f'ContentType="{office}document.main+xml"/></Types>')
        z.writestr("_rels/.rels", f'<Relationships xmlns="{package}relationships"><Relationship Id="r" Type='
                   '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
                   'Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/'
                   'main"><w:body>' + "".join(paragraphs) + "</w:body></w:document>")


def check_made(folder):
    path = os.path.join(folder, "made")
    for before in ("", "甲乙丙丁。\n", "\n"):
        with open(path + ".txt", "w", encoding="utf-8") as f:
            f.write("".join(before + text + "\n" for text in awkward))
        check(path + ".txt", "convert")
        check(path + ".txt", "clean", "--filters", "headings")
    for level in (0, 1, 7):
        write_docx(path + ".docx", [paragraph(text, level, None) for text in awkward])
        check(path + ".docx", "clean", "--filters", "headings")
        check(path + ".docx", "convert")
    for seed in range(40):
        chance = random.Random(seed)
        texts = ["".join(chance.choice(pieces) for _ in range(chance.randint(1, 12))) for _ in range(200)]
        write_docx(path + ".docx", [paragraph(t, chance.choice((0, 0, 1, 3)), seed % 2 and chance) for t in texts])
        check(path + ".docx", "clean", "--filters", "headings")


if not shutil.which("cmark"):
    print("skipped: no cmark here")
    sys.exit(77)
os.environ["LC_ALL"] = "C"
for folder, _, names in sorted(os.walk(fixtures)):
    if "out.docx" in folder:
        continue
    for name in sorted(names):
        if name.startswith("out") or name == "args":
            continue
        check(os.path.join(folder, name), "convert")
        check(os.path.join(folder, name), "clean", "--filters", "headings")
with tempfile.TemporaryDirectory() as top:
    check_made(top)
print(f"{compared} documents, {blocks} blocks: {failures} failed")
sys.exit(1 if failures or compared < 50 else 0)
