// One button that ticks every statement without a theme. Without this file each is ticked by itself.
(() => {
    "use strict";

    const line = document.querySelector("[data-tick-all]");
    const boxes = [...document.querySelectorAll("[data-bare]")];
    if (!line || boxes.length === 0) return;
    line.hidden = false;
    line.querySelector("button").addEventListener("click", () => boxes.forEach((box) => { box.checked = true; }));
})();
