// SPDX-License-Identifier: Apache-2.0
// The wireless network: which are in sight, which is kept, and how the camera stands to it. For administrators.

import { Alert, Check, Component, Field, formHandler, Fragment, h, Notice, PasswordField } from "./ui.js";
import { call, errorText } from "./api.js";
import { t } from "./messages.js";

const everyMillis = 5000;
const protections = ["wpa2_wpa3", "wpa2", "wpa3"];
const fresh = { ssid: "", ssidHex: "", protection: "wpa2_wpa3", key: "", hidden: false };

/** A name that is no text is shown by its octets. */
const nameOf = (network) => network.ssid || network.ssidHex;

export class Wifi extends Component {
  state = { error: "", notice: "", wish: fresh };

  componentDidMount() {
    this.attempt(() => this.load());
    this.timer = setInterval(() => this.attempt(() => this.load()), everyMillis);
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

  async load() {
    this.setState({ facts: await call("GET", "wifi") });
  }

  async look() {
    this.setState({ error: "", notice: "", looking: true });
    await this.attempt(async () => this.setState({ seen: await call("GET", "wifi/networks") }));
    this.setState({ looking: false });
  }

  pick(network) {
    this.setState({ wish: { ...fresh, ssid: network.ssid, ssidHex: network.ssid ? "" : network.ssidHex, protection: network.protection } });
  }

  choose() {
    this.setState({ error: "", notice: "" });
    return this.attempt(async () => {
      const facts = await call("PUT", "wifi", this.state.wish);
      this.setState({ facts, wish: fresh, seen: undefined, notice: t(facts.state === "no_radio" ? "wifi_kept" : "wifi_trying") });
    });
  }

  forget() {
    if (!confirm(t("wifi_forget_confirm"))) return undefined;
    this.setState({ error: "", notice: "" });
    return this.attempt(async () => this.setState({ facts: await call("DELETE", "wifi"), notice: t("wifi_forgotten") }));
  }

  render(props, { facts, error, notice }) {
    if (!facts) return h(Alert, { text: error });
    return h("section", { class: "card", id: "wifi" },
      h("h2", null, t("wifi_title")), h("p", null, t("wifi_help")),
      h(Alert, { text: error }), h(Notice, { text: notice }),
      this.standing(facts), this.insight(facts), this.choice());
  }

  standing(facts) {
    const kept = nameOf(facts.network);
    const trial = nameOf(facts.trial);
    return h(Fragment, null,
      h("p", { role: "status", "data-wifi-state": facts.state },
        t(`wifi_state_${facts.state}`), " ", facts.signalDbm !== 0 && t("wifi_signal", { dbm: facts.signalDbm })),
      facts.takenBack && h("p", { class: "field-error" }, t("wifi_taken_back", { why: t(`wifi_state_${facts.takenBack}`) })),
      kept && h("p", null, t("wifi_network", { name: kept })),
      trial && h("p", null, t("wifi_trial", { name: trial })),
      (kept || trial) && h("div", { class: "actions" },
        h("button", { type: "button", class: "quiet", name: "forgetWifi", onClick: () => this.forget() }, t("wifi_forget"))));
  }

  insight(facts) {
    const { seen, looking } = this.state;
    return h(Fragment, null,
      h("div", { class: "actions" }, h("button", { type: "button", name: "lookForWifi", disabled: looking || !facts.radio, onClick: () => this.look() },
        t(looking ? "wifi_looking" : "wifi_look"))),
      seen && seen.length === 0 && h("p", { class: "hint" }, t("wifi_none")),
      seen && seen.length > 0 && h("ul", { class: "list" }, seen.map((one) => this.heard(one))));
  }

  heard(one) {
    const joinable = protections.includes(one.protection);
    return h("li", { key: one.ssidHex },
      h("span", null, h("strong", { class: "wrap" }, nameOf(one)), " ", t("wifi_signal", { dbm: one.signalDbm }), ", ", t(`wifi_protection_${one.protection}`)),
      joinable && h("button", { type: "button", class: "quiet", onClick: () => this.pick(one) }, t("wifi_pick")));
  }

  choice() {
    const { wish } = this.state;
    const change = (part) => this.setState({ wish: { ...wish, ...part } });
    return h("form", { onSubmit: formHandler(() => this.choose()) },
      h("div", { class: "row" },
        h(Field, { label: t("wifi_name"), name: "wifiName", value: nameOf(wish), required: true, maxLength: 64, autocomplete: "off", autocapitalize: "none", spellcheck: false,
          onInput: (event) => change({ ssid: event.target.value, ssidHex: "" }) }),
        h(Field, { label: t("wifi_protection"), name: "wifiProtection", onChange: (event) => change({ protection: event.target.value }) },
          protections.map((one) => h("option", { value: one, selected: one === wish.protection }, t(`wifi_protection_${one}`))))),
      h(PasswordField, { label: t("wifi_key"), name: "wifiKey", value: wish.key, required: true, minLength: 8, maxLength: 128, autocomplete: "off",
        onInput: (event) => change({ key: event.target.value }) }),
      h(Check, { label: t("wifi_hidden"), name: "wifiHidden", checked: wish.hidden, onChange: (event) => change({ hidden: event.target.checked }) }),
      h("div", { class: "actions" }, h("button", { class: "primary", name: "chooseWifi" }, t("wifi_choose"))));
  }
}
