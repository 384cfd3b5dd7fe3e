// Opens the filters of a list as a sheet on a phone. On a wide screen a changed filter asks htmx for the list again (the
// event "filterschange"), and the new count is read aloud. What is ticked or typed while an answer is under way wins:
// the answer is thrown away and the form is sent once more. Without this file the buttons of the form do the same.
(() => {
    "use strict";

    const wide = window.matchMedia("(min-width: 60rem)");
    let closed = [];
    let focused = null;
    let staysOpen = false;
    let sent = null;

    const form = () => document.querySelector("[data-filters]");
    const state = () => new URLSearchParams(new FormData(form())).toString();

    function fold(isFolded) {
        form().dataset.folded = String(isFolded);
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
        if (event.target.closest("button[data-filters-open]")) {
            fold(form().dataset.folded === "false");
            if (form().dataset.folded === "false") form().querySelector("h2").focus();
        } else if (event.target.closest("[data-filters-close]")) {
            event.preventDefault();
            fold(true);
            document.querySelector("[data-filters-open]").focus();
        } else if (event.target.closest("[data-filters-more]")) {
            staysOpen = form().dataset.folded === "false";
        }
    });

    document.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || wide.matches || !form() || form().dataset.folded !== "false") return;
        fold(true);
        document.querySelector("[data-filters-open]").focus();
    });

    document.addEventListener("change", (event) => {
        const changed = event.target.form;
        if (!changed || changed !== form()) return;
        if (wide.matches) changed.dispatchEvent(new Event("filterschange"));
        else changed.querySelector(".filters__apply .button").textContent = "Show results"; // how many is not known yet
    });

    // The order stands outside of the sheet and applies at once on every screen.
    document.addEventListener("change", (event) => {
        if (!wide.matches && event.target.id === "sort") form().dispatchEvent(new Event("filterschange"));
    });

    document.addEventListener("htmx:beforeRequest", (event) => {
        if (event.detail.elt === form()) sent = state();
    });

    document.addEventListener("htmx:beforeSwap", (event) => {
        if (!form()) return;
        if (event.detail.requestConfig.elt === form() && state() !== sent) {
            event.detail.shouldSwap = false;
            form().dispatchEvent(new Event("filterschange"));
            return;
        }
        const active = document.activeElement;
        focused = null;
        if (active && active.matches("[data-filters] label > input")) focused = { name: active.name, value: active.value };
        else if (active && active.id) focused = { id: active.id, group: active.value };
        closed = [...document.querySelectorAll("[data-filters] details:not([open])")].map((details) => details.id);
    });

    document.addEventListener("htmx:afterSettle", () => {
        if (!form()) return;
        start();
        closed.map((id) => document.getElementById(id)).forEach((details) => { if (details) details.open = false; });
        if (focused) {
            const same = focused.name
                ? [...document.getElementsByName(focused.name)].find((input) => input.value === focused.value)
                : document.getElementById(focused.id) || document.getElementById(`${focused.group}-title`);
            if (same) same.focus({ preventScroll: true });
        }
        const count = document.querySelector("[data-results-count]");
        if (count) document.querySelector("[data-announce]").textContent = count.textContent.trim();
    });

    start();
})();
