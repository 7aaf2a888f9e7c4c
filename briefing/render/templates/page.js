
"use strict";
// Choose a claim and its evidence lights up; choose a sentence of a source and the claims that use it do.
(() => {
  const sources = document.getElementById("sources");
  const back = document.getElementById("back");
  const told = document.getElementById("told");
  const narrow = () => getComputedStyle(sources).position === "static";
  const named = (names) => (names ? names.split(" ") : []).map((id) => document.getElementById(id)).filter(Boolean);
  let chosen = null;

  document.documentElement.classList.add("live"); // without a script the style sheet lights what a link leads to
  for (const each of named(location.hash.slice(1))) if (each.matches(".line")) each.classList.add("lit");
  for (const each of document.querySelectorAll(".say, .line.used")) { // without this script text, and nothing to press
    each.tabIndex = 0;
    each.setAttribute("role", "button");
    each.setAttribute("aria-pressed", "false");
  }

  function clear() {
    for (const each of document.querySelectorAll(".lit:not(.legend .lit), mark.on")) each.classList.remove("lit", "on");
    for (const each of document.querySelectorAll("[aria-pressed=true]")) each.setAttribute("aria-pressed", "false");
    back.hidden = true;
    told.textContent = "";
    chosen = null;
  }

  function choose(control, scroll) {
    const claim = control.closest(".claim");
    clear();
    chosen = control;
    control.setAttribute("aria-pressed", "true");
    (claim || control).classList.add("lit");
    const others = named(claim ? claim.dataset.evidence : control.dataset.claims);
    for (const each of others) each.classList.add("lit");
    const claims = claim ? [claim] : others;
    for (const mark of document.querySelectorAll("#sources mark")) {
      const points = mark.dataset.claims.split(" ");
      mark.classList.toggle("on", claims.some((each) => points.includes(each.id)));
    }
    told.textContent = claim
      ? (others.length ? "Evidence: " + others.map((each) => each.textContent).join(" ") : "No evidence")
      : "Used by " + others.map((each) => each.querySelector(".label").firstChild.textContent.trim()).join(", ");
    if (scroll) reveal([...document.querySelectorAll(claim ? "#sources .line.lit" : ".claim.lit")], claim);
  }

  // Scrolls to all of them where they fit into view together, else to the first; what was chosen stays where it is
  // as long as the column of the sources can scroll by itself.
  function reveal(elements, inSources) {
    const boxes = elements.filter((each) => each.offsetParent !== null).map((each) => each.getBoundingClientRect());
    if (!boxes.length) return; // nothing, or filtered out
    const column = inSources && !narrow();
    const frame = column ? sources.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    const top = Math.max(frame.top, 0), bottom = Math.min(frame.bottom, innerHeight);
    const first = boxes[0].top;
    const last = boxes.at(-1).bottom - first > bottom - top ? boxes[0].bottom : boxes.at(-1).bottom;
    if (first < top || last > bottom) {
      const by = Math.min((first + last - top - bottom) / 2, first - top);
      const room = column ? sources.scrollHeight - sources.clientHeight - sources.scrollTop : 0;
      const own = column ? Math.max(Math.min(by, room), -sources.scrollTop) : 0;
      // Smoothly, but for long ways: they would take more than a second.
      const near = Math.abs(own) < 2 * innerHeight && !matchMedia("(prefers-reduced-motion: reduce)").matches;
      sources.scrollBy({ top: own, behavior: near ? "smooth" : "instant" });
      scrollBy(0, by - own);
    }
    offerBack();
  }

  function offerBack() {
    back.hidden = !narrow();
    back.textContent = chosen.matches(".say") ? "Back to the claim" : "Back to the source";
  }

  // The browser goes where a link leads; here the sentence lights up, and what the claim rests on that has the link.
  function follow(link) {
    const line = document.getElementById(link.hash.slice(1));
    if (!line?.matches(".line")) return;
    const say = link.closest(".claim")?.querySelector(".say");
    if (say) choose(say, false);
    else clear();
    line.classList.add("lit");
    if (say) offerBack();
  }

  const control = (target) => target.closest(".say, .line.used");
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    if (link) follow(link);
    if (event.target.closest("a, input, label, summary, #back")) return;
    const claim = event.target.closest(".claim");
    const found = control(event.target) || (claim && claim.querySelector(".say"));
    if (!found) clear();
    else if (getSelection().isCollapsed) choose(found, true); // whoever marks words to copy them does not choose
  });
  document.addEventListener("focusin", (event) => {
    const found = control(event.target);
    // On a phone the other column is far away: there only a click or a key goes to it.
    if (found && found.matches(":focus-visible")) choose(found, !narrow());
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clear();
    const found = control(event.target);
    if (found && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      choose(found, true);
    }
  });
  back.addEventListener("click", () => {
    back.hidden = true;
    chosen?.scrollIntoView({ block: "center" });
    chosen?.focus({ preventScroll: true });
  });
})();
