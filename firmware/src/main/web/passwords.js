// SPDX-License-Identifier: Apache-2.0
// Live advice on a new password. The camera decides; it also knows the list of common passwords.

import { Component, Fragment, h, PasswordField } from "./ui.js";
import { t } from "./messages.js";

export const minimumLength = 12;

const simplified = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

function contains(password, word) {
  return word !== undefined && word.length > 2 && simplified(password).includes(simplified(word));
}

export function rules(password, repeated, { serial, labelPassword }) {
  const list = [
    ["rule_length", [...password].length >= minimumLength],
    ["rule_variety", new Set(password).size >= 6],
    ["rule_name", password !== "" && !["owner", "refcam", serial].some((word) => contains(password, word))],
  ];
  if (labelPassword) list.push(["rule_label", password !== "" && simplified(password) !== simplified(labelPassword)]);
  list.push(["rule_same", password !== "" && password === repeated]);
  return list;
}

/** 0 to 4, from the length and the number of different characters: a rough upper bound, shown as advice only. */
export function strength(password) {
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const bits = Math.min(new Set(password).size * 1.6, [...password].length) * (2.6 + kinds * 0.7);
  if ([...password].length < minimumLength || new Set(password).size < 6) return bits > 35 ? 1 : 0;
  return bits < 45 ? 1 : bits < 58 ? 2 : bits < 75 ? 3 : 4;
}

/** Two entries of a new password with rules and strength; reports value and whether every rule is met. */
export class NewPassword extends Component {
  state = { password: "", repeated: "" };

  change(part) {
    const next = { ...this.state, ...part };
    this.setState(part);
    const met = rules(next.password, next.repeated, this.props).every(([, ok]) => ok);
    this.props.onChange(next.password, met);
  }

  render(props, { password, repeated }) {
    const level = strength(password);
    return h(Fragment, null,
      h(PasswordField, {
        label: t("new_password"), name: "newPassword", autocomplete: "new-password", maxLength: 128, value: password,
        hint: t("strength_hint"), onInput: (event) => this.change({ password: event.target.value }),
      }),
      h("div", { class: `strength level${password === "" ? "" : level}` },
        h("div", { class: "bars", "aria-hidden": "true" }, [1, 2, 3, 4].map((n) => h("i", { class: n <= level ? "on" : "" }))),
        h("span", { role: "status" }, password === "" ? "" : `${t("strength")}: ${t(`strength_${level}`)}`)),
      h(PasswordField, {
        label: t("repeat_password"), name: "repeatPassword", autocomplete: "new-password", maxLength: 128, value: repeated,
        onInput: (event) => this.change({ repeated: event.target.value }),
      }),
      h("ul", { class: "rules" }, rules(password, repeated, props).map(([key, ok]) =>
        h("li", { class: ok ? "met" : "" }, t(key, { count: minimumLength }),
          h("span", { class: "hidden" }, ` (${t(ok ? "rule_met" : "rule_unmet")})`)))));
  }
}
