// Stores the form of a statement as it is changed (data-autosave), and says so beside its button. Where somebody else
// changed the same thing nothing is overwritten: the button then leads to the page that shows both.
(() => {
    "use strict";

    const waiting = new WeakMap();

    function say(form, text) {
        form.querySelector("[data-saved]").textContent = text;
    }

    async function save(form) {
        say(form, "Saving …");
        try {
            const answer = await fetch(form.action, {
                method: "POST",
                body: new FormData(form),
                headers: { "X-Autosave": "1" },
            });
            const isOurs = (answer.headers.get("Content-Type") || "").includes("json");
            const told = isOurs ? (await answer.json()).said : "Not saved yet: press Save to see why.";
            say(form, answer.ok ? told : `Not saved: ${told} Press Save to see both.`);
        } catch {
            say(form, "Not saved: the connection failed. Your changes are still here.");
        }
    }

    document.addEventListener("change", (event) => {
        const form = event.target.form;
        if (!form || !form.matches("[data-autosave]")) return;
        window.clearTimeout(waiting.get(form));
        waiting.set(form, window.setTimeout(() => save(form), 500));
    });

    // A form that was fetched into its card gets the focus.
    document.addEventListener("htmx:afterSwap", (event) => {
        const field = event.target.querySelector("[data-autosave] select");
        if (field) field.focus();
    });
})();
