// Single keys on the checking page, while nothing is being typed. They are listed on the page, and can be switched off.
(() => {
    "use strict";

    const OFF = "desk-keys-off";
    const all = (selector) => [...document.querySelectorAll(selector)];

    function isTyping(element) {
        return element.closest("input, select, textarea, [contenteditable]") !== null;
    }

    function step(selector, by) {
        const places = all(selector);
        if (places.length === 0) return;
        const here = document.activeElement;
        const at = places.findIndex((one) => one === here || one.contains(here));
        const after = places.findIndex((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
        let next = at >= 0 ? at + by : by > 0 ? after : after - 1;
        if (at < 0 && after < 0) next = by > 0 ? 0 : places.length - 1;
        const place = places[(next + places.length) % places.length];
        place.focus();
        place.scrollIntoView({ block: "center" });
    }

    const KEYS = {
        n: () => step("[data-todo]", 1),
        p: () => step("[data-todo]", -1),
        j: () => step("[data-statement]", 1),
        k: () => step("[data-statement]", -1),
        e: () => document.activeElement.closest("[data-statement]")?.querySelector("[data-edit]")?.click(),
        s: () => {
            const box = document.querySelector("[data-selection]:not([hidden])");
            if (box) box.querySelector("select")?.focus();
        },
        r: () => {
            const box = document.querySelector("[data-selection]:not([hidden])");
            const field = box && box.querySelector("#selected-redact");
            if (!field) return;
            field.closest("details").open = true;
            field.focus();
        },
        "?": () => {
            const list = document.getElementById("keys");
            list.open = !list.open;
            list.querySelector("summary").focus();
        },
    };

    function start() {
        all("[data-keys], [data-keys-hint]").forEach((one) => { one.hidden = false; });
        const list = document.querySelector("[data-keys]");
        if (!list || list.querySelector("button")) return;
        const button = document.createElement("button");
        button.type = "button";
        button.className = "button-link";
        const label = () => { button.textContent = localStorage.getItem(OFF) ? "Turn keyboard shortcuts on" : "Turn keyboard shortcuts off"; };
        button.addEventListener("click", () => {
            if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
            else localStorage.setItem(OFF, "1");
            label();
        });
        label();
        list.append(button);
    }

    document.addEventListener("keydown", (event) => {
        const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
        if (!plain || !KEYS[event.key] || isTyping(event.target) || localStorage.getItem(OFF)) return;
        event.preventDefault();
        KEYS[event.key]();
    });
    document.addEventListener("desk:fresh", start);
    start();
})();
