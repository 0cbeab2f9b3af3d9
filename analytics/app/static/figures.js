// Draws each figure whose data stand in the page as JSON; in the dark, text and lines take the colors of the page.
"use strict";
for (const place of document.querySelectorAll("[data-figure]")) {
  const figure = JSON.parse(document.getElementById(place.dataset.figure).textContent);
  const style = getComputedStyle(document.documentElement);
  const ink = style.getPropertyValue("--ink").trim();
  const line = style.getPropertyValue("--line").trim();
  figure.layout.font = {...figure.layout.font, color: ink};
  for (const axis of ["xaxis", "yaxis"]) {
    figure.layout[axis] = {...figure.layout[axis], gridcolor: line, linecolor: line};
  }
  const colors = {"#1f4e79": "--accent", "#b5431f": "--alert", "#b9c4ce": "--edge"};
  for (const trace of figure.data) {
    const name = trace.line && colors[trace.line.color];
    if (name) trace.line.color = style.getPropertyValue(name).trim();
  }
  Plotly.newPlot(place, figure.data, figure.layout, figure.config);
}
