// SPDX-License-Identifier: Apache-2.0
// Rectangles drawn on a snapshot: by pointer, touch or keyboard. Units are fractions of the picture, 0 to 1.
// Privacy masks, or with kind "zone" the zones in which movement counts.

import { Component, h } from "./ui.js";
import { t } from "./messages.js";

const smallest = 0.02;
const step = 0.02;
const most = 16; // as many as the camera takes
const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const rounded = (value) => Math.round(value * 10000) / 10000;

/** Inside the picture, and never too small to be seen. */
function fitted({ x, y, width, height, ...kept }) {
  const w = clamp(width, smallest, 1);
  const k = clamp(height, smallest, 1);
  return { ...kept, x: rounded(clamp(x, 0, 1 - w)), y: rounded(clamp(y, 0, 1 - k)), width: rounded(w), height: rounded(k) };
}

export class MaskEditor extends Component {
  at(event) {
    const box = this.surface.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width, 0, 1), clamp((event.clientY - box.top) / box.height, 0, 1)];
  }

  replace(index, mask) {
    this.props.onChange(this.props.masks.map((one, i) => (i === index ? fitted(mask) : one)));
  }

  press(event) {
    const [x, y] = this.at(event);
    const index = Number(event.target.dataset.index ?? -1);
    this.surface.setPointerCapture(event.pointerId);
    if (index >= 0) {
      this.drag = { index, from: [x, y], mask: this.props.masks[index] };
    } else if (this.props.masks.length < most) {
      this.drag = { index: this.props.masks.length, from: [x, y] };
      this.props.onChange([...this.props.masks, fitted({ x, y, width: 0, height: 0 })]);
    }
  }

  move(event) {
    if (!this.drag) return;
    const { index, from, mask } = this.drag;
    const [x, y] = this.at(event);
    if (mask) this.replace(index, { ...mask, x: mask.x + x - from[0], y: mask.y + y - from[1] });
    else this.replace(index, { x: Math.min(x, from[0]), y: Math.min(y, from[1]), width: Math.abs(x - from[0]), height: Math.abs(y - from[1]) });
  }

  key(event, index) {
    const mask = this.props.masks[index];
    if (event.key === "Delete" || event.key === "Backspace") this.remove(index);
    else {
      const [dx, dy] = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] }[event.key] ?? [];
      if (dx === undefined) return;
      if (event.shiftKey) this.replace(index, { ...mask, width: mask.width + dx, height: mask.height + dy });
      else this.replace(index, { ...mask, x: mask.x + dx, y: mask.y + dy });
    }
    event.preventDefault();
  }

  remove(index) {
    this.props.onChange(this.props.masks.filter((one, i) => i !== index));
  }

  render({ masks, picture, onChange, kind = "mask" }) {
    return h("div", null,
      h("div", { class: `masks ${kind}s` },
        picture && h("img", { src: picture, alt: t(`${kind}s_picture`), draggable: false }),
        h("svg", {
          viewBox: "0 0 1 1", preserveAspectRatio: "none", ref: (element) => { this.surface = element; },
          onPointerDown: (event) => this.press(event), onPointerMove: (event) => this.move(event),
          onPointerUp: () => { this.drag = undefined; }, onPointerCancel: () => { this.drag = undefined; },
        }, masks.map((mask, index) => h("rect", {
          x: mask.x, y: mask.y, width: mask.width, height: mask.height, "data-index": index, tabIndex: 0, role: "button", "aria-label": t(`${kind}_number`, { number: index + 1 }),
          onKeyDown: (event) => this.key(event, index),
        })))),
      h("p", { class: "hint" }, t(`${kind}s_keys`)),
      h("div", { class: "chips" }, masks.map((mask, index) => h("button", {
        type: "button", "aria-label": t(`${kind}_remove`, { number: index + 1 }), onClick: () => this.remove(index),
      }, `${t(`${kind}_number`, { number: index + 1 })} ×`))),
      h("div", { class: "toolbar" },
        h("button", {
          type: "button", name: kind === "mask" ? "addMask" : "addZone", disabled: masks.length >= most, onClick: () => onChange([...masks, { x: 0.4, y: 0.4, width: 0.2, height: 0.2 }]),
        }, t(`${kind}s_add`)),
        masks.length > 0 && h("button", { type: "button", onClick: () => onChange([]) }, t(`${kind}s_clear`))));
  }
}
