// Names and reaches by keyboard what the theme adds to a page after it has loaded.
new MutationObserver(() => {
  document.querySelectorAll(".md-code__nav:not([aria-label])").forEach((nav, index) => nav.setAttribute("aria-label", `Listing ${index + 1}`));
  document.querySelectorAll(".md-typeset__scrollwrap:not([tabindex]), .md-typeset p:has(> img[src$='performance.svg']):not([tabindex])").forEach((part) => part.setAttribute("tabindex", "0"));
}).observe(document, { childList: true, subtree: true });
