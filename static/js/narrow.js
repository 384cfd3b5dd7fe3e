// Narrows the list of themes while somebody types a name or another word for it. Without this file the field stays hidden.
(() => {
    "use strict";

    const field = document.querySelector("[data-narrow]");
    if (!field) return;
    const input = field.querySelector("input");
    const found = field.querySelector("[role=status]");
    const plain = (text) => text.normalize("NFKD").replace(/[^\p{Letter}\p{Number} ]/gu, "").toLowerCase();
    const rows = [...document.querySelectorAll("[data-narrow-names]")].map((row) => ({ row, names: plain(row.dataset.narrowNames) }));
    field.hidden = false;

    input.addEventListener("input", () => {
        const words = plain(input.value).split(/\s+/).filter(Boolean);
        let number = 0;
        for (const { row, names } of rows) {
            row.hidden = !words.every((word) => names.includes(word));
            if (!row.hidden) number += 1;
        }
        for (const group of document.querySelectorAll("[data-narrow-group]")) {
            group.hidden = !group.querySelector("[data-narrow-names]:not([hidden])");
            for (const details of group.querySelectorAll("details")) {
                details.hidden = !details.querySelector("[data-narrow-names]:not([hidden])");
                details.open = words.length > 0;
            }
        }
        found.textContent = !words.length ? "" : number
            ? `${number} ${number === 1 ? "theme" : "themes"}`
            : "No theme has these words. Press Enter to search everything.";
    });
})();
