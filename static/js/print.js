// Says on paper when it was printed. Without this file the browser's own header does, where it is switched on.
(() => {
    "use strict";

    window.addEventListener("beforeprint", () => {
        const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
        document.querySelectorAll("[data-printed-on]").forEach((place) => { place.textContent = ` on ${day}`; });
    });
})();
