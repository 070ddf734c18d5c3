"use strict";
(() => {
  const timeline = JSON.parse(document.getElementById("timeline-data").textContent);
  const slider = document.getElementById("moment");
  const readout = document.getElementById("readout");
  const panels = [...document.querySelectorAll(".panel")];
  const picks = [...document.querySelectorAll("input[name=track]")];
  document.documentElement.classList.add("js");
  slider.max = timeline.length;
  slider.step = Math.max(0.1, Math.ceil(timeline.length / 15) / 10);
  let now = null;

  const chosen = () => Math.max(0, picks.findIndex((pick) => pick.checked));
  const two = (value) => String(value).padStart(2, "0");

  function clock(t) {
    const tenths = Math.round(t * 10);
    const hours = Math.floor(tenths / 36000);
    const minutes = Math.floor(tenths / 600) % 60;
    const rest = (tenths % 600) / 10;
    return hours ? `${hours}:${two(minutes)}:${two(Math.floor(rest))}` : `${minutes}:${two(rest.toFixed(1)).padStart(4, "0")}`;
  }

  function nearest(times, t) {
    let low = 0;
    let high = times.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (times[middle] < t) low = middle;
      else high = middle;
    }
    return t - times[low] <= times[high] - t ? low : high;
  }

  function part(words, look) {
    const span = document.createElement("span");
    if (look) {
      const icon = document.querySelector(`.icon.${look}[viewBox]`);
      if (icon) span.append(icon.cloneNode(true));
    }
    span.append(words);
    return span;
  }

  function show(t) {
    now = Math.min(timeline.length, Math.max(0, t));
    const index = chosen();
    const track = timeline.tracks[index];
    const at = nearest(track.t, now);
    const value = track.v[at];
    const shown = value === null ? "not seen" : (value * track.factor).toFixed(track.places).replace(/^-(0*\.?0*)$/, "$1").replace("-", "\u2212") + track.behind;
    const inside = (span) => now >= span.from && now <= span.to;
    const time = document.createElement("b");
    time.textContent = clock(now);
    const held = timeline.holds.find(inside);
    const parts = [time, part(`${track.name} ${shown}`)];
    if (held) parts.push(part("in the hold"));
    for (const alert of timeline.alerts.filter(inside)) parts.push(part(alert.words, alert.level));
    readout.replaceChildren(...parts.flatMap((one) => [one, " "]));
    slider.value = now;
    slider.setAttribute("aria-valuetext", clock(now));
    for (const svg of panels[index].querySelectorAll("svg.chart")) place(svg, value);
  }

  function place(svg, value) {
    const { left, top, wide, high, lowValue, highValue } = svg.dataset;
    const x = Number(left) + (now / timeline.length) * wide;
    svg.querySelector(".cursor").setAttribute("transform", `translate(${x} 0)`);
    const share = (value - lowValue) / (highValue - lowValue);
    const dot = svg.querySelector(".dot");
    const there = value !== null && share >= 0 && share <= 1;
    dot.classList.toggle("there", there);
    if (there) {
      dot.setAttribute("cx", x);
      dot.setAttribute("cy", Number(top) + (1 - share) * high);
    }
    svg.classList.add("read");
  }

  function point(event) {
    const svg = event.currentTarget;
    const box = svg.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * svg.viewBox.baseVal.width;
    show(((x - svg.dataset.left) / svg.dataset.wide) * timeline.length);
  }

  for (const svg of document.querySelectorAll("svg.chart")) {
    svg.addEventListener("pointermove", point);
    svg.addEventListener("pointerdown", point);
  }
  slider.addEventListener("input", () => show(Number(slider.value)));
  for (const pick of picks) {
    pick.addEventListener("change", () => {
      if (now !== null) show(now);
    });
  }
  // On paper nothing can be opened: all is shown but the table, which the charts say already.
  const folded = [...document.querySelectorAll("details:not(.numbers):not([open])")];
  window.addEventListener("beforeprint", () => folded.forEach((one) => { one.open = true; }));
  window.addEventListener("afterprint", () => folded.forEach((one) => { one.open = false; }));
  for (const button of document.querySelectorAll("button[data-moment]")) {
    button.addEventListener("click", () => show(Number(button.dataset.moment)));
  }
})();
