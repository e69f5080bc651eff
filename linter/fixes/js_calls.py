"""What code calls: functions of the vendor, of the code itself, and those that only compute, and what else."""

from collections.abc import Callable, Iterator

from tree_sitter import Node

from linter.fixes import js_pure as pure
from linter.fixes.js_bindings import FUNCTIONS, Binding
from linter.fixes.js_handed import Handed
from linter.fixes.js_origins import Origins
from linter.fixes.js_program import Program, arguments_of, bare, bare_callee, function_around
from linter.fixes.js_targets import Targets, shown
from linter.fixes.names import kept_functions

_NEUTRAL = frozenset({"js", "set"})
"""Commands of `gtag` that send nothing."""


class Calls:
    """Looks at calls: gives bindings that are changed or called, and reasons why a call is not the vendor's alone."""

    def __init__(self, program: Program, origins: Origins, targets: Targets) -> None:
        self._program, self._origins, self._targets = program, origins, targets
        self._handed = Handed(program, origins, targets)
        self._pure: dict[tuple[str, int, int], bool] = {}
        self.is_pure: Callable[[Node], bool] = lambda _: False
        """Whether a function's code has no effects at all; set by the analysis."""
        self.is_loader: Callable[[Node, tuple[int, ...]], bool] = lambda _, __: False
        """Whether a function only loads what the arguments with these numbers say; set by the analysis."""
        self.cleaning = False
        """Whether calls of shared helpers count as the vendor's, because nothing else would use them."""

    def look(self, call: Node) -> Iterator[str | Binding]:
        """What a call does, its arguments' own calls apart."""
        callee = bare_callee(call)
        arguments = call.child_by_field_name("arguments")
        if callee is None or (arguments is not None and arguments.type == "template_string"):
            yield f"it calls {shown(self._program, call)}"
            return
        values = arguments_of(call)
        if callee.type in FUNCTIONS:
            return
        if callee.type == "identifier":
            yield from self._function(call, callee, values)
        elif callee.type in ("member_expression", "subscript_expression"):
            yield from self._method(call, callee, values)
        elif callee.type == "import" or self._origins.of(callee) in ("vendor", "fresh"):
            if callee.type == "import" and not self._program.is_marked(call):
                yield f"it loads {shown(self._program, call)}"
        else:
            yield f"it calls {shown(self._program, callee)}"

    def is_vendors(self, node: Node) -> bool:
        """Whether an expression is a call of the vendor's functions, whose value says nothing."""
        node = bare(node)
        while node.type == "await_expression" and node.named_children:
            node = bare(node.named_children[0])
        if node.type != "call_expression":
            return False
        callee = bare_callee(node)
        if callee is None or callee.type == "import":
            return False
        owner = callee.child_by_field_name("object") or callee
        return self._program.is_marked_call(node) or "vendor" in (self._origins.of(callee), self._origins.of(owner))

    # -- plain functions

    def _function(self, call: Node, callee: Node, values: list[Node]) -> Iterator[str | Binding]:
        name, origin = self._program.of(callee), self._origins.of(callee)
        if name in kept_functions():
            yield kept_functions()[name]
        elif origin == "vendor":
            yield from self._handed.to_vendor(values)
        elif origin == "support":
            yield from self._shared(call, values)
        elif (binding := self._program.bindings.of(callee)) is not None:
            yield from self._own(call, callee, binding, values)
        elif self._program.is_marked_call(call):
            yield from self._handed.to_vendor(values)
        elif call.type == "new_expression":
            if name not in pure.PURE_CLASSES:
                yield f"it makes {shown(self._program, callee)}"
        else:
            yield from self._known(callee, name, values)

    def _own(self, call: Node, callee: Node, binding: Binding, values: list[Node]) -> Iterator[str | Binding]:
        """A function that is bound in the script."""
        if binding.kind == "param" and self._program.of(callee) in ("$", "jQuery"):
            yield from self._known(callee, "$", values)
        elif binding.kind == "import":
            if self._program.is_marked_call(call):
                yield from self._handed.to_vendor(values)
            else:
                yield from self._known(callee, self._program.of(callee), values)
        elif self._origins.of(callee) == "fresh":
            if not self._only_computes(binding) and not self._loads_for(binding, values):
                yield binding
            yield from self._handed.to_vendor(values)
        elif self._program.is_marked_call(call):
            yield from self._handed.to_vendor(values)
        else:
            yield f"it calls {shown(self._program, callee)}"

    def _known(self, callee: Node, name: str, values: list[Node]) -> Iterator[str | Binding]:
        if name in ("$", "jQuery") and values and not self._handed.is_function(values[0]):
            return
        if name == "require" and self._targets.is_vendors(values[0] if values else callee):
            return
        if name in pure.STOPPING:
            yield from self._stopped(values)
        elif name in pure.DEFERRING:
            yield from self._handed.deferred(values)
        elif not pure.is_pure_path(name) and not self._loads(name, values):
            yield f"it calls {shown(self._program, callee)}"

    def _loads(self, name: str, values: list[Node]) -> bool:
        """Whether a request or script is loaded from the vendor."""
        loader = name in ("fetch", "importScripts", "sendBeacon", "getScript")
        return loader and bool(values) and self._targets.is_vendors(values[0])

    def _stopped(self, values: list[Node]) -> Iterator[str | Binding]:
        owner = next(self._targets.owners(values[0]), None) if values else None
        yield owner if owner is not None else "it stops a timer"

    def _shared(self, call: Node, values: list[Node]) -> Iterator[str | Binding]:
        """A helper of several vendors: a call of it is the vendor's if it is a match, or says nothing."""
        command = self._program.code.text_of(values[0]) if values else None
        neutral = command is not None and command.text in _NEUTRAL
        if self._program.is_marked_call(call) or (self.cleaning and neutral):
            yield from self._handed.to_vendor(values)
        elif not self._queues(values, call):
            yield f"{shown(self._program, call)} may be another vendor's"

    def _queues(self, values: list[Node], call: Node) -> bool:
        """`dataLayer.push(arguments)`, and the start of a container."""
        only = values[0] if len(values) == 1 else None
        if only is None:
            return False
        if only.type == "object":
            keys = {self._program.code.key_of(pair) for pair in only.named_children}
            return "gtm.start" in keys and keys <= {"gtm.start", "event"}
        function = function_around(call)
        return self._program.of(only) == "arguments" and function is not None

    # -- methods

    def _method(self, call: Node, callee: Node, values: list[Node]) -> Iterator[str | Binding]:
        owner, name = callee.child_by_field_name("object"), self._origins.key(callee)
        origin = self._origins.of(owner)
        if origin == "vendor" or self._origins.of(callee) == "vendor":
            yield from self._handed.to_vendor(values)
        elif origin == "support":
            yield from self._shared(call, values)
        elif self._program.is_marked_call(call) and origin not in ("fresh", "element"):
            yield from self._handed.to_vendor(values)
        elif origin == "window":
            yield from self._known(callee, name, values)
        elif origin in ("document", "dom") and name in pure.CREATING:
            return
        elif name in pure.INSERTING:
            yield from self._inserted(name, values)
        elif origin == "element":
            yield from self._of_element(callee, owner, name, values)
        elif origin in ("fresh", "plain") and (name in pure.FRESH_METHODS or name in pure.PURE_METHODS or self._is_own(owner)):
            yield from self._targets.owners(owner)
            yield from self._handed.to_vendor(values)
        else:
            yield from self._looked_up(callee, name, values)

    def _is_own(self, owner: Node | None) -> bool:
        """Whether a value is a function or object of the code itself, whose methods are its own."""
        return owner is not None and bare(owner).type == "identifier" and self._program.bindings.of(bare(owner)) is not None

    def _loads_for(self, binding: Binding, values: list[Node]) -> bool:
        """Whether a function of the script (`loadScript(url, then)`) does no more than load what it is given, and is given the vendor's."""
        given = [number for number, value in enumerate(values) if self._targets.is_vendors(value)]
        functions = self.functions(binding) if given else []
        return bool(functions) and all(self.is_loader(function, tuple(given)) for function in functions)

    def functions(self, binding: Binding) -> list[Node]:
        """The functions that a name stands for; none where one is not known."""
        found = [bare(value) for value in self._origins.values_of(binding)]
        found += [name.parent for name in binding.declared if name.parent is not None and name.parent.type == "function_declaration"]
        return found if all(row.type in FUNCTIONS for row in found) else []

    def _only_computes(self, binding: Binding) -> bool:
        """Whether a function of the script does nothing, so that a call of it may go though the function stays."""
        if binding.key not in self._pure:
            self._pure[binding.key] = False
            functions = self.functions(binding)
            self._pure[binding.key] = bool(functions) and all(self.is_pure(function) for function in functions)
        return self._pure[binding.key]

    def _inserted(self, name: str, values: list[Node]) -> Iterator[str | Binding]:
        """Elements that are put into the page must be made by the code."""
        news = values[1:2] if name == "insertAdjacentElement" else values[:1] if name == "insertBefore" else values
        for value in news:
            if self._origins.of(value) != "element":
                yield f"it puts {shown(self._program, value)} into the page"
            yield from self._targets.owners(value)

    def _of_element(self, callee: Node, owner: Node | None, name: str, values: list[Node]) -> Iterator[str | Binding]:
        if name not in pure.ELEMENT_METHODS and name not in pure.PURE_METHODS:
            yield f"it calls {shown(self._program, callee)}"
            return
        yield from self._targets.owners(owner)
        if name == "setAttribute" and len(values) > 1:
            key = self._program.code.text_of(values[0])
            yield from self._targets.loaded(key.text if key is not None else "src", values[1])
        if name == "addEventListener":
            yield from self._handed.deferred(values)

    def _looked_up(self, callee: Node, name: str, values: list[Node]) -> Iterator[str | Binding]:
        """A method of something that the page or the program has: one that only reads, or that calls functions later."""
        path = self._program.of(callee).replace("?.", ".").removeprefix("window.")
        if pure.is_pure_path(path) or name in pure.PURE_METHODS:
            if any(self._handed.is_function(value) for value in values):
                yield from self._handed.deferred(values)
        elif path == "Object.assign" and values and self._origins.of(values[0]) == "fresh":
            yield from self._targets.owners(values[0])
        elif name in pure.GETTERS and len(values) <= pure.GETTERS[name]:
            return
        elif self._loads(name, values):
            yield from self._handed.to_vendor(values[1:])
        elif name in pure.DEFERRING_METHODS and any(self._handed.is_function(value) for value in values):
            yield from self._handed.deferred(values)
        else:
            yield f"it calls {shown(self._program, callee)}"
