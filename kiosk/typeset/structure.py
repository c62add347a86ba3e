"""The structure tree of a paper (ISO 32000-1, 14.7), made of the marks on its pages."""

from collections.abc import Iterable

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from kiosk.typeset.tags import Mark, Path


class _Tree:
    """The elements so far, each made once however many pieces it has."""

    def __init__(self, paper: Pdf, language: str) -> None:
        self._paper = paper
        self.pages = [page.obj for page in paper.pages]
        self.root = paper.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self._elements: dict[Path, Object] = {}
        self._children: dict[Path, list[Object]] = {(): []}
        whole = self._made("Document", self.root)
        whole.Lang = String(language)
        self.root.K = whole
        self._elements[()] = whole

    def _made(self, role: str, parent: Object) -> Object:
        element = Dictionary(Type=Name.StructElem, S=Name(f"/{role}"), P=parent)
        if role == "TH":
            element.A = Dictionary(O=Name.Table, Scope=Name.Column)
        return self._paper.make_indirect(element)

    def _element(self, path: Path) -> Object:
        if path not in self._elements:
            above = path[:-1]
            element = self._made(path[-1][0], self._element(above))
            self._elements[path] = element
            self._children[above].append(element)
            self._children[path] = []
        return self._elements[path]

    def take(self, mark: Mark) -> Object:
        """The element that the mark is a piece of."""
        element = self._element(mark.path)
        page = self.pages[mark.page]
        if mark.alt:
            element.Alt = String(mark.alt)
        piece = Dictionary(Type=Name.MCR, Pg=page, MCID=mark.number)
        self._children[mark.path].append(piece)
        return element

    def close(self) -> None:
        """Give every element its children, in the order of reading."""
        for path, element in self._elements.items():
            element.K = Array(self._children[path])


def add_structure(paper: Pdf, marks: Iterable[Mark], language: str) -> None:
    """Give the paper the tree of these marks; a paper without marks stays without."""
    tree: _Tree | None = None
    pages: dict[int, list[Object]] = {}
    for mark in marks:
        tree = tree or _Tree(paper, language)
        pages.setdefault(mark.page, []).append(tree.take(mark))
    if tree is None:
        return
    tree.close()
    numbers = Array()
    for at, (page, elements) in enumerate(sorted(pages.items())):
        tree.pages[page].StructParents = at
        numbers.append(at)
        numbers.append(paper.make_indirect(Array(elements)))
    tree.root.ParentTree = paper.make_indirect(Dictionary(Nums=numbers))
    tree.root.ParentTreeNextKey = len(pages)
    paper.Root.StructTreeRoot = tree.root
    paper.Root.MarkInfo = Dictionary(Marked=True)
