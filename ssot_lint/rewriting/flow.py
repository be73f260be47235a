"""What a name, or an attribute of one, may hold at a place, over all paths that lead there.

Loops, handlers and what another function may do in between are not followed closely: in doubt, more is possible.
"""

from __future__ import annotations

import ast

from ssot_lint.file import ast_path
from ssot_lint.rewriting.given import given, is_optional, is_self
from ssot_lint.rewriting.outcomes import NOTHING, OPTIONAL, UNBOUND, VALUE, Outcomes, Path, outcomes_of, refine
from ssot_lint.rewriting.steps import choices, inside, is_late, share_loop, targets
from ssot_lint.source.places import last_name
from ssot_lint.source.scan import DEFINITIONS, FUNCTIONS, Scan, own_expressions
from ssot_lint.source.scopes import Block, Scope, Statement, parameters, pattern_names, walruses

DEEPEST = 8
"""How many assignments (``a = b``, ``b = c`` ...) are followed from a path to what it holds."""
LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)
SETUPS = ("setUp", "asyncSetUp", "setup_method")
"""Methods that run before every test of their class."""


def held(scan: Scan, path: Path, offset: int) -> Outcomes:
    """Tell what ``path`` may hold where it stands at ``offset``, when that code runs."""
    statement = scan.statement_at(offset)
    if statement is None or scan.lookup(path[0], offset) is None:
        return UNBOUND
    if any(path[0] in scope.outer for scope in statement.scope.visible()):
        return UNBOUND
    flow = _Flow(scan, path, 0)
    late = flow.later(statement) if is_late(scan, statement, offset) else NOTHING
    return flow.within(statement, flow.before(statement) | late, offset)


