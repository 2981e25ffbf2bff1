// SPDX-License-Identifier: Apache-2.0
// A day as a bar: what was recorded, what happened, where the player is. Scrubbed by pointer, touch or keyboard.

import { Component, h } from "./ui.js";
import { t } from "./messages.js";
import { timeText } from "./days.js";

const shortest = 10 * 60000;
const ticks = [[86400000, 4 * 3600000], [6 * 3600000, 3600000], [3600000, 600000], [0, 120000]];

export class Timeline extends Component {
  state = {};

  /** The window shown: all of the day, or a part around the player. */
  window() {
    const { begin, finish, at } = this.props;
    const span = Math.min(this.state.span ?? finish - begin, finish - begin);
    const middle = this.state.middle ?? at ?? begin;
    const from = Math.min(Math.max(middle - span / 2, begin), finish - span);
    return [from, from + span];
  }

  zoom(factor) {
    const { begin, finish, at } = this.props;
    const span = Math.min(Math.max((this.state.span ?? finish - begin) * factor, shortest), finish - begin);
    this.setState({ span, middle: at ?? this.firstClip() });
  }

  firstClip() {
    const { clips, begin } = this.props;
    return clips.length > 0 ? clips[clips.length - 1].begin : begin;
  }

  pointed(event) {
    const box = this.bar.getBoundingClientRect();
    const [from, to] = this.window();
    return from + Math.min(Math.max((event.clientX - box.left) / box.width, 0), 1) * (to - from);
  }

  press(event) {
    this.bar.setPointerCapture(event.pointerId);
    this.setState({ hover: this.pointed(event), pressed: true });
  }

  move(event) {
    this.setState({ hover: this.pointed(event) });
  }

  release(event) {
    if (!this.state.pressed) return;
    this.setState({ pressed: false });
    this.props.onSeek(this.pointed(event));
  }

  key(event) {
    const { at, begin, finish } = this.props;
    const step = { ArrowLeft: -10000, ArrowRight: 10000, PageUp: -600000, PageDown: 600000 }[event.key];
    const target = { Home: begin, End: finish - 1 }[event.key] ?? (step === undefined ? undefined : (at ?? begin) + step);
    if (target === undefined) return;
    event.preventDefault();
    this.setState({ middle: target });
    this.props.onSeek(Math.min(Math.max(target, begin), finish - 1));
  }

  render({ clips, events, at, zone, begin, finish, onThumbnail }, { hover, span }) {
    const [from, to] = this.window();
    const place = (moment) => `${Math.min(Math.max((moment - from) / (to - from), 0), 1) * 100}%`;
    const width = (a, b) => `${Math.max(0.15, (Math.min(b, to) - Math.max(a, from)) / (to - from) * 100)}%`;
    const inside = ({ begin: a, finish: b }) => b > from && a < to;
    const preview = hover === undefined ? undefined : clips.find((clip) => clip.begin <= hover && hover < clip.finish);
    const shown = (kind) => (item) => h("i", {
      key: item.key, class: `${kind} ${item.held ? "held" : ""}`, style: { left: place(item.begin), width: width(item.begin, item.finish) },
    });
    return h("div", { class: "timeline" },
      h("div", { class: "hovering" }, hover !== undefined && h("div", { class: "preview", style: { left: `clamp(4rem, ${place(hover)}, calc(100% - 4rem))` } },
        preview?.thumbnail && h("img", { src: onThumbnail(preview), alt: "", width: 128, height: 72 }), h("span", null, timeText(hover, zone)))),
      h("div", {
        class: "bar", tabIndex: 0, role: "slider", "aria-label": t("timeline"), ref: (element) => { this.bar = element; },
        "aria-valuemin": 0, "aria-valuemax": Math.round((finish - begin) / 1000), "aria-valuenow": Math.round(((at ?? begin) - begin) / 1000),
        "aria-valuetext": at === undefined ? t("timeline_nowhere") : timeText(at, zone),
        onPointerDown: (event) => this.press(event), onPointerMove: (event) => this.move(event), onPointerUp: (event) => this.release(event),
        onPointerLeave: () => this.setState({ hover: undefined, pressed: false }), onPointerCancel: () => this.setState({ hover: undefined, pressed: false }),
        onKeyDown: (event) => this.key(event),
      }, clips.filter(inside).map(shown("clip")), events.filter(inside).map(shown("event")),
      at !== undefined && at >= from && at <= to && h("b", { style: { left: place(at) } })),
      h("div", { class: "ticks", "aria-hidden": "true" }, this.ticks(from, to).map((tick) =>
        h("span", { key: tick, style: { left: place(tick) } }, timeText(tick, zone, false)))),
      h("div", { class: "toolbar" },
        h("ul", { class: "legend" }, h("li", { class: "clip" }, t("legend_recorded")), h("li", { class: "event" }, t("legend_motion")), h("li", null, t("legend_gap"))),
        h("span", { class: "space" }),
        h("button", { type: "button", name: "zoomOut", "aria-label": t("zoom_out"), disabled: span === undefined || span >= finish - begin, onClick: () => this.zoom(4) }, "\u2212"),
        h("button", { type: "button", name: "zoomIn", "aria-label": t("zoom_in"), disabled: span === shortest, onClick: () => this.zoom(0.25) }, "+")));
  }

  ticks(from, to) {
    const step = ticks.find(([least]) => to - from >= least)[1];
    const first = this.props.begin + Math.ceil((from - this.props.begin) / step) * step;
    const all = [];
    for (let tick = first; tick < to - step / 4; tick += step) all.push(tick);
    return all;
  }
}
