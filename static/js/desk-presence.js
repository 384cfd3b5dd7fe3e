// Asks every half minute who else has the draft open, and says when somebody has changed it meanwhile.
(() => {
    "use strict";

    const SECONDS = 30;

    function cookie(name) {
        const found = document.cookie.split("; ").find((one) => one.startsWith(`${name}=`));
        return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
    }

    function token() {
        const field = document.querySelector("[name=csrfmiddlewaretoken]");
        return field ? field.value : cookie("csrftoken");
    }

    async function ask() {
        const desk = document.querySelector("[data-presence]");
        if (!desk || document.hidden) return;
        const answer = await fetch(desk.dataset.presence, { method: "POST", headers: { "X-CSRFToken": token() } });
        if (!answer.ok) return;
        const told = await answer.json();
        const others = told.others.length ? `Also here: ${told.others.join(", ")}.` : "";
        const isNewer = told.version > Number(desk.dataset.version) && told.others.includes(told.last_editor);
        const changed = isNewer ? ` ${told.last_editor} has changed this draft: reload the page to see it.` : "";
        const line = desk.querySelector("[data-others]");
        const text = `${others}${changed}`.trim();
        if (line && line.textContent.trim() !== text) {
            line.textContent = text;
            if (text) document.querySelector("[data-announce]").textContent = text;
        }
    }

    window.setInterval(() => ask().catch(() => {}), SECONDS * 1000);
})();
