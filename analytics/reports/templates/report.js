"use strict";
(() => {
  const { config, figures } = JSON.parse(document.getElementById("charts").textContent);
  const narrow = 520;
  const charts = Object.entries(figures).map(([id, { data, layout }]) => ({ place: document.getElementById(id), data, layout }));

  const wrapped = (name, most) =>
    (name ?? "").split(" ").reduce(
      ([line, ...before], word) => (line && line.length + word.length >= most ? [word, line, ...before] : [`${line} ${word}`.trim(), ...before]),
      [""],
    ).reverse().join("<br>");
  const names = (data, width) => data.map(({ name }) => (name ? wrapped(name, Math.floor(width / 7.5) - 8) : name));
  const ticks = ({ xaxis }, place, width) => {
    const given = xaxis?.tickvals;
    if (given && xaxis.ticktext) return {};
    if (given) return { "xaxis.tickvals": width < narrow ? given.filter((_, at) => (given.length - 1 - at) % 2 === 0) : given };
    if (place._fullLayout.xaxis?.type !== "linear") return {};
    return width < narrow ? { "xaxis.nticks": Math.floor(width / 75), "xaxis.tickangle": 0 } : { "xaxis.nticks": xaxis?.nticks ?? null };
  };
  const draw = ({ place, data, layout }, size, width) => {
    const named = names(data, width);
    named.forEach((name, number) => { if (name !== place.data[number].name) Plotly.restyle(place, { name }, [number]); });
    Plotly.relayout(place, { ...size, ...ticks(layout, place, width) });
  };
  const drawAll = () => charts.forEach((chart) => draw(chart, { width: null, height: chart.layout.height, autosize: true }, chart.place.clientWidth));
  for (const { place, data, layout } of charts) Plotly.newPlot(place, structuredClone(data), structuredClone(layout), config);
  drawAll();

  const tables = [...document.querySelectorAll("table")];
  for (const table of tables) {
    const labels = [...table.querySelectorAll("thead th")].map((head) => head.textContent.trim());
    for (const cell of table.querySelectorAll("tbody td")) {
      cell.dataset.label = labels[cell.cellIndex] ?? "";
      cell.classList.toggle("long", cell.textContent.trim().length > 36);
    }
  }
  const fit = () => {
    for (const table of tables) table.classList.remove("cards");
    const wide = tables.filter((table) => table.offsetWidth > table.parentElement.clientWidth + 1);
    for (const table of wide) table.classList.add("cards");
  };
  fit();
  addEventListener("toggle", fit, true);
  let width = innerWidth;
  addEventListener("resize", () => {
    if (innerWidth === width) return;
    width = innerWidth;
    fit();
    drawAll();
  });

  addEventListener("beforeprint", () => tables.forEach((table) => table.classList.remove("cards")));
  addEventListener("afterprint", fit);

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
