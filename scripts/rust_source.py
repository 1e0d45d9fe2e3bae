"""What the scripts here read out of Rust source: files with their modules, and tokens without comments, texts and tests. No parser of Rust."""

import re
from pathlib import Path

TOKEN = re.compile(
    r"""(?P<skip>\s+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/)
      | (?P<text>b?c?r(?P<hashes>\#*)"(?:.|\n)*?"(?P=hashes)|[bc]?"(?:\\.|[^"\\])*"|b?'(?:\\[^\n]*?|[^'\\\n])')
      | (?P<lifetime>'\w+)
      | (?P<word>[\w]+)
      | (?P<mark>::|.)""",
    re.VERBOSE | re.DOTALL,
)
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Token(str):
    """A word or a mark, with the number of its first line and its last."""

    line: int
    last: int


def tokens(source):
    """Every word and mark; texts are `""`."""
    found, line = [], 1
    for match in TOKEN.finditer(source):
        if match.lastgroup not in ("skip", "lifetime"):
            token = Token('""' if match.group("text") is not None else match.group())
            token.line, token.last = line, line + match.group().count("\n")
            found.append(token)
        line += match.group().count("\n")
    return found


def end_of_group(found, at):
    """The place behind the bracket that closes the one at `at`."""
    depth = 0
    for place in range(at, len(found)):
        depth += (found[place] in CLOSING) - (found[place] in CLOSING.values())
        if depth == 0:
            return place + 1
    return len(found)


def end_of_item(found, at):
    """The place behind the item at `at`: behind its `;`, or the block that ends it."""
    while at < len(found) and found[at] != ";":
        if found[at] == "{":
            return end_of_group(found, at)
        at = end_of_group(found, at) if found[at] in CLOSING else at + 1
    return at + 1


def without_tests(found):
    """The tokens less what stands behind `#[cfg(test)]`, and the modules in files of their own that it takes away."""
    kept, files, at = [], [], 0
    while at < len(found):
        if found[at : at + 7] == ["#", "[", "cfg", "(", "test", ")", "]"]:
            end = end_of_item(found, at + 7)
            item = found[at + 7 : end]
            if item[-1] == ";" and "mod" in item:
                files.append(item[item.index("mod") + 1])
            at = end
        else:
            kept.append(found[at])
            at += 1
    return kept, files


class File:
    """A file of a crate: its path, its module (a list of names, empty for the root), and its tokens without tests."""

    def __init__(self, path, module):
        self.path, self.module, self.source = path, module, path.read_text()
        self.tokens, self.tests = without_tests(tokens(self.source))

    def lines(self):
        """The numbers of the lines that hold code."""
        return {line for token in self.tokens for line in range(token.line, token.last + 1)}


def files(crate):
    """The files of the crate in the folder `crate`, without those that are compiled for tests only."""
    root = Path(crate) / "src"
    found = []
    for path in sorted(root.rglob("*.rs")):
        module = list(path.relative_to(root).with_suffix("").parts)
        if module[-1] == "mod" or module in (["lib"], ["main"]):
            module.pop()
        found.append(File(path, module))
    if not found:
        raise SystemExit(f"there is no Rust source in {root}")
    tests = [file.module + [name] for file in found for name in file.tests]
    return [file for file in found if not any(file.module[: len(test)] == test for test in tests)]
