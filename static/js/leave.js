// Leave this page quickly: the link, or Esc pressed three times, covers the page at once and puts a neutral one in its
// place in the history, so that Back does not return to it. Earlier pages stay in the history, which no page can clear.
(function () {
  "use strict";

  const link = document.querySelector("[data-leave]");
  if (!link) return;
  const status = document.querySelector("[data-announce]");
  const PRESSES = 3;
  const WITHIN = 5000; // milliseconds between two presses
  let pressed = 0;
  let forget;

  document.querySelector("[data-leave-hint]").hidden = false;

  function leave() {
    document.title = "Weather";
    document.body.hidden = true;
    window.location.replace(link.href);
  }

  function say(words) {
    if (status) status.textContent = words;
  }

  function startAgain() {
    pressed = 0;
    say("");
  }

  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat) return;
    clearTimeout(forget);
    pressed += 1;
    if (pressed === PRESSES) {
      leave();
      return;
    }
    const left = PRESSES - pressed;
    say(`Press Esc ${left === 1 ? "once more" : "twice more"} to leave this page.`);
    forget = setTimeout(startAgain, WITHIN);
  });

  // Where the browser kept the covered page and comes back to it all the same, it leaves again.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && document.body.hidden) leave();
  });
})();
