// Shows the page anew once the site has changed, and tells where a change could not be shown.
(() => {
  let seen = Number(document.currentScript.dataset.seen);
  const version = document.currentScript.dataset.version;
  const bar = document.createElement("div");
  bar.setAttribute("role", "status");
  bar.style.cssText =
    "position:fixed;inset:auto 0 0 0;z-index:99;padding:1rem;background:#8c1d18;color:#fff;" +
    "font:14px/1.5 monospace;white-space:pre-wrap;max-height:50vh;overflow:auto";
  const show = (trouble) => {
    bar.textContent = trouble;
    trouble ? document.body.append(bar) : bar.remove();
  };
  const watch = async () => {
    for (;;) {
      try {
        const answer = await (await fetch("/.npcs/changes?since=" + seen)).json();
        if (answer.version !== version) return location.reload();
        seen = answer.seen;
        show(answer.trouble);
      } catch {
        await new Promise((done) => setTimeout(done, 1000));
      }
    }
  };
  watch();
})();
