"""Translates one module of Python into JavaScript.

It knows that part of Python which the rules of the lookup use: functions, frozen dataclasses, comprehensions,
f-strings, regular expressions, texts, lists, dicts and sets. Anything else is a TranslationError that names the line.
So the JavaScript never means something else than the Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping, Set

_BUILTINS = {
    "len", "min", "max", "sum", "any", "all", "sorted", "range", "enumerate", "reversed", "list", "dict", "set", "str",
    "int", "bool", "abs", "zip", "replace", "word_reason",
}  # fmt: skip
_RENAMED = {"replace": "replace_", "default": "default_", "new": "new_", "in": "in_", "var": "var_", "this": "this_"}
_COMPARE = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_ARITHMETIC = {ast.Sub: "-", ast.Mult: "*"}
Signatures = Mapping[str, tuple[tuple[str, ast.expr | None], ...]]


class TranslationError(ValueError):
    """A module uses Python that cannot be translated. The message names file and line."""


class Translator:
    def __init__(self, module: str, signatures: Signatures, private: Set[str]) -> None:
        self._module = module
        self._signatures = signatures
        self._private = private  # another module may have the same names

    def _name(self, name: str) -> str:
        return f"{self._module}{name}" if name in self._private else _RENAMED.get(name, name)

    def translate_body(self, body: Iterable[ast.stmt]) -> list[str]:
        return [line for node in body for line in self._top(node)]

    def _refuse(self, node: ast.AST, what: str) -> TranslationError:
        return TranslationError(f"{self._module}.py:{getattr(node, 'lineno', 0)}: {what} is not translated")

    def _top(self, node: ast.stmt) -> list[str]:
        if isinstance(node, ast.Import | ast.ImportFrom):
            return []
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return []  # the docstring
        if isinstance(node, ast.AnnAssign):
            if ast.unparse(node.annotation) == "TypeAlias" or node.value is None:
                return []
            return [f"const {self._target(node.target)} = {self._expression(node.value)};"]
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return [f"const {self._target(node.targets[0])} = {self._expression(node.value)};"]
        if isinstance(node, ast.FunctionDef):
            return self._function(node)
        if isinstance(node, ast.ClassDef):
            return [self._dataclass(node)]
        raise self._refuse(node, type(node).__name__)

    def _dataclass(self, node: ast.ClassDef) -> str:
        if [ast.unparse(decorator) for decorator in node.decorator_list] != ["dataclass(frozen=True)"]:
            raise self._refuse(node, "a class that is no frozen dataclass")
        names = [name for name, _ in self._signatures[self._name(node.name)]]
        return f"const {node.name} = ({', '.join(names)}) => ({{{', '.join(names)}}});"

    def _function(self, node: ast.FunctionDef) -> list[str]:
        names = [argument.arg for argument in node.args.args]
        local = sorted(assigned_names(node.body) - {*names, "_"})
        head = f"function {self._name(node.name)}({', '.join(map(self._name, names))}) {{"
        lines = [f"let {', '.join(map(self._name, local))};"] if local else []
        return [head, *("  " + line for line in [*lines, *self._block(node.body)]), "}"]

    def _block(self, body: Iterable[ast.stmt]) -> list[str]:
        return [line for node in body for line in self._statement(node)]

    def _statement(self, node: ast.stmt) -> list[str]:
        if isinstance(node, ast.Expr):
            return [] if isinstance(node.value, ast.Constant) else [f"{self._expression(node.value)};"]
        if isinstance(node, ast.Return):
            return [f"return {self._expression(node.value) if node.value else 'null'};"]
        if isinstance(node, ast.AnnAssign):
            return [self._assign(node.target, self._expression(node.value))] if node.value else []
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            return [self._assign(node.targets[0], self._expression(node.value))]
        if isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            joined = ast.BinOp(ast.Name(node.target.id), node.op, node.value, lineno=node.lineno)
            return [self._assign(node.target, self._expression(joined))]
        if isinstance(node, ast.If):
            lines = [f"if ({self._test(node.test)}) {{", *_indent(self._block(node.body)), "}"]
            if node.orelse:
                lines = [*lines[:-1], "} else {", *_indent(self._block(node.orelse)), "}"]
            return lines
        if isinstance(node, ast.While) and not node.orelse:
            return [f"while ({self._test(node.test)}) {{", *_indent(self._block(node.body)), "}"]
        if isinstance(node, ast.For) and not node.orelse:
            head = f"for ({self._target(node.target)} of each_({self._expression(node.iter)})) {{"
            return [head, *_indent(self._block(node.body)), "}"]
        if isinstance(node, ast.Break | ast.Continue | ast.Pass):
            return [{"Break": "break;", "Continue": "continue;", "Pass": ""}[type(node).__name__]]
        raise self._refuse(node, type(node).__name__)

    def _assign(self, target: ast.expr, value: str) -> str:
        if isinstance(target, ast.Subscript):
            return f"set_item_({self._expression(target.value)}, {self._expression(target.slice)}, {value});"
        return f"{self._target(target)} = {value};"

    def _target(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            return "" if node.id == "_" else self._name(node.id)
        if isinstance(node, ast.Tuple):
            return f"[{', '.join(self._target(part) for part in node.elts)}]"
        raise self._refuse(node, "this target of an assignment")

    def _test(self, node: ast.expr) -> str:
        """Return an expression of which only the truth matters: in Python an empty list is false."""
        if isinstance(node, ast.BoolOp):
            sign = " && " if isinstance(node.op, ast.And) else " || "
            return f"({sign.join(self._test(value) for value in node.values)})"
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            return f"!{self._test(node.operand)}"
        if isinstance(node, ast.Compare):
            return self._expression(node)
        return f"truth_({self._expression(node)})"

    def _expression(self, node: ast.expr) -> str:
        method = getattr(self, f"_write_{type(node).__name__.lower()}", None)
        if method is None:
            raise self._refuse(node, type(node).__name__)
        return str(method(node))

    def _write_constant(self, node: ast.Constant) -> str:
        if node.value is None or isinstance(node.value, bool):
            return {None: "null", True: "true", False: "false"}[node.value]
        if isinstance(node.value, str):
            return _quote(node.value)
        if isinstance(node.value, int):
            return str(node.value)
        raise self._refuse(node, f"{node.value!r}")

    def _write_name(self, node: ast.Name) -> str:
        return self._name(node.id)

    def _write_joinedstr(self, node: ast.JoinedStr) -> str:
        parts = []
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                if value.format_spec or value.conversion != -1:
                    raise self._refuse(node, "a format")
                parts.append(f"str({self._expression(value.value)})")
            else:
                parts.append(self._expression(value))
        return f"({' + '.join(parts)})"

    def _write_boolop(self, node: ast.BoolOp) -> str:
        name = "and_" if isinstance(node.op, ast.And) else "or_"
        *before, last = [self._expression(value) for value in node.values]
        for value in reversed(before):
            last = f"{name}({value}, () => {last})"
        return last

    def _write_unaryop(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, ast.Not):
            return self._test(node)
        if isinstance(node.op, ast.USub):
            return f"-{self._expression(node.operand)}"
        raise self._refuse(node, "this sign")

    def _write_binop(self, node: ast.BinOp) -> str:
        left, right = self._expression(node.left), self._expression(node.right)
        if isinstance(node.op, ast.Add):
            return f"add_({left}, {right})"
        if type(node.op) in _ARITHMETIC and not isinstance(node.left, ast.List | ast.Constant | ast.JoinedStr):
            return f"({left} {_ARITHMETIC[type(node.op)]} {right})"
        if isinstance(node.op, ast.Mult):
            return f"times_({left}, {right})"
        if isinstance(node.op, ast.FloorDiv):
            return f"Math.floor({left} / {right})"
        if isinstance(node.op, ast.Mod):
            return f"({left} % {right})"  # right for numbers from 0 on
        raise self._refuse(node, type(node.op).__name__)

    def _write_compare(self, node: ast.Compare) -> str:
        parts = []
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            parts.append(self._compare(node, left, operator, right))
            left = right
        return f"({' && '.join(parts)})"

    def _compare(self, node: ast.AST, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
        one, other = self._expression(left), self._expression(right)
        if type(operator) in _COMPARE:
            return f"{one} {_COMPARE[type(operator)]} {other}"
        if isinstance(operator, ast.Eq | ast.NotEq):
            return f"{'!' if isinstance(operator, ast.NotEq) else ''}same_({one}, {other})"
        if isinstance(operator, ast.Is | ast.IsNot):
            return f"{one} {'!==' if isinstance(operator, ast.IsNot) else '==='} {other}"
        if isinstance(operator, ast.In | ast.NotIn):
            return f"{'!' if isinstance(operator, ast.NotIn) else ''}has_({other}, {one})"
        raise self._refuse(node, type(operator).__name__)

    def _write_ifexp(self, node: ast.IfExp) -> str:
        return f"({self._test(node.test)} ? {self._expression(node.body)} : {self._expression(node.orelse)})"

    def _write_attribute(self, node: ast.Attribute) -> str:
        if ast.unparse(node) == "re.ASCII":
            return '""'
        return f"{self._expression(node.value)}.{node.attr}"

    def _write_subscript(self, node: ast.Subscript) -> str:
        value = self._expression(node.value)
        if isinstance(node.slice, ast.Slice):
            if node.slice.step is not None:
                raise self._refuse(node, "a step")
            ends = [self._expression(end) if end else "null" for end in (node.slice.lower, node.slice.upper)]
            return f"slice_({value}, {', '.join(ends)})"
        return f"item_({value}, {self._expression(node.slice)})"

    def _write_list(self, node: ast.List | ast.Tuple) -> str:
        return f"[{', '.join(self._expression(part) for part in node.elts)}]"

    _write_tuple = _write_list

    def _write_dict(self, node: ast.Dict) -> str:
        if any(key is None for key in node.keys):
            raise self._refuse(node, "** in a dict")
        pairs = [
            f"[{self._expression(key)}, {self._expression(value)}]"
            for key, value in zip(node.keys, node.values, strict=True)
            if key
        ]
        return f"new Map([{', '.join(pairs)}])"

    def _write_starred(self, node: ast.Starred) -> str:
        return f"...each_({self._expression(node.value)})"

    def _write_lambda(self, node: ast.Lambda) -> str:
        return (
            f"({', '.join(self._name(argument.arg) for argument in node.args.args)}) => {self._expression(node.body)}"
        )

    def _write_listcomp(self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp) -> str:
        return self._comprehension(node.generators, f"made_.push({self._expression(node.elt)});", "[]")

    _write_generatorexp = _write_listcomp

    def _write_dictcomp(self, node: ast.DictComp) -> str:
        add = f"made_.set({self._expression(node.key)}, {self._expression(node.value)});"
        return self._comprehension(node.generators, add, "new Map()")

    def _quantify(self, node: ast.GeneratorExp, is_any: bool) -> str:
        """Return any(…) or all(…) as a loop that ends as soon as the answer is known."""
        test = (
            f"if ({self._test(node.elt)}) return true;" if is_any else f"if (!({self._test(node.elt)})) return false;"
        )
        return f"(() => {{ {self._loops(node.generators, test)} return {'false' if is_any else 'true'}; }})()"

    def _comprehension(self, generators: list[ast.comprehension], add: str, empty: str) -> str:
        return f"(() => {{ const made_ = {empty}; {self._loops(generators, add)} return made_; }})()"

    def _loops(self, generators: list[ast.comprehension], inside: str) -> str:
        for generator in reversed(generators):
            if generator.ifs:
                inside = f"if ({' && '.join(self._test(test) for test in generator.ifs)}) {{ {inside} }}"
            head = f"for (const {self._target(generator.target)} of each_({self._expression(generator.iter)}))"
            inside = f"{head} {{ {inside} }}"
        return inside

    def _write_call(self, node: ast.Call) -> str:
        if isinstance(node.func, ast.Attribute):
            return self._method(node)
        if not isinstance(node.func, ast.Name):
            raise self._refuse(node, "a call of an expression")
        name = self._name(node.func.id)
        if name in self._signatures:
            return f"{name}({', '.join(self._arguments(node, name))})"
        if name in ("any", "all") and isinstance(node.args[0], ast.GeneratorExp):
            return self._quantify(node.args[0], is_any=name == "any")
        if node.func.id in _BUILTINS:
            arguments = [self._expression(argument) for argument in node.args]
            if node.keywords:
                pairs = [f"{keyword.arg}: {self._expression(keyword.value)}" for keyword in node.keywords]
                arguments.append(f"{{{', '.join(pairs)}}}")
            return f"{name}({', '.join(arguments)})"
        raise self._refuse(node, f"{name}()")

    def _arguments(self, node: ast.Call, name: str) -> Iterator[str]:
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        for at, (parameter, default) in enumerate(self._signatures[name]):
            value = node.args[at] if at < len(node.args) else given.get(parameter, default)
            if value is None:
                raise self._refuse(node, f"{name}() without {parameter}")
            yield self._expression(value)

    def _method(self, node: ast.Call) -> str:
        assert isinstance(node.func, ast.Attribute)
        function = ast.unparse(node.func)
        arguments = [self._expression(argument) for argument in node.args]
        if function in ("re.compile", "re.sub", "re.split", "unicodedata.normalize"):
            return f"{function.replace('.', '_')}({', '.join(arguments)})"
        if node.keywords and node.func.attr != "sort":
            raise self._refuse(node, "a keyword for a method")
        pairs = [f"{keyword.arg}: {self._expression(keyword.value)}" for keyword in node.keywords]
        arguments += [f"{{{', '.join(pairs)}}}"] if pairs else []
        return f"call_({', '.join([self._expression(node.func.value), _quote(node.func.attr), *arguments])})"


def assigned_names(body: Iterable[ast.stmt]) -> set[str]:
    """Return the names that statements set, without those within comprehensions."""
    found: set[str] = set()
    for node in body:
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.For):
            targets = [node.target]
        found |= {
            name.id
            for target in targets
            for name in ast.walk(target)
            if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        }
        for inner in (getattr(node, "body", []), getattr(node, "orelse", [])):
            found |= assigned_names(inner)
    return found


def _indent(lines: Iterable[str]) -> list[str]:
    return ["  " + line for line in lines]


def _quote(text: str) -> str:
    """Return a JavaScript literal of the text."""
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "<": "\\u003c"}
    return '"' + "".join(escapes.get(c, c if " " <= c <= "~" else f"\\u{ord(c):04x}") for c in text) + '"'
