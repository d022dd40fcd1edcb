"""Uses a reference in a real browser: from the disk and from a small server, on a desk and on a phone.

usage: check_browser.py SITE [--browser PATH] [--screenshots DIR]

The browser is Chromium as the system has it; nothing is downloaded.
"""

import argparse
import functools
import http.server
import pathlib
import shutil
import sys
import threading

from playwright.sync_api import sync_playwright

# One page of each kind, the largest ones among them.
PAGES = [
    "index.html",
    "friendly.html",
    "methods/index.html",
    "methods/messages.sendMessage.html",
    "methods/invokeWithLayer.html",
    "constructors/index.html",
    "constructors/channelFull.html",
    "constructors/inputPeerUser.html",
    "types/index.html",
    "types/InputPeer.html",
    "types/built-in.html",
    "namespaces/messages.html",
    "errors/index.html",
    "errors/FLOOD_WAIT_X.html",
    "errors/CHAT_ADMIN_REQUIRED.html",
    "families/index.html",
    "families/BadRequest.html",
    "families/by-seconds.html",
    "layers/index.html",
    "layers/227-to-228.html",
]

# What somebody types or pastes, and the page that has to come first.
SEARCHES = {
    "messages.sendMessage": "methods/messages.sendMessage.html",
    "sendmessage": "methods/messages.sendMessage.html",
    "send_message": "methods/messages.sendMessage.html",
    "messages.SendMessageRequest": "methods/messages.sendMessage.html",
    "functions.messages.SendMessageRequest": "methods/messages.sendMessage.html",
    "TL.messages.SendMessage": "methods/messages.sendMessage.html",
    "sendmes": "methods/messages.sendMessage.html",
    "send message": "methods/messages.sendMessage.html",
    "getFullChannel": "methods/channels.getFullChannel.html",
    "gfc": "methods/messages.getFullChat.html|methods/channels.getFullChannel.html",
    "getdial": "methods/messages.getDialogs.html",
    "InputPeer": "types/InputPeer.html",
    "inputPeerUser": "constructors/inputPeerUser.html",
    "0x1cb5c415": "types/built-in.html#Vector",
    "1cb5c415": "types/built-in.html#Vector",
    "#7f3b18ea": "constructors/inputPeerEmpty.html",
    "0x7F3B18EA": "constructors/inputPeerEmpty.html",
    "#509113f": "constructors/attachMenuPeerTypeChat.html",
    "FLOOD_WAIT_42": "errors/FLOOD_WAIT_X.html",
    "FLOOD_WAIT_X": "errors/FLOOD_WAIT_X.html",
    "FloodWaitError": "errors/FLOOD_WAIT_X.html",
    "FloodWait": "errors/FLOOD_WAIT_X.html",
    "RPCError.FloodWait": "errors/FLOOD_WAIT_X.html",
    "RPCError 420: FLOOD_WAIT_42 (caused by SendMessageRequest)": "errors/FLOOD_WAIT_X.html",
    "USERNAME_OCCUPIED (400) from account.updateUsername: taken": "errors/USERNAME_OCCUPIED.html",
    "USERNAME_OCC": "errors/USERNAME_OCCUPIED.html",
    "FILE_MIGRATE_4": "errors/FILE_MIGRATE_X.html",
    "2FA_CONFIRM_WAIT_86400": "errors/2FA_CONFIRM_WAIT_X.html",
    "PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_5MIN": "errors/PREVIOUS_CHAT_IMPORT_ACTIVE_WAIT_XMIN.html",
    "slowmode": "errors/SLOWMODE_WAIT_X.html",
    "RPCError.BadRequest": "families/BadRequest.html",
    "messages": "namespaces/messages.html",
    "TL.InputPeer.inputPeerUser": "constructors/inputPeerUser.html",
    "InputPeer.inputPeerUser": "constructors/inputPeerUser.html",
    ".inputPeerUser": "constructors/inputPeerUser.html",
    "Api.messages.SendMessage": "methods/messages.sendMessage.html",
    "client.send_message": "methods/messages.sendMessage.html",
    "client.signIn": "methods/auth.signIn.html",
    "flood_wait_42": "errors/FLOOD_WAIT_X.html",
    "flood wait 42": "errors/FLOOD_WAIT_X.html",
    "slowmode_wait_10": "errors/SLOWMODE_WAIT_X.html",
    "error flood_wait_42 at login": "errors/FLOOD_WAIT_X.html",
    "messages.sendMessage#545cd15a flags:# no_webpage:flags.1?true": "methods/messages.sendMessage.html",
    "messages.sendMessage#545cd15a": "methods/messages.sendMessage.html",
}

