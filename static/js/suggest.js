// Makes each search box with data-suggest a combobox: what is typed is sent to that address, and the names that come
// back are offered below the box. Down and up choose, Enter goes there, Escape closes. Without this file, or where the
// answer does not come, the box searches as it always does.
(() => {
    "use strict";

    const WAIT = 150; // milliseconds after the last key
    const SHORTEST = 2;
    const PAUSE = 1000; // milliseconds after the last key, before it is told that nothing is offered

    const NOTHING = "No suggestions";

    function element(name, className, text) {
        const made = document.createElement(name);
        made.className = className;
        if (text) made.textContent = text;
        return made;
    }

    function enhance(input) {
        const list = element("ul", "suggestions");
        let options = [];
        let chosen = -1;
        let timer = 0;
        let request = null;
        let pause = 0;

        list.id = `${input.id}-suggestions`;
        list.hidden = true;
        list.setAttribute("role", "listbox");
        list.setAttribute("aria-label", "Suggestions");
        input.after(list);
        input.type = "text"; // a search field may not be a combobox
        input.enterKeyHint = "search";
        input.autocomplete = "off";
        input.setAttribute("role", "combobox");
        input.setAttribute("aria-autocomplete", "list");
        input.setAttribute("aria-expanded", "false");
        input.setAttribute("aria-controls", list.id);

        function announce(text) {
            const place = document.querySelector("[data-announce]");
            if (place) place.textContent = text;
        }

        // Once, when whoever types has paused: not again after each letter of what is not known.
        function announceNothing() {
            const place = document.querySelector("[data-announce]");
            if (!place || place.textContent === NOTHING) return;
            pause = window.setTimeout(() => announce(NOTHING), PAUSE - WAIT);
        }

        function choose(number) {
            chosen = number;
            options.forEach((option, n) => option.setAttribute("aria-selected", String(n === number)));
            if (number < 0) {
                input.removeAttribute("aria-activedescendant");
            } else {
                input.setAttribute("aria-activedescendant", options[number].id);
                options[number].scrollIntoView({ block: "nearest" });
            }
        }

        function close() {
            window.clearTimeout(timer);
            window.clearTimeout(pause);
            if (request) request.abort();
            list.hidden = true;
            input.setAttribute("aria-expanded", "false");
            choose(-1);
        }

        function show(found) {
            options = found.map((each, n) => {
                const option = element("li", "suggestions__option");
                option.id = `${list.id}-${n}`;
                option.dataset.url = each.url;
                option.setAttribute("role", "option");
                option.append(element("span", "suggestions__label", each.label), element("span", "suggestions__detail", each.detail));
                return option;
            });
            list.replaceChildren(...options);
            choose(-1);
            const isOpen = options.length > 0 && document.activeElement === input;
            list.hidden = !isOpen;
            input.setAttribute("aria-expanded", String(isOpen));
            if (isOpen) announce(options.length === 1 ? "1 suggestion" : `${options.length} suggestions`);
            else if (document.activeElement === input) announceNothing();
        }

        async function ask() {
            const text = input.value.trim();
            if (request) request.abort();
            if (text.length < SHORTEST) return close();
            const own = new AbortController();
            request = own;
            try {
                const answer = await fetch(`${input.dataset.suggest}?${new URLSearchParams({ q: text })}`, { signal: own.signal });
                const found = answer.ok ? (await answer.json()).suggestions : [];
                if (!own.signal.aborted) show(found);
            } catch {
                if (!own.signal.aborted) close();
            }
        }

        input.addEventListener("input", () => {
            window.clearTimeout(timer);
            window.clearTimeout(pause);
            choose(-1); // or Enter would go where the text before led to
            timer = window.setTimeout(ask, WAIT);
        });

        input.addEventListener("keydown", (event) => {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (event.isComposing) return;
            if (event.key === "Escape" && !list.hidden) {
                event.preventDefault();
                close();
            } else if (event.key === "ArrowDown" && list.hidden) {
                event.preventDefault();
                ask();
            } else if (step && !list.hidden) {
                event.preventDefault();
                const count = options.length + 1; // one place more than there are options: the box itself
                choose(((chosen + 1 + step + count) % count) - 1);
            } else if (event.key === "Enter" && !list.hidden && chosen >= 0) {
                event.preventDefault();
                window.location.assign(options[chosen].dataset.url);
            }
        });

        list.addEventListener("mousedown", (event) => event.preventDefault()); // or the box would lose the focus
        list.addEventListener("click", (event) => {
            const option = event.target.closest("[data-url]");
            if (option) window.location.assign(option.dataset.url);
        });
        input.addEventListener("blur", close);
        input.form.addEventListener("submit", close);
        window.addEventListener("pagehide", close);
    }

    document.querySelectorAll("input[data-suggest]").forEach(enhance);
})();
