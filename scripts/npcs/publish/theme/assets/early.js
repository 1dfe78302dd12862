/* What the theme keeps in every page as inline scripts, in a file of the site: so a page needs no
   inline script, and its policy allows none. Runs before anything is shown. */

const __md_scope = new URL("..", document.currentScript.src);
const __md_hash = (text) => [...text].reduce((sum, one) => (sum << 5) - sum + one.charCodeAt(0), 0);
const __md_get = (key, storage = localStorage, scope = __md_scope) => {
  try {
    return JSON.parse(storage.getItem(scope.pathname + "." + key));
  } catch {
    return null; // a browser that keeps nothing
  }
};
const __md_set = (key, value, storage = localStorage, scope = __md_scope) => {
  try {
    storage.setItem(scope.pathname + "." + key, JSON.stringify(value));
  } catch {
    // a browser that keeps nothing
  }
};

(() => {
  let chosen = (__md_get("__palette") || {}).color || { media: "(prefers-color-scheme)" };
  if (chosen.media === "(prefers-color-scheme)") {
    const light = matchMedia("(prefers-color-scheme: light)");
    const shade = light.matches ? "light" : "dark";
    const { dataset } = document.querySelector(`[data-md-color-media*="scheme: ${shade}"]`);
    chosen = { scheme: dataset.mdColorScheme };
  }
  document.body.dataset.mdColorScheme = chosen.scheme;
})();
