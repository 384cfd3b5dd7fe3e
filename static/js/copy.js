// Copies the text of the element that a button names in data-copy. The button is hidden where copying cannot work.
(() => {
    "use strict";

    async function copy(button) {
        const text = document.getElementById(button.dataset.copy).textContent.trim();
        const said = button.parentElement.querySelector("[data-copy-said]");
        try {
            await navigator.clipboard.writeText(text);
            said.textContent = "Copied";
        } catch {
            said.textContent = "Not copied. Select the words and copy them.";
        }
    }

    if (!navigator.clipboard) return;
    document.addEventListener("click", (event) => {
        const button = event.target.closest("[data-copy]");
        if (button) copy(button);
    });
    const show = (root) => root.querySelectorAll("[data-copy]").forEach((button) => { button.hidden = false; });
    show(document);
    document.addEventListener("htmx:load", (event) => show(event.detail.elt));
})();
