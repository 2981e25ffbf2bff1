// SPDX-License-Identifier: Apache-2.0
// Small pieces every screen is made of: fields, errors, the language switch.

import { Component, Fragment, h } from "./vendor/preact.module.js";
import { language, languages, setLanguage, t } from "./messages.js";

export { Component, Fragment, h };

let counter = 0;

/** A labelled input; hint and error are tied to it for screen readers. */
export class Field extends Component {
  id = `field${++counter}`;

  render({ label, hint, error, children, ...input }) {
    const described = [hint && `${this.id}h`, error && `${this.id}e`].filter(Boolean).join(" ");
    const attributes = {
      id: this.id,
      "aria-describedby": described || undefined,
      "aria-invalid": error ? "true" : undefined,
      ...input,
    };
    return h("div", { class: "field" },
      h("label", { for: this.id }, label),
      children ? h("select", attributes, children) : this.control(attributes),
      hint && h("p", { class: "hint", id: `${this.id}h` }, hint),
      error && h("p", { class: "field-error", id: `${this.id}e` }, error));
  }

  control(attributes) {
    return h("input", attributes);
  }
}

/** A password input that can be looked at. */
export class PasswordField extends Field {
  control(attributes) {
    const { shown } = this.state;
    return h("div", { class: "with-button" },
      h("input", {
        ...attributes, type: shown ? "text" : "password",
        autocapitalize: "none", autocorrect: "off", spellcheck: false,
      }),
      h("button", {
        type: "button", class: "quiet", "aria-pressed": String(Boolean(shown)),
        onClick: () => this.setState({ shown: !shown }),
      }, t(shown ? "hide" : "show")));
  }
}

export const Check = ({ label, ...input }) =>
  h("label", { class: "check" }, h("input", { type: "checkbox", ...input }), h("span", null, label));

/** Always in the document, so that a screen reader speaks what appears in it. */
export const Alert = ({ text }) =>
  h("div", { role: "alert", "aria-live": "assertive", class: text ? "alert" : "" }, text);

export const Notice = ({ text }) =>
  h("div", { role: "status", "aria-live": "polite", class: text ? "notice" : "" }, text);

export const LanguageSwitch = ({ onChange }) =>
  h("div", { class: "languages", role: "group", "aria-label": t("language") },
    languages.map((tag) => h("button", {
      type: "button", lang: tag, "aria-pressed": String(tag === language()),
      onClick: () => {
        setLanguage(tag);
        onChange();
      },
    }, t(tag === "vi" ? "vietnamese" : "english"))));

export const Brand = ({ name }) =>
  h("div", { class: "brand" }, h("img", { src: "icon.svg", alt: "", width: 32, height: 32 }),
    h("span", null, name || t("product")));

/** A heading that takes the focus when its screen appears. */
export class Title extends Component {
  componentDidMount() {
    this.base.focus({ preventScroll: true });
  }

  render({ children }) {
    return h("h1", { tabIndex: -1 }, children);
  }
}

export const formHandler = (action) => (event) => {
  event.preventDefault();
  action();
};

export const clockText = (seconds) =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
