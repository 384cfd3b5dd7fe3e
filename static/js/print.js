// Prints the page, and says on paper when that was. Without this file the buttons are hidden: the browser's own command
// does the same, and its own header gives the date where that is switched on.
(() => {
    "use strict";

    document.querySelectorAll("[data-print]").forEach((button) => {
        button.hidden = false;
        button.addEventListener("click", () => window.print());
    });
    window.addEventListener("beforeprint", () => {
        const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
        document.querySelectorAll("[data-printed-on]").forEach((place) => { place.textContent = ` on ${day}`; });
    });
})();
