// SPDX-License-Identifier: Apache-2.0
// Updates: what runs, what is offered and why, how far it came, and a bundle from this device.

import { Alert, Component, h, Notice, Title } from "./ui.js";
import { call, errorText, upload } from "./api.js";
import { Crashes } from "./health.js";
import { Fleet } from "./fleet.js";
import { language, t, when } from "./messages.js";

const everyMillis = 2000;
const steps = ["found", "fetched", "verified", "installed", "confirmed"];

export class Update extends Component {
  state = { error: "", notice: "" };

  componentDidMount() {
    this.load();
    this.timer = setInterval(() => this.load(), everyMillis);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  async load() {
    try {
      this.setState({ status: await call("GET", "update"), gone: false });
    } catch (error) {
      this.setState(error.word === "network" ? { gone: true } : { error: errorText(error) });
    }
  }

  async attempt(action, notice) {
    this.setState({ error: "", notice: "" });
    try {
      await action();
      this.setState({ notice });
      await this.load();
    } catch (error) {
      this.setState({ error: error.word === "update_refused" ? t(`update_problem_${error.reason}`) : errorText(error) });
    }
  }

  act(action, notice) {
    return this.attempt(() => call("POST", "update", action), notice);
  }

  bring(input) {
    const [file] = input.files;
    if (!file) return undefined;
    return this.attempt(() => upload("update/bundle", file), t("update_uploaded")).then(() => { input.value = ""; });
  }

  render({ user }, { status, error, notice, gone }) {
    const governs = user.role === "administrator";
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("update_title")),
      h(Alert, { text: error }), h(Notice, { text: gone ? t("update_restarting") : notice }),
      status && h("section", { class: "card" },
        h("p", null, t("update_runs", { version: status.version, channel: status.channel })),
        h("p", null, status.lastCheck ? t("update_checked", { time: when(status.lastCheck) }) : t("update_never_checked")),
        status.activity !== "idle" && h("p", { role: "status" }, this.progress(status)),
        status.problem && h("p", null, t(`update_problem_${status.problem}`)),
        governs && h("div", { class: "actions" },
          h("button", { class: "primary", disabled: status.activity !== "idle", onClick: () => this.act({ action: "check" }, t("update_asked")) }, t("update_check")),
          h("button", { disabled: status.activity !== "idle", onClick: () => this.act({ action: "install" }, t("update_begun")) }, t("update_install")))),
      status?.update && this.offer(status, governs),
      governs && h("section", { class: "card" }, h("h2", null, t("update_bring")), h("p", null, t("update_bring_help")),
        h("input", { type: "file", accept: ".swu", "aria-label": t("update_file"), onChange: (event) => this.bring(event.target) })),
      governs && h(Fleet),
      governs && h(Crashes),
      status?.failed?.length > 0 && h("section", { class: "card" }, h("h2", null, t("update_failed")),
        h("ul", null, status.failed.map((one) => h("li", null, t("update_failed_one", { version: one.version, time: when(one.when), why: one.why }))))));
  }

  progress(status) {
    const total = status.update?.length ?? 0;
    const percent = status.activity === "fetching" && total > 0 ? ` ${Math.floor(100 * status.bytes / total)} %` : "";
    return t(`update_activity_${status.activity}`) + percent;
  }

  offer({ update, times, phase, restartable, postponedUntil }, governs) {
    return h("section", { class: "card" },
      h("h2", null, t("update_offer", { version: update.version })),
      update.severity && h("p", null, t("update_security", { severity: t(`severity_${update.severity}`), advisory: update.advisory ?? "" })),
      update.notes[language()] && h("p", null, update.notes[language()]),
      h("ul", null, steps.filter((step) => times[step]).map((step) => h("li", null, `${t(`update_step_${step}`)}: ${when(times[step])}`))),
      phase === "armed" && h("p", null, t(restartable ? "update_armed" : "update_armed_by_hand")),
      postponedUntil && phase === "armed" && h("p", null, t("update_postponed", { time: when(postponedUntil) })),
      governs && phase === "armed" && h("div", { class: "actions" },
        h("button", { onClick: () => this.act({ action: "postpone", hours: 24 }, t("saved")) }, t("update_postpone"))));
  }
}
