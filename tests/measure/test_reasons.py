"""What the docs say of numerals that are no figure: every reason, and none that there is not."""

import ast
import re

from minsheng import PROJECT, vocabulary
from minsheng.clean.article import MOST_BYTES, MOST_CHARS
from minsheng.measure import contexts
from minsheng.measure.scan import MOST

CODE = PROJECT / "include" / "minsheng" / "measure"
WORD = re.compile("[a-z_]{2,}")
HALF = "half"  # a word that may be a share; as a rejection it is ``word``


def constants(node: ast.AST) -> set[str]:
    found = {str(n.value) for n in ast.walk(node) if isinstance(n, ast.Constant)}
    return {value for value in found if WORD.fullmatch(value)}


def literals() -> set[str]:
    """What the code says when it rejects: in calls of ``_reject``, and in what answers why."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((CODE / "scan.py").read_text("utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "_reject":
            found |= constants(node)
    for node in ast.walk(ast.parse((CODE / "contexts.py").read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.returns and ast.unparse(node.returns) in ("str", "str | None"):
            for part in ast.walk(node):
                found |= constants(part) if isinstance(part, ast.Return) else set()
    return found


def test_docs_explain_every_reason() -> None:
    given = literals() | {"document", "slogan", "name"}
    given |= {name.rstrip("2") for name in contexts.SKIP.groupindex if name != "sep"}
    given |= {*vocabulary.pairs("numeral_words", "word", "reason").values()}
    given |= {*vocabulary.pairs("numeral_suffixes", "suffix", "reason").values()}
    text = (PROJECT / "docs" / "figures.md").read_text("utf-8").partition("| reason |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", text, re.M)) == given - {HALF}


def test_docs_say_how_much_of_a_text_is_read() -> None:
    text = (PROJECT / "docs" / "figures.md").read_text("utf-8")
    assert f"{MOST_CHARS:,} characters" in text
    assert f"{MOST_BYTES // 1_000_000} MB" in text
    assert f"{MOST:,}th numeral" in text
