// SPDX-License-Identifier: Apache-2.0
// The set-up wizard: label, owner's password, place and privacy, done.

import { Alert, Check, Component, Field, formHandler, Fragment, h, PasswordField, Title } from "./ui.js";
import { countryOptions, defaultTimeZone, timeZoneOptions } from "./places.js";
import { language, t } from "./messages.js";
import { NewPassword } from "./passwords.js";
import { errorText, setUp } from "./api.js";

const steps = 4;

/** The label password out of the scanned address's fragment, which is then wiped from the address bar and history. */
export function takeLabelPassword() {
  const fragment = location.hash.replace(/^#\/?/, "");
  if (fragment === "") return "";
  const named = new URLSearchParams(fragment);
  const password = named.get("label") ?? named.get("password") ?? named.get("p") ??
    (/^[0-9A-Za-z-]{8,64}$/.test(fragment) ? fragment : "");
  if (password !== "") history.replaceState(null, "", location.pathname);
  return password;
}

export class Setup extends Component {
  state = {
    step: 1, labelPassword: this.props.labelPassword, newPassword: "", rulesMet: false, accepted: false,
    timeZone: defaultTimeZone(), country: "VN", error: "", busy: false,
  };

  next() {
    const { step, labelPassword, rulesMet } = this.state;
    if (step === 1 && labelPassword.trim() === "") return this.setState({ error: t("error_required") });
    if (step === 2 && !rulesMet) return this.setState({ error: t("error_rules") });
    return this.setState({ step: step + 1, error: "" });
  }

  async finish() {
    const { labelPassword, newPassword, timeZone, country, accepted, busy } = this.state;
    if (busy) return;
    if (!accepted) {
      this.setState({ error: t("error_accept") });
      return;
    }
    this.setState({ busy: true, error: "" });
    try {
      await setUp({ labelPassword: labelPassword.trim(), newPassword, timeZone, country, language: language() });
      this.setState({ step: 4, busy: false, labelPassword: "", newPassword: "" });
    } catch (error) {
      const step = { wrong_label: 1, weak_password: 2 }[error.word] ?? 3;
      // The entries of the password step start empty again, so what it has reported must too.
      this.setState({ busy: false, step, rulesMet: step !== 2 && this.state.rulesMet, error: errorText(error) });
    }
  }

  render(props, { step, error }) {
    const titles = ["setup_label", "setup_owner", "setup_place", "setup_done"];
    return h("main", { class: "card narrow", id: "content" },
      h("p", { class: "overline" }, t("setup_title")),
      h("ol", { class: "steps", "aria-label": t("setup_step", { step, steps }) },
        titles.map((key, index) => h("li", {
          class: index + 1 < step ? "past" : "", "aria-current": index + 1 === step ? "step" : undefined,
        }, h("span", { class: "hidden" }, t(key))))),
      h(Title, { key: step }, t(titles[step - 1])),
      step === 1 ? this.label() : step === 2 ? this.owner() : step === 3 ? this.place() : this.done(),
      h(Alert, { text: error }));
  }

  label() {
    const { serial, labelPassword: scanned } = this.props;
    return h("form", { onSubmit: formHandler(() => this.next()) },
      h("p", null, t("setup_label_help")),
      serial && h("p", { class: "hint" }, `${t("serial")}: `, h("b", null, serial)),
      h(PasswordField, {
        label: t("label_password"), name: "labelPassword", autocomplete: "off", value: this.state.labelPassword,
        hint: scanned && this.state.labelPassword === scanned ? t("setup_label_scanned") : "", maxLength: 128,
        onInput: (event) => this.setState({ labelPassword: event.target.value, error: "" }),
      }),
      h("div", { class: "actions" }, h("button", { class: "primary" }, t("next"))));
  }

  owner() {
    return h("form", { onSubmit: formHandler(() => this.next()) },
      h("p", null, t("setup_owner_help")),
      h("input", { class: "hidden", name: "username", autocomplete: "username", value: "owner", readOnly: true, tabIndex: -1, "aria-hidden": "true" }),
      h(NewPassword, {
        serial: this.props.serial, labelPassword: this.state.labelPassword,
        onChange: (newPassword, rulesMet) => this.setState({ newPassword, rulesMet, error: "" }),
      }),
      this.actions(t("next"), false));
  }

  place() {
    const { timeZone, country, accepted, busy } = this.state;
    return h("form", { onSubmit: formHandler(() => this.finish()) },
      h(Field, { label: t("time_zone"), name: "timeZone", onChange: (event) => this.setState({ timeZone: event.target.value }) },
        timeZoneOptions(timeZone)),
      h(Field, { label: t("country"), name: "country", onChange: (event) => this.setState({ country: event.target.value }) },
        countryOptions(country)),
      h("section", { class: "inset" }, h("h2", null, t("privacy_title")),
        h("ul", null, [1, 2, 3].map((n) => h("li", null, t(`privacy_${n}`))))),
      h(Check, {
        label: t("privacy_accept"), name: "accepted", checked: accepted,
        onChange: (event) => this.setState({ accepted: event.target.checked, error: "" }),
      }),
      this.actions(t(busy ? "setup_working" : "setup_finish"), busy));
  }

  actions(label, busy) {
    return h("div", { class: "actions" },
      h("button", {
        type: "button", disabled: busy,
        onClick: () => this.setState({ step: this.state.step - 1, rulesMet: false, error: "" }),
      }, t("back")),
      h("button", { class: "primary", disabled: busy }, label));
  }

  done() {
    return h(Fragment, null, h("div", { class: "tick", "aria-hidden": "true" }), h("p", null, t("setup_done_help")),
      h("div", { class: "actions" },
        h("button", { class: "primary", name: "watch", onClick: () => this.props.onDone() }, t("setup_watch"))));
  }
}
