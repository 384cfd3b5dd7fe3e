// Prints the page. The button is hidden without this script; the browser's own command does the same.
(() => {
    "use strict";

    document.querySelectorAll("[data-print]").forEach((button) => {
        button.hidden = false;
        button.addEventListener("click", () => window.print());
    });
})();
