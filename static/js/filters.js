// Folds the filters of a list behind their button on a phone. On a wide screen a changed filter asks htmx for the list
// anew (the event "filterschange"), and the new count is read aloud. Without this file the button is a link to the
// filters, and their own button applies them.
(() => {
    "use strict";

    const wide = window.matchMedia("(min-width: 60rem)");
    let opened = [];
    let ticked = null;
    let staysOpen = false;

    function fold(isFolded) {
        document.querySelector("[data-filters]").dataset.folded = String(isFolded);
        document.querySelector("[data-filters-open]").setAttribute("aria-expanded", String(!isFolded));
    }

    function start() {
        const link = document.querySelector("a[data-filters-open]");
        if (!link) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = link.className;
        button.textContent = link.textContent;
        button.dataset.filtersOpen = "";
        button.setAttribute("aria-controls", "filters");
        link.replaceWith(button);
        fold(window.location.hash !== "#filters" && !staysOpen);
        staysOpen = false;
    }

    document.addEventListener("click", (event) => {
        const panel = document.querySelector("[data-filters]");
        if (event.target.closest("button[data-filters-open]")) {
            fold(panel.dataset.folded === "false");
            if (panel.dataset.folded === "false") panel.querySelector("h2").focus();
        } else if (event.target.closest("[data-filters-close]")) {
            event.preventDefault();
            fold(true);
            document.querySelector("[data-filters-open]").focus();
        }
    });

    document.addEventListener("click", (event) => {
        const more = event.target.closest("[data-filters-more]");
        if (!more || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        staysOpen = document.querySelector("[data-filters]").dataset.folded === "false";
        const address = more.getAttribute("href").split("#")[0];
        htmx.ajax("GET", address, { target: "#list", select: "#list", swap: "outerHTML" }).then(() => {
            document.getElementById(more.id).focus({ preventScroll: true });
        });
    });

    document.addEventListener("change", (event) => {
        const form = event.target.form;
        if (wide.matches && form && form.matches("[data-filters]")) form.dispatchEvent(new Event("filterschange"));
    });

    document.addEventListener("htmx:beforeSwap", () => {
        const active = document.activeElement;
        ticked = active && active.matches("[data-filters] label > input") ? { name: active.name, value: active.value } : null;
        opened = [...document.querySelectorAll("[data-filters] details[open]")].map((details) => details.id);
    });

    document.addEventListener("htmx:afterSettle", () => {
        start();
        opened.map((id) => document.getElementById(id)).forEach((details) => { if (details) details.open = true; });
        const inputs = ticked ? [...document.getElementsByName(ticked.name)] : [];
        const again = inputs.find((input) => input.value === ticked.value);
        if (again) again.focus({ preventScroll: true });
        const count = document.querySelector("[data-results-count]");
        if (count) document.querySelector("[data-announce]").textContent = count.textContent.trim();
    });

    start();
})();
