// SPDX-License-Identifier: Apache-2.0
// Fleet management: which hawkBit server may order updates, how it goes, and the owner's word where it is asked.

import { Alert, Check, Component, Field, formHandler, Fragment, h, Notice } from "./ui.js";
import { call, errorText } from "./api.js";
import { countryOptions } from "./places.js";
import { t, when } from "./messages.js";

const everyMillis = 5000;

export class Fleet extends Component {
  state = { error: "", notice: "" };

  componentDidMount() {
    this.attempt(async () => this.take(await call("GET", "fleet")));
    this.timer = setInterval(() => this.attempt(async () => this.setState({ facts: await call("GET", "fleet") })), everyMillis);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  async attempt(action) {
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  take(facts) {
    this.setState({ facts, wish: { ...facts.settings, country: facts.settings.country === "ZZ" ? "VN" : facts.settings.country } });
  }

  save() {
    this.setState({ error: "", notice: "" });
    return this.attempt(async () => {
      this.take(await call("PUT", "fleet", this.state.wish));
      this.setState({ notice: t("saved") });
    });
  }

  decide(agreed) {
    return this.attempt(async () => this.setState({ facts: await call("POST", "fleet/decision", { action: this.state.facts.question, agreed }) }));
  }

  render(props, { facts, wish, error, notice }) {
    if (!wish) return h(Alert, { text: error });
    const change = (part) => this.setState({ wish: { ...wish, ...part } });
    const entry = (name, more = {}) => h(Field, {
      label: t(`fleet_${name}`), name: `fleet_${name}`, value: wish[name] ?? "", autocomplete: "off",
      onInput: (event) => change({ [name]: event.target.value }), ...more,
    });
    return h("form", { class: "card", onSubmit: formHandler(() => this.save()) },
      h("h2", null, t("fleet_title")), h("p", null, t("fleet_help")),
      h(Alert, { text: error }), h(Notice, { text: notice }), this.progress(facts),
      h(Check, { label: t("fleet_enabled"), name: "fleetEnabled", checked: wish.enabled, onChange: (event) => change({ enabled: event.target.checked }) }),
      h("div", { class: "row" },
        entry("url", { placeholder: "https://" }), entry("tenant"), entry("controllerId"),
        h(Field, { label: t("egress_country"), name: "fleetCountry", onChange: (event) => change({ country: event.target.value }) }, countryOptions(wish.country))),
      h(Check, { label: t("egress_local"), name: "fleetLocal", checked: wish.local, onChange: (event) => change({ local: event.target.checked }) }),
      h(Field, { label: t("fleet_authentication"), name: "fleetAuthentication", onChange: (event) => change({ authentication: event.target.value }) },
        ["target-token", "gateway-token", "certificate"].map((one) => h("option", { value: one, selected: one === wish.authentication }, t(`fleet_authentication_${one.replace("-", "_")}`)))),
      wish.authentication !== "certificate" && entry("token", { type: "password", hint: facts.hasToken ? t("fleet_token_kept") : "" }),
      entry("certificateSha256"),
      h(Check, { label: t("fleet_confirmation"), name: "fleetConfirmation", checked: wish.confirmation === "owner",
        onChange: (event) => change({ confirmation: event.target.checked ? "owner" : "automatic" }) }),
      h("div", { class: "actions" }, h("button", { class: "primary", name: "saveFleet" }, t("save"))));
  }

  progress(facts) {
    return h(Fragment, null,
      facts.lastAnswer && h("p", { role: "status" }, t("fleet_last_answer", { time: when(facts.lastAnswer) })),
      facts.problem && h("p", { class: "field-error" }, t(`fleet_problem_${facts.problem}`)),
      facts.question && h("div", { class: "notice" }, h("p", null, t(facts.questionRefused ? "fleet_refused" : "fleet_question", { name: facts.questionName })),
        h("div", { class: "actions" },
          h("button", { type: "button", name: "fleetAgree", onClick: () => this.decide(true) }, t("fleet_agree")),
          !facts.questionRefused && h("button", { type: "button", name: "fleetRefuse", onClick: () => this.decide(false) }, t("fleet_refuse")))));
  }
}
