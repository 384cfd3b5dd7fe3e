// Selecting words in the source shows what can be made of them. Each stretch of words says in data-start where it
// stands in the raw text, so the selection is sent as exactly that passage. Without this file words are typed instead.
(() => {
    "use strict";

    let selected = null;

    function placeOf(node, offset) {
        const holder = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
        if (!holder) return null;
        const before = document.createRange();
        before.selectNodeContents(holder);
        before.setEnd(node, offset);
        return Number(holder.dataset.start) + before.toString().length;
    }

    // Where a selection begins or ends between stretches of words, the nearest stretch inside it counts.
    function edges(range) {
        const inside = [...document.querySelectorAll("#text [data-start]")].filter((one) => range.intersectsNode(one));
        if (inside.length === 0) return null;
        const last = inside[inside.length - 1];
        const start = placeOf(range.startContainer, range.startOffset) ?? Number(inside[0].dataset.start);
        const end = placeOf(range.endContainer, range.endOffset) ?? Number(last.dataset.start) + last.textContent.length;
        return end > start ? { start, end } : null;
    }

    // The statement that the selection overlaps most, else the one that is least far from it.
    function nearest(list) {
        const apart = (one) => Math.max(selected.start, Number(one.dataset.from)) - Math.min(selected.end, Number(one.dataset.to));
        return [...list.options].reduce((best, one) => (apart(one) < apart(best) ? one : best));
    }

    function show() {
        const box = document.querySelector("[data-selection]");
        const selection = document.getSelection();
        if (!box || (document.activeElement && box.contains(document.activeElement))) return;
        const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
        const text = document.getElementById("text");
        selected = range && text && text.contains(range.commonAncestorContainer) ? edges(range) : null;
        box.hidden = !selected;
        if (!selected) return;
        box.dataset.isFloating = "";
        box.querySelectorAll("[data-selected-start]").forEach((field) => { field.value = selected.start; });
        box.querySelectorAll("[data-selected-end]").forEach((field) => { field.value = selected.end; });
        const row = (range.startContainer.parentElement || text).closest("[data-row]");
        box.querySelectorAll("[data-selected-row]").forEach((field) => { field.value = row ? row.id : "text"; });
        box.querySelectorAll("[data-selected]").forEach((form) => { form.dataset.place = row ? row.id : ""; });
        const list = box.querySelector("[data-selected-nearest]");
        if (list) list.value = nearest(list).value;
        const words = selection.toString().trim().replace(/\s+/g, " ");
        box.querySelector("[data-selected-words]").textContent = words.length > 160 ? `${words.slice(0, 160)}…` : words;
    }

    document.addEventListener("selectionchange", () => window.setTimeout(show, 0));
})();