# What follows the first result: methods of that name go before those that one of that name calls.
SECOND = {"sendMessage": "methods/ephemeral.sendMessage.html"}


class Check:
    """Counts what was looked at and remembers what was wrong."""

    def __init__(self):
        self.count = 0
        self.failures = []

    def expect(self, condition, message):
        self.count += 1
        if not condition:
            self.failures.append(message)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def serve(site):
    handler = functools.partial(QuietHandler, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_address[1]}/"


def watched(context, base, check):
    """A page whose errors and foreign requests count as failures."""
    page = context.new_page()
    page.on("console", lambda m: check.expect(m.type not in ("error", "warning"), f"console: {m.text} at {page.url}"))
    page.on("pageerror", lambda error: check.expect(False, f"script: {error} at {page.url}"))
    page.on("request", lambda request: check.expect(request.url.startswith(base), f"asks for {request.url}"))
    # What the next page interrupts has not failed.
    page.on(
        "requestfailed",
        lambda request: check.expect(request.failure == "net::ERR_ABORTED", f"could not load {request.url}"),
    )
    return page


def first_result(page, query):
    page.fill(".search input", query)
    page.wait_for_function("document.documentElement.dataset.found !== undefined")
    link = page.query_selector("#results li a")
    return link.get_attribute("href") if link else None


def check_search(page, base, check):
    page.goto(base + "index.html")
    page.keyboard.press("/")
    check.expect(page.evaluate("document.activeElement.type") == "search", "'/' does not lead to the search box")
    for query, expected in SEARCHES.items():
        found = first_result(page, query)
        wanted = [base + path for path in expected.split("|")]
        check.expect(found in wanted, f"'{query}' finds {found} first, expected {expected}")
    check.expect(first_result(page, "zzzzqqq") is None, "nonsense finds something")
    check.expect("Nothing" in page.inner_text(".search [role=status]"), "nothing found, and nothing said")
    check.expect(page.is_hidden("#results"), "an empty list is shown")
    for query, expected in SECOND.items():
        first_result(page, query)
        second = page.query_selector_all("#results li a")[1].get_attribute("href")
        check.expect(second == base + expected, f"'{query}' finds {second} second, expected {expected}")
    others = page.eval_on_selector_all("#results > *", "items => items.filter(item => item.role !== 'option').length")
    check.expect(others == 0, "the list of results holds something that is no result")
    found = page.evaluate("find('slow mode admin').length")
    check.expect(found > 0, "words of summaries find nothing")
    # Every prefix of what people type, as they type it.
    slowest = page.evaluate(
        """queries => Math.max(...queries.flatMap(query => [...query].map((_, end) => {
            const times = [0, 1, 2].map(() => {
              const start = performance.now();
              find(query.slice(0, end + 1));
              return performance.now() - start;
            });
            return times.sort((a, b) => a - b)[1];
        })))""",
        list(SEARCHES),
    )
    check.expect(slowest < 20, f"the slowest keystroke takes {slowest:.1f} ms, expected less than 20")
    return slowest


