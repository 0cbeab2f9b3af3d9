"use strict";
(() => {
  const { config, figures } = JSON.parse(document.getElementById("charts").textContent);
  for (const [id, figure] of Object.entries(figures)) {
    Plotly.newPlot(id, figure.data, figure.layout, config);
  }

  const paper = 680;
  const places = Object.entries(figures).map(([id, { layout }]) => ({ place: document.getElementById(id), height: layout.height }));
  addEventListener("beforeprint", () => {
    const scale = Math.min(1, paper / Math.max(...places.map(({ place }) => place.clientWidth)));
    for (const { place, height } of places) {
      Plotly.relayout(place, { width: Math.floor(place.clientWidth * scale), height: 0.75 * height });
    }
  });
  addEventListener("afterprint", () => {
    for (const { place, height } of places) Plotly.relayout(place, { width: null, height, autosize: true });
  });

  const filter = document.querySelector(".filter");
  if (!filter) return;
  filter.hidden = false;
  const find = document.getElementById("find");
  const kind = document.getElementById("kind");
  const found = document.getElementById("found");
  const flags = [...document.querySelectorAll("details.flag")].map((flag) => [flag, flag.textContent.toLowerCase()]);
  const show = () => {
    const wanted = find.value.trim().toLowerCase();
    let shown = 0;
    for (const [flag, text] of flags) {
      flag.hidden = !((!kind.value || flag.dataset.kind === kind.value) && text.includes(wanted));
      shown += flag.hidden ? 0 : 1;
    }
    found.textContent = `${shown} of ${flags.length}`;
  };
  find.addEventListener("input", show);
  kind.addEventListener("change", show);
  show();
})();
