"""Holds every page of a reference against the HTML standard, and every link against the files.

usage: check_pages.py SITE

html5lib parses as the standard says and, in strict mode, stops at the first parse error of a page.
"""

import pathlib
import re
import sys
import urllib.parse
from concurrent.futures import ProcessPoolExecutor

import html5lib

MOST_BYTES = 12_000_000
MOST_PAGE_BYTES = 60_000
# What pages are made of. Anything else is text that became markup.
ELEMENTS = set(
    "a b body br button code dd div dl dt h1 h2 h3 head header html i li link main meta nav p pre script small "
    "table tbody td th thead title tr ul wbr".split()
)
EXTERNAL = "https://core.telegram.org/"


def read(path):
    """What one page says about itself: its problems, its identifiers, its links."""
    problems = []
    text = path.read_text(encoding="utf-8")
    try:
        document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    except html5lib.html5parser.ParseError as error:
        return path, [f"is not valid HTML: {error}"], set(), []
    identifiers, links = [], []
    for element in document.iter():
        if not isinstance(element.tag, str):
            problems.append("has a comment")
            continue
        if element.tag not in ELEMENTS:
            problems.append(f"has an element <{element.tag}>")
        if "id" in element.attrib:
            identifiers.append(element.attrib["id"])
        if "style" in element.attrib or any(name.startswith("on") for name in element.attrib):
            problems.append(f"has styles or code within <{element.tag}>")
        for name in ("href", "src"):
            if name in element.attrib:
                links.append((element.tag, element.attrib[name]))
    if len(identifiers) != len(set(identifiers)):
        problems.append("has an identifier twice")
    if len(document.findall(".//h1")) != 1:
        problems.append("does not have exactly one <h1>")
    if re.search(r"&amp;(amp|lt|gt|quot|#)", text):
        problems.append("has text that is escaped twice")
    if "%d" in path.name or len(text.encode()) > MOST_PAGE_BYTES:
        problems.append(f"is too large or badly named: {len(text.encode())} bytes")
    for element in document.iter():
        if element.tag in ("h1", "h2", "h3", "title", "a") and not "".join(element.itertext()).strip():
            problems.append(f"has an empty <{element.tag}>")
    return path, problems, set(identifiers), links


def main():
    site = pathlib.Path(sys.argv[1]).resolve()
    pages = sorted(site.rglob("*.html"))
    files = {path for path in site.rglob("*") if path.is_file()}
    with ProcessPoolExecutor() as pool:
        results = list(pool.map(read, pages, chunksize=64))
    identifiers = {path: own for path, _, own, _ in results}
    failures = [f"{path.relative_to(site)}: {problem}" for path, problems, _, _ in results for problem in problems]
    reached = {site / "index.html"}
    count = 0
    for path, _, _, links in results:
        for tag, link in links:
            count += 1
            if tag == "a" and link.startswith(EXTERNAL):
                continue
            parts = urllib.parse.urlsplit(link)
            if parts.scheme or parts.netloc or link.startswith("/"):
                failures.append(f"{path.relative_to(site)}: leads outside to {link}")
                continue
            target = (path.parent / urllib.parse.unquote(parts.path)).resolve() if parts.path else path
            if target not in files:
                failures.append(f"{path.relative_to(site)}: {link} leads nowhere")
            elif parts.fragment and urllib.parse.unquote(parts.fragment) not in identifiers.get(target, ()):
                failures.append(f"{path.relative_to(site)}: {link} leads to no place on that page")
            reached.add(target)
    failures += [f"{path.relative_to(site)}: no page links to it" for path in pages if path not in reached]
    size = sum(path.stat().st_size for path in files)
    if size > MOST_BYTES:
        failures.append(f"the site has {size} bytes, expected at most {MOST_BYTES}")
    for failure in failures[:50]:
        print(failure, file=sys.stderr)
    if failures:
        sys.exit(f"{len(failures)} problems")
    largest = max(pages, key=lambda path: path.stat().st_size)
    print(
        f"{len(pages)} pages are valid, {count} links lead somewhere, {size} bytes in all, "
        f"largest page {largest.relative_to(site)} with {largest.stat().st_size}."
    )


if __name__ == "__main__":
    main()
