// SPDX-License-Identifier: Apache-2.0
// QR code symbols (ISO/IEC 18004): byte mode, error correction level L, versions 1 to 10, drawn as one SVG path.

import { Component, h } from "./ui.js";

// Per version at level L: error correction bytes per block, and the data bytes of each block.
const blocks = [
  [7, [19]], [10, [34]], [15, [55]], [20, [80]], [26, [108]], [18, [68, 68]], [20, [78, 78]], [24, [97, 97]],
  [30, [116, 116]], [18, [68, 68, 69, 69]],
];
const alignments = [[], [6, 18], [6, 22], [6, 26], [6, 30], [6, 34], [6, 22, 38], [6, 24, 42], [6, 26, 46], [6, 28, 50]];

const exponents = [];
const logarithms = [];
for (let i = 0, x = 1; i < 255; i++, x = (x << 1) ^ (x > 127 ? 0x11d : 0)) {
  exponents[i] = exponents[i + 255] = x;
  logarithms[x] = i;
}
const product = (a, b) => (a === 0 || b === 0 ? 0 : exponents[logarithms[a] + logarithms[b]]);

function correction(data, count) {
  let generator = [1];
  for (let i = 0; i < count; i++) {
    const next = [...generator, 0];
    generator.forEach((value, k) => { next[k + 1] ^= product(value, exponents[i]); });
    generator = next;
  }
  const rest = [...data, ...new Array(count).fill(0)];
  for (let i = 0; i < data.length; i++) {
    const factor = rest[i];
    generator.forEach((value, k) => { rest[i + k] ^= product(value, factor); });
  }
  return rest.slice(data.length);
}

function codewords(bytes, version) {
  const [count, sizes] = blocks[version - 1];
  const capacity = sizes.reduce((a, b) => a + b);
  const bits = [];
  const put = (value, length) => { for (let i = length - 1; i >= 0; i--) bits.push((value >> i) & 1); };
  put(4, 4);
  put(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => put(byte, 8));
  put(0, Math.min(4, capacity * 8 - bits.length));
  while (bits.length % 8 !== 0) bits.push(0);
  const data = [];
  for (let i = 0; i < bits.length; i += 8) data.push(Number.parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 0xec; data.length < capacity; pad ^= 0xfd) data.push(pad);
  let start = 0;
  const parts = sizes.map((size) => data.slice(start, (start += size)));
  const checks = parts.map((part) => correction(part, count));
  const interleave = (lists) =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) => lists.map((list) => list[i]))
      .flat().filter((value) => value !== undefined);
  return [...interleave(parts), ...interleave(checks)];
}

const remainder = (value, polynomial, degree) => {
  let rest = value << degree;
  for (let bit = 31; bit >= degree; bit--) if ((rest >>> bit) & 1) rest ^= polynomial << (bit - degree);
  return (value << degree) | rest;
};

function frame(version, set, fixed) {
  const size = version * 4 + 17;
  const mark = (x, y, dark) => { if (x >= 0 && y >= 0 && x < size && y < size) { set[y][x] = dark; fixed[y][x] = true; } };
  for (let i = 0; i < size; i++) { mark(6, i, i % 2 === 0); mark(i, 6, i % 2 === 0); }
  for (const [cx, cy] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    for (let dy = -4; dy <= 4; dy++) for (let dx = -4; dx <= 4; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      mark(cx + dx, cy + dy, ring !== 2 && ring !== 4);
    }
  }
  const centres = alignments[version - 1];
  const last = centres.length - 1;
  centres.forEach((cy, i) => centres.forEach((cx, k) => {
    if ((i === 0 && (k === 0 || k === last)) || (i === last && k === 0)) return;
    for (let dy = -2; dy <= 2; dy++) for (let dx = -2; dx <= 2; dx++) mark(cx + dx, cy + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1);
  }));
  // Level L is 01, mask 0 is 000.
  const format = remainder(0b01000, 0x537, 10) ^ 0x5412;
  const bit = (i) => ((format >> i) & 1) === 1;
  for (let i = 0; i < 15; i++) {
    mark(8, i < 6 ? i : i < 8 ? i + 1 : size - 15 + i, bit(i));
    mark(i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i, 8, bit(i));
  }
  mark(8, size - 8, true);
  if (version >= 7) {
    const value = remainder(version, 0x1f25, 12);
    for (let i = 0; i < 18; i++) {
      const dark = ((value >> i) & 1) === 1;
      mark(size - 11 + (i % 3), Math.floor(i / 3), dark);
      mark(Math.floor(i / 3), size - 11 + (i % 3), dark);
    }
  }
}

/** Rows of modules, true is dark; undefined when the text needs more than version 10 (271 bytes). */
export function modules(text) {
  const bytes = new TextEncoder().encode(text);
  const version = blocks.findIndex(([, sizes], i) => bytes.length + (i < 9 ? 2 : 3) <= sizes.reduce((a, b) => a + b)) + 1;
  if (version === 0) return undefined;
  const size = version * 4 + 17;
  const grid = () => Array.from({ length: size }, () => new Array(size).fill(false));
  const set = grid();
  const fixed = grid();
  frame(version, set, fixed);
  const words = codewords(bytes, version);
  let index = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let n = 0; n < size; n++) {
      const y = ((right + 1) & 2) === 0 ? size - 1 - n : n;
      for (const x of [right, right - 1]) {
        if (fixed[y][x]) continue;
        const bit = index < words.length * 8 && ((words[index >> 3] >> (7 - (index & 7))) & 1) === 1;
        set[y][x] = bit !== ((x + y) % 2 === 0);
        index++;
      }
    }
  }
  return set;
}

export class QrCode extends Component {
  render({ text, label }) {
    const rows = modules(text);
    if (!rows) return null;
    const path = rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + 4} ${y + 4}h1v1h-1z` : ""))).join("");
    return h("svg", { class: "qr", viewBox: `0 0 ${rows.length + 8} ${rows.length + 8}`, role: "img", "aria-label": label, "shape-rendering": "crispEdges" },
      h("path", { d: path, fill: "#000" }));
  }
}
