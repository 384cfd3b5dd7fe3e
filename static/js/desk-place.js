// Sends the small forms of the checking page (data-in-place) without leaving it: the page comes back anew, the place
// stays, and the next thing to decide gets the focus. What the server refuses is shown as its own page. Without this
// file each form loads the page at the place that it changed.
(() => {
    "use strict";

    const todo = () => [...document.querySelectorAll("[data-todo]")];

    function isAbove(one, other) {
        return Boolean(one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
    }

    function say(text) {
        document.querySelector("[data-announce]").textContent = text;
    }

    async function send(form, button) {
        const data = new FormData(form);
        if (button && button.name) data.set(button.name, button.value);
        const answer = await fetch(form.action, { method: "POST", body: data, headers: { "X-In-Place": "1" } });
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const fresh = page.getElementById("desk");
        if (!answer.ok || !fresh) {
            HTMLFormElement.prototype.submit.call(form.appendChild(named(button)).form);
            return;
        }
        const row = form.closest("[data-row]") || (form.dataset.place && document.getElementById(form.dataset.place));
        const offset = row ? row.getBoundingClientRect().top : 0;
        document.getElementById("desk").replaceWith(fresh);
        window.htmx.process(fresh);
        document.dispatchEvent(new CustomEvent("desk:fresh"));
        settle(row && row.id, offset);
    }

    // The button that was pressed, as a field: a form that is sent by a script sends none.
    function named(button) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = (button && button.name) || "sent";
        field.value = (button && button.value) || "1";
        return field;
    }

    function settle(id, offset) {
        const row = id && document.getElementById(id);
        if (!row) return;
        window.scrollBy(0, row.getBoundingClientRect().top - offset);
        const next = todo().find((one) => row.contains(one)) || todo().find((one) => isAbove(row, one)) || row;
        next.focus({ preventScroll: true });
        const bottom = next.getBoundingClientRect().bottom;
        if (bottom > window.innerHeight - 120 || next.getBoundingClientRect().top < 0) next.scrollIntoView({ block: "center" });
        say(`Done. ${todo().length} left to decide on this page.`);
    }

    document.addEventListener("submit", (event) => {
        const form = event.target;
        if (!form.matches("[data-in-place]")) return;
        event.preventDefault();
        send(form, event.submitter).catch(() => say("Not done: the connection failed. Try again."));
    });
})();
