"""What every page must be: accessible, headed in order, usable by keyboard, narrow enough for a phone."""

import hashlib
import re

from tests.support.browser import AXE

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
    "preload": False,
}
_AXE = """
async rules => (await axe.run(document, rules)).violations.map(
  one => `${one.id}: ${one.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | ")}`)
"""
_HEADINGS = """
() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter(one => one.checkVisibility())
  .map(one => [Number(one.tagName[1]), one.textContent.trim()])
"""
_REACH = """
() => {
  const wanted = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]")]
    .filter(one => one.checkVisibility({checkVisibilityCSS: true}) && !one.disabled && one.tabIndex !== -1);
  const looks = one => {
    const seen = [one, ...(one.labels ?? [])].flatMap(part => ["", "::before", "::after"].map(where => {
      const style = getComputedStyle(part, where || null);
      return [style.outline, style.boxShadow, style.backgroundColor, style.borderColor, style.textDecoration];
    }));
    return JSON.stringify(seen);
  };
  const problems = [];
  for (const one of wanted) {
    if (one.tabIndex > 0) problems.push(`out of order: ${one.outerHTML.slice(0, 120)}`);
    document.activeElement.blur();
    const before = looks(one);
    one.focus();
    if (document.activeElement !== one) problems.push(`cannot be reached: ${one.outerHTML.slice(0, 120)}`);
    else if (looks(one) === before) problems.push(`focus cannot be seen: ${one.outerHTML.slice(0, 120)}`);
  }
  document.activeElement.blur();
  return problems;
}
"""
_STOPS = """
() => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]):not([type=radio]), select, textarea, summary, [tabindex]")]
  .filter(one => one.checkVisibility({checkVisibilityCSS: true}) && !one.disabled && one.tabIndex >= 0)
  .map((one, number) => { one.dataset.stop = number; return String(number); })
"""
_ASTRAY = """
() => [...document.querySelectorAll(".govuk-error-summary a")].flatMap(link => {
  const target = document.getElementById(link.hash.slice(1));
  if (!target) return [`leads nowhere: ${link.hash}`];
  const fields = "input, select, textarea";
  const field = target.matches(fields) ? target : target.querySelector(fields);
  if (!field) return target.matches("main, div, h2") ? [] : [`leads to no field: ${link.hash}`];
  const group = field.closest(".govuk-form-group, fieldset");
  const said = group?.closest("fieldset, .govuk-form-group--error")?.textContent ?? "";
  return said.includes(link.textContent.trim()) ? [] : [`not said at the field: ${link.textContent}`];
})
"""
_WIDE = """
() => document.documentElement.scrollWidth > innerWidth
  ? [`${document.documentElement.scrollWidth} wide: ` +
      [...document.querySelectorAll("main *, header *, footer *")]
      .filter(one => one.getBoundingClientRect().right > innerWidth + 1).slice(0, 3)
      .map(one => one.outerHTML.slice(0, 120)).join(" | ")]
  : []
"""
_OWN = re.compile(r'name="form_token" value="\w+"|data-\w[\w-]*-init=""|<strong>[a-z]+\.one</strong>')


def ready(context):
    """Have every page of a browser's context bring the checker along."""
    context.add_init_script(AXE.read_text(encoding="utf-8"))


def faults(page):
    """Return everything that is wrong with the page as it stands, in this width."""
    return [*page.evaluate(_AXE, RULES), *headings(page), *page.evaluate(_REACH), *page.evaluate(_WIDE)]


def stops(page):
    """Mark everything that Tab should stop at, and return the marks."""
    return page.evaluate(_STOPS)


def walk(page, *, most):
    """Press Tab so many times at most and return the marks of what it stopped at."""
    reached = []
    for _ in range(most):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.dataset.stop ?? ''"))
    return reached


def led_astray(page):
    """Return the problems of an error summary that lead to no field, or are not said there again."""
    return page.evaluate(_ASTRAY)


def headings(page):
    """Return what is wrong with the order of the headings: one first, and no level left out."""
    found = page.evaluate(_HEADINGS)
    wrong = [] if [level for level, _ in found].count(1) == 1 else ["not one first heading"]
    level = 1
    for number, (here, text) in enumerate(found):
        if here > level + 1 and number:
            wrong.append(f"heading {here} after {level}: {text}")
        level = here
    return wrong


def fingerprint(page):
    """Return what tells this page from any other, but for what belongs to the session."""
    main = page.evaluate("document.title + document.querySelector('main').parentElement.outerHTML")
    return hashlib.sha256(_OWN.sub("", main).encode()).hexdigest()
