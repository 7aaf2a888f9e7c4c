
"use strict";
// Choose a claim and its evidence lights up; choose a sentence of a source and the claims that use it do.
(() => {
  const sources = document.getElementById("sources");
  const back = document.getElementById("back");
  const told = document.getElementById("told");
  const lines = [...document.querySelectorAll(".line.used")];
  const narrow = () => getComputedStyle(sources).position === "static";
  const named = (names) => (names ? names.split(" ") : []).map((id) => document.getElementById(id)).filter(Boolean);
  let chosen = null;

  for (const line of lines) { // without this script they are text, and nothing to press
    line.tabIndex = 0;
    line.setAttribute("role", "button");
    line.setAttribute("aria-pressed", "false");
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
    if (chosen !== control) {
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
    }
    const first = document.querySelector(claim ? "#sources .line.lit" : ".claim.lit");
    if (first && scroll) {
      reveal(first, claim);
      if (narrow()) {
        back.hidden = false;
        back.textContent = claim ? "Back to the claim" : "Back to the source";
      }
    }
  }

  function reveal(element, inSources) {
    if (!inSources && element.closest(".claim").offsetParent === null) return; // filtered out
    const box = element.getBoundingClientRect();
    const frame = inSources && !narrow() ? sources.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    if (box.top < frame.top || box.bottom > frame.bottom) element.scrollIntoView({ block: "center" });
  }

  const control = (target) => target.closest(".say, .line.used");
  document.addEventListener("click", (event) => {
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
  for (const radio of document.querySelectorAll("[name=filter]")) {
    radio.addEventListener("change", () => {
      const seen = [...document.querySelectorAll(".claim")].filter((each) => each.offsetParent !== null).length;
      told.textContent = seen === 1 ? "1 claim is shown" : `${seen} claims are shown`;
    });
  }
})();