class _Flow:
    """The ways on which one path gets what it holds; ``depth`` says how many others lead here."""

    def __init__(self, scan: Scan, path: Path, depth: int) -> None:
        self._scan = scan
        self._path = path
        self._depth = depth

    # Where a scope begins.

    def _entry(self, scope: Scope) -> Outcomes:
        """Give what the path holds when the code of ``scope`` begins to run."""
        if scope.owner is None:
            return UNBOUND
        bindings = scope.bindings.get(self._path[0])
        if bindings is not None:
            from_elsewhere = any(b.kind != "parameter" and b.statement.scope is not scope for b in bindings)
            return UNBOUND if from_elsewhere else self._argument(scope.owner)
        definition = scope.owner
        while definition.scope.kind == "class" and definition.scope.owner is not None:
            definition = definition.scope.owner
        if definition.scope.kind == "module":
            # What a module binds is the same for all users.
            return UNBOUND
        return self.before(definition) | self.later(definition)

    def later(self, statement: Statement) -> Outcomes:
        """Give what the functions around ``statement`` may put into the path while what it makes waits to run."""
        scope = next((scope for scope in statement.scope.visible() if self._path[0] in scope.bindings), None)
        put: Outcomes = NOTHING
        for inner in inside(scope.owner.blocks) if scope is not None and scope.owner is not None else ():
            if inner.start > statement.start or share_loop(inner, statement):
                put |= self._put(inner, NOTHING)
        return put

    def _argument(self, function: Statement) -> Outcomes:
        """Give what the path holds by what ``function`` is called with."""
        if not isinstance(function.node, FUNCTIONS):
            return UNBOUND
        root, *attributes = self._path
        outcomes = given(function.node.args, root)
        if not attributes or outcomes != VALUE:
            return UNBOUND if attributes else outcomes
        if is_self(function, root):
            return self._attribute(function, attributes)
        # Of what else is called `self` nothing is known.
        return UNBOUND if root == "self" else VALUE

    def _attribute(self, method: Statement, attributes: list[str]) -> Outcomes:
        """Give what ``self.a`` holds when ``method`` is called; of ``self.a.b`` no more than that is known."""
        owner = method.scope.owner
        if owner is None:
            return UNBOUND
        outcomes = self._in_class(owner, attributes[0])
        for name in ("__init__", *(SETUPS if _name(method).startswith("test") else ())):
            setup = next((s for s in owner.blocks[0].statements if _name(s) == name), None)
            if setup is method:
                break
            if setup is not None:
                outcomes = self._after_method(setup, attributes[0], outcomes)
        return outcomes if len(attributes) == 1 or outcomes == VALUE else UNBOUND

    def _in_class(self, owner: Statement, attribute: str) -> Outcomes:
        """Give what all instances of a class have as ``attribute``: by its body, or as a field of a dataclass."""
        decorators: list[ast.expr] = getattr(owner.node, "decorator_list", [])
        is_dataclass = any(last_name(decorator) == "dataclass" for decorator in decorators)
        outcomes: Outcomes = UNBOUND
        for statement in owner.blocks[0].statements:
            node = statement.node
            if isinstance(node, ast.AnnAssign) and node.value is None and ast_path(node.target) == (attribute,):
                field = OPTIONAL if is_optional(node.annotation) else VALUE
                outcomes = field if is_dataclass else outcomes
            else:
                outcomes = _Flow(self._scan, (attribute,), self._depth)._put(statement, outcomes)
        return outcomes

    def _after_method(self, method: Statement, attribute: str, entry: Outcomes) -> Outcomes:
        """Give what ``self.attribute`` holds after ``method``, whichever way that ends."""
        node = method.node
        first = next(parameters(node.args), None) if isinstance(node, FUNCTIONS) else None
        # Looking into it opens the body of a function.
        self._scan.statement_at(self._scan.body_start(method))
        if first is None or not method.blocks:
            return entry
        flow = _Flow(self._scan, (first.arg, attribute), self._depth)
        outcomes = flow._through(method.blocks[0], entry)
        leaves = any(isinstance(inner.node, ast.Return) for inner in inside(method.blocks))
        return outcomes | flow._anywhere(method.blocks, entry) if leaves else outcomes

    # From statement to statement.

    def before(self, statement: Statement) -> Outcomes:
        """Give what the path holds right before ``statement`` runs."""
        owner = statement.block.owner
        if owner is None or isinstance(owner.node, DEFINITIONS):
            outcomes = self._entry(statement.scope)
        else:
            outcomes = self._into(owner, statement.block, self.before(owner))
        for earlier in statement.block.statements:
            if earlier is statement:
                break
            outcomes = self._after(earlier, outcomes)
        return outcomes

    def within(self, statement: Statement, outcomes: Outcomes, offset: int) -> Outcomes:
        """Give what the path holds at ``offset`` in a statement: its loop, or choices between expressions, tell."""
        if isinstance(statement.node, ast.While):
            outcomes = self._anywhere(statement.blocks, outcomes)
        for expression in own_expressions(statement.node):
            for node in ast.walk(expression):
                for test, truth, part in choices(node):
                    start, end = self._scan.span(part)
                    if start <= offset < end:
                        outcomes = refine(self._path, test, truth, outcomes)
        return outcomes

    def _into(self, owner: Statement, block: Block, outcomes: Outcomes) -> Outcomes:
        """Give what the path holds where a part of a compound statement begins."""
        node = owner.node
        if isinstance(node, (ast.If, ast.While)):
            head = self._put(owner, outcomes)
            head = self._anywhere(owner.blocks, head) if isinstance(node, ast.While) else head
            return refine(self._path, node.test, block.part == "body", head)
        if isinstance(node, (ast.For, ast.AsyncFor)):
            head = self._anywhere(owner.blocks, outcomes)
            return self._put(owner, head) if block.part == "body" else head | self._put(owner, head)
        if isinstance(node, ast.Match):
            captured = (pattern_names(case.pattern) for case in node.cases if case.body[0] is block.statements[0].node)
            return VALUE if self._path in {(name,) for names in captured for name in names} else outcomes
        if hasattr(node, "handlers"):
            return self._into_try(owner, block, outcomes)
        return self._put(owner, outcomes)

    def _into_try(self, owner: Statement, block: Block, outcomes: Outcomes) -> Outcomes:
        bodies = [inner for inner in owner.blocks if inner.part == "body"]
        if block.part == "body":
            return outcomes
        if block.part == "orelse":
            return self._through(bodies[0], outcomes)
        if block.part == "handler":
            return VALUE if self._is_caught(block) else self._anywhere(bodies, outcomes)
        return self._anywhere([inner for inner in owner.blocks if inner.part != "finalbody"], outcomes)

    def _is_caught(self, block: Block) -> bool:
        """Whether a handler binds the path to what it catches."""
        return block.handler is not None and (block.handler.name,) == self._path

    def _through(self, block: Block, outcomes: Outcomes) -> Outcomes:
        for statement in block.statements:
            outcomes = self._after(statement, outcomes)
        return outcomes

    def _after(self, statement: Statement, outcomes: Outcomes) -> Outcomes:
        """Give what the path holds when control goes on to what follows ``statement``; nothing if it never does."""
        node = statement.node
        if isinstance(node, LEAVES) or not outcomes:
            return NOTHING
        if isinstance(node, ast.Assert):
            return refine(self._path, node.test, True, self._put(statement, outcomes))
        if isinstance(node, DEFINITIONS) or not statement.blocks:
            return self._put(statement, outcomes)
        if isinstance(node, ast.If):
            return self._after_if(statement, node, outcomes)
        if hasattr(node, "handlers"):
            return self._after_try(statement, outcomes)
        if isinstance(node, (ast.With, ast.AsyncWith)):
            # It may swallow what its body raises.
            entered = self._put(statement, outcomes)
            return self._through(statement.blocks[0], entered) | self._anywhere(statement.blocks, entered)
        return self._anywhere(statement.blocks, outcomes | self._put(statement, outcomes))

    def _after_if(self, statement: Statement, node: ast.If, outcomes: Outcomes) -> Outcomes:
        ways: Outcomes = NOTHING
        for block in statement.blocks:
            ways |= self._through(block, self._into(statement, block, outcomes))
        return ways if node.orelse else ways | refine(self._path, node.test, False, self._put(statement, outcomes))

    def _after_try(self, statement: Statement, outcomes: Outcomes) -> Outcomes:
        ways = outcomes
        for block in statement.blocks:
            if block.part in ("body", "orelse"):
                ways = self._through(block, ways)
        for block in statement.blocks:
            if block.part == "handler":
                handled = self._through(block, self._into_try(statement, block, outcomes))
                ways |= UNBOUND if handled and self._is_caught(block) else handled
        for block in statement.blocks:
            if block.part == "finalbody":
                ways = self._through(block, ways)
        return ways

    def _anywhere(self, blocks: list[Block], outcomes: Outcomes) -> Outcomes:
        """Give all that the path may hold at some time while ``blocks`` run."""
        for statement in inside(blocks):
            outcomes |= self._put(statement, outcomes)
        return outcomes

    # What a statement puts into the path.

    def _put(self, statement: Statement, outcomes: Outcomes) -> Outcomes:
        """Give what the path holds after what ``statement`` itself binds and deletes."""
        node = statement.node
        for walrus, conditional in walruses(node):
            if (walrus.target.id,) == self._path:
                put = self._value(walrus.value, statement)
                outcomes = outcomes | put if conditional else put
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                outcomes = self._assign(target, node.value, statement, outcomes) if node.value else outcomes
        elif isinstance(node, ast.Delete):
            outcomes = UNBOUND if any(map(self._bound, node.targets)) else outcomes
        else:
            for target in targets(node):
                outcomes = self._bound(target) or outcomes
        return outcomes

    def _assign(self, target: ast.expr, value: ast.expr, statement: Statement, outcomes: Outcomes) -> Outcomes:
        displays = (ast.Tuple, ast.List)
        if isinstance(target, displays) and isinstance(value, displays) and len(target.elts) == len(value.elts):
            for inner, part in zip(target.elts, value.elts, strict=True):
                outcomes = self._assign(inner, part, statement, outcomes)
            return outcomes
        return self._value(value, statement) if ast_path(target) == self._path else self._bound(target) or outcomes

    def _bound(self, target: ast.expr) -> Outcomes:
        """Give what binding ``target`` to whatever it may be puts into the path; nothing if it has no part in it."""
        if isinstance(target, (ast.Tuple, ast.List)):
            return NOTHING.union(*map(self._bound, target.elts))
        if isinstance(target, ast.Starred):
            return self._bound(target.value)
        path = ast_path(target)
        if path == self._path:
            return VALUE
        return UNBOUND if path == self._path[:1] else NOTHING

    def _value(self, value: ast.expr, statement: Statement) -> Outcomes:
        if self._depth >= DEEPEST:
            return VALUE
        return outcomes_of(value, lambda path: self._held_by(path, statement))

    def _held_by(self, path: Path, statement: Statement) -> Outcomes:
        """Tell what another path holds that is assigned to this one: if it held nothing, that would have failed."""
        outcomes = _Flow(self._scan, path, self._depth + 1).before(statement)
        return (outcomes - UNBOUND) | VALUE if outcomes & UNBOUND else outcomes


def _name(statement: Statement) -> str:
    """Give the name of the function that ``statement`` defines."""
    return statement.node.name if isinstance(statement.node, FUNCTIONS) else ""