def check_keyboard(page, base, check):
    page.goto(base + "methods/messages.sendMessage.html")
    page.keyboard.press("Tab")
    check.expect(page.evaluate("document.activeElement.className") == "skip", "the first tab stop does not skip")
    page.keyboard.press("Control+k")
    page.keyboard.type("getDialogs")
    page.wait_for_selector("#results li[aria-selected=true]")
    first = page.get_attribute("#results li[aria-selected=true]", "id")
    page.keyboard.press("ArrowDown")
    second = page.get_attribute("#results li[aria-selected=true]", "id")
    active = page.get_attribute(".search input", "aria-activedescendant")
    check.expect(first != second and second == active, "the arrow keys do not choose")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Escape")
    check.expect(page.is_hidden("#results"), "Escape does not close the results")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("#results li[aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "methods/messages.getDialogs.html")
    page.goto(base + "index.html")
    page.keyboard.press("/")
    page.keyboard.type("getDialogs")
    page.wait_for_selector("#results li[aria-selected=true]")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    check.expect(page.is_hidden("#results"), "the results stay when the focus leaves the search")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector("#results li[aria-selected=true]")
    page.click("#results li a")
    page.wait_for_url(base + "methods/messages.getDialogs.html")
    page.goto(base + "index.html?q=FLOOD_WAIT_42")
    page.wait_for_selector("#results li[aria-selected=true]")
    check.expect(page.input_value(".search input") == "FLOOD_WAIT_42", "'?q=' does not fill the box")
    page.keyboard.press("Enter")
    page.wait_for_url(base + "errors/FLOOD_WAIT_X.html")
    check.expect(page.inner_text("h1").startswith("FLOOD_WAIT_"), "the link of a result leads elsewhere")


def brightness(page, selector="body"):
    color = page.evaluate("selector => getComputedStyle(document.querySelector(selector)).backgroundColor", selector)
    numbers = [float(part) for part in color[color.index("(") + 1 : -1].split(",")[:3]]
    return sum(numbers) / 3


def check_colors(browser, base, check):
    for scheme, is_right in (("light", lambda value: value > 200), ("dark", lambda value: value < 60)):
        context = browser.new_context(color_scheme=scheme)
        page = watched(context, base, check)
        page.goto(base + "methods/messages.sendMessage.html")
        check.expect(is_right(brightness(page)), f"the page is not {scheme}")
        check.expect(is_right(brightness(page, "pre")), f"code is not {scheme}")
        # The button goes through auto, light, dark, and the choice stays for the next page.
        page.click(".search button")
        page.click(".search button")
        check.expect(brightness(page) < 60, "the button does not lead to dark")
        context.close()


def check_phone(browser, base, check, screenshots):
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2, has_touch=True)
    page = watched(context, base, check)
    for path in PAGES:
        page.goto(base + path)
        width = page.evaluate("document.documentElement.scrollWidth")
        check.expect(width <= 360, f"{path} is {width} wide on a phone of 360")
        shot(page, screenshots, f"phone-{path}")
    context.close()


def check_without_script(browser, base, check):
    context = browser.new_context(java_script_enabled=False)
    page = watched(context, base, check)
    for path in PAGES:
        page.goto(base + path)
        check.expect(len(page.inner_text("main")) > 100, f"{path} is empty without JavaScript")
    context.close()


def check_print(browser, base, check):
    context = browser.new_context()
    page = watched(context, base, check)
    page.goto(base + "methods/messages.sendMessage.html")
    page.emulate_media(media="print")
    check.expect(page.is_hidden("header"), "the header is printed")
    check.expect(page.is_visible("dl"), "the fields are not printed")
    context.close()


def shot(page, folder, name):
    if folder:
        page.screenshot(path=folder / (name.replace("/", "-").removesuffix(".html") + ".png"))


def take_screenshots(browser, base, check, folder):
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 1200, "height": 900}, color_scheme=scheme)
        page = watched(context, base, check)
        for path in PAGES:
            page.goto(base + path)
            shot(page, folder, f"{scheme}-{path}")
        page.goto(base + "index.html?q=send")
        page.wait_for_selector("#results li[aria-selected=true]")
        shot(page, folder, f"{scheme}-search")
        context.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("site", type=pathlib.Path)
    parser.add_argument("--browser", default=shutil.which("chromium") or shutil.which("google-chrome"))
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    if not options.browser:
        sys.exit("no Chromium found, expected one on the PATH or in '--browser'")
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    site = options.site.resolve()
    server, address = serve(site)
    check = Check()
    slowest = 0
    with sync_playwright() as playwright:
        # In a container there is no sandbox to be had, and the pages are our own.
        browser = playwright.chromium.launch(executable_path=options.browser, args=["--no-sandbox"])
        for base in (site.as_uri() + "/", address):
            context = browser.new_context()
            page = watched(context, base, check)
            for path in PAGES:
                page.goto(base + path)
                check.expect(page.title().endswith("Telegram API"), f"{path} has the title '{page.title()}'")
            slowest = max(slowest, check_search(page, base, check))
            check_keyboard(page, base, check)
            context.close()
            check_colors(browser, base, check)
            check_phone(browser, base, check, options.screenshots if base == address else None)
            check_without_script(browser, base, check)
            check_print(browser, base, check)
        if options.screenshots:
            take_screenshots(browser, address, check, options.screenshots)
        browser.close()
    server.shutdown()
    for failure in dict.fromkeys(check.failures):
        print(failure, file=sys.stderr)
    if check.failures:
        sys.exit(f"{len(check.failures)} of {check.count} checks failed")
    print(f"{check.count} checks in the browser passed; the slowest keystroke took {slowest:.1f} ms.")


if __name__ == "__main__":
    main()
