// SPDX-License-Identifier: Apache-2.0
// The audit log in plain words, its check and download, and what is recorded and forwarded.

import { Alert, Check, Component, Field, formHandler, Fragment, h, Notice, Title } from "./ui.js";
import { call, errorText } from "./api.js";
import { countryOptions } from "./places.js";
import { hasMessage, t, when } from "./messages.js";

const filters = {
  all: [],
  access: ["sign_in", "sign_in_failed", "locked", "sign_out", "refused"],
  people: ["set_up", "account_created", "account_changed", "account_deleted", "password_changed", "password_reset", "passkey_added",
    "passkey_removed", "client_created", "client_revoked", "sessions_ended"],
  settings: ["settings_changed", "certificate_shown", "logging_changed", "forwarding", "egress_changed", "egress_refused"],
  recordings: ["recording_exported", "recording_held", "recording_storage", "erase"],
  camera: ["boot", "shutdown", "update", "erase", "clock_changed", "integrity_fault", "events_lost", "dropped"],
};
const alarming = ["sign_in_failed", "locked", "integrity_fault", "events_lost", "recording_storage", "refused", "egress_refused"];

// Roles and the log's own names are words; everything else is somebody's data and shown as it is.
const word = (group, value) => (hasMessage(`${group}_${value}`) ? t(`${group}_${value}`) : value);

const detail = (type) => ([key, raw]) => {
  if (type === "recording_storage" && key === "state") return word("storage", raw);
  if (type === "certificate_shown" && key === "which") return word("shown", raw);
  const name = `detail_${key}`;
  const value = key === "role" ? word("role", raw) : raw;
  return hasMessage(name) ? t(name, { value }) : `${key}: ${value}`;
};

export class Audit extends Component {
  state = { filter: "all", records: [], next: "", error: "", notice: "" };

  componentDidMount() {
    this.attempt(async () => {
      await this.load("all");
      this.setState({ logging: await call("GET", "audit/settings") });
    });
  }

  async attempt(action) {
    this.setState({ error: "", notice: "" });
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  async load(filter, before = "") {
    const query = new URLSearchParams(filters[filter].map((type) => ["type", type]));
    if (before) query.set("before", before);
    const page = await call("GET", `audit?${query}`);
    this.setState({ filter, next: page.next, records: before ? [...this.state.records, ...page.records] : page.records });
  }

  check() {
    return this.attempt(async () => this.setState({ report: await call("GET", "audit/check") }));
  }

  save() {
    const { optOut, forwarding } = this.state.logging.settings;
    return this.attempt(async () => {
      this.setState({ logging: await call("PUT", "audit/settings", { optOut, forwarding }) });
      this.setState({ notice: t("saved") });
    });
  }

  change(part) {
    const { logging } = this.state;
    this.setState({ logging: { ...logging, settings: { ...logging.settings, ...part } } });
  }

  render(props, { records, next, filter, error, notice, report, logging }) {
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("audit_title")), h("p", null, t("audit_help")),
      h(Alert, { text: error }), h(Notice, { text: notice }),
      h("div", { class: "toolbar" },
        h(Field, { label: t("audit_filter"), name: "auditFilter", onChange: (event) => this.attempt(() => this.load(event.target.value)) },
          Object.keys(filters).map((one) => h("option", { value: one, selected: one === filter }, t(`audit_filter_${one}`)))),
        h("span", { class: "space" }),
        h("button", { name: "checkAudit", onClick: () => this.check() }, t("audit_check")),
        h("a", { class: "button", href: "api/v1/audit/export", download: "" }, t("audit_export"))),
      report && this.report(report),
      records.length === 0 ? h("p", { class: "hint" }, t("audit_none")) :
        h("ol", { class: "list events" }, records.map((record) => this.record(record))),
      next && h("div", { class: "actions" }, h("button", { onClick: () => this.attempt(() => this.load(filter, next)) }, t("audit_older"))),
      logging && this.logging(logging));
  }

  record(record) {
    const who = [record.actor === "camera" ? "" : record.actor, record.address].filter(Boolean).join(" · ");
    const title = t(`event_${record.type}`) + (record.count > 1 ? ` × ${record.count}` : "");
    return h("li", { key: `${record.chain}${record.sequence}`, class: alarming.includes(record.type) ? "alarming" : "", "data-type": record.type },
      h("div", null, h("b", null, title),
        who && h("span", { class: "hint" }, who),
        h("span", { class: "hint" }, Object.entries(record.details).map(detail(record.type)).join(" · "))),
      h("time", { dateTime: record.time, class: "hint" }, when(record.time),
        record.quality === "unsynchronised" && h("span", { class: "hint" }, t("audit_time_unsure"))));
  }

  report({ sound, chains, faults }) {
    return h("section", { class: "card" }, h("h2", null, t(sound ? "audit_sound" : "audit_not_sound")),
      faults.map((fault) => h("p", { class: "field-error" }, t("audit_fault", fault))),
      h("p", { class: "hint" }, t("audit_note_hash")),
      h("dl", { class: "credentials" }, chains.map((chain) => h("div", { key: chain.chain },
        h("dt", null, t("audit_chain", { ...chain, chain: word("audit_chain", chain.chain) })), h("dd", null, h("code", null, chain.hash))))));
  }

  logging(logging) {
    const { settings, dutyToLog, forwardingState } = logging;
    return h("form", { class: "card", onSubmit: formHandler(() => this.save()) },
      h("h2", null, t("logging_title")),
      h("p", null, t("logging_help")),
      h(Check, {
        label: t("logging_opt_out"), name: "optOut", checked: settings.optOut,
        onChange: (event) => this.change({ optOut: event.target.checked }),
      }),
      dutyToLog && h("p", { class: "hint" }, t("logging_duty")),
      h("h3", null, t("forward_title")), h("p", null, t("forward_help")),
      this.forwarding(settings.forwarding),
      settings.forwarding.enabled && h("p", { class: "hint" }, t(forwardingState.connected ? "forward_connected" : "forward_waiting",
        { sent: forwardingState.sent, waiting: forwardingState.waiting, lost: forwardingState.lost, problem: forwardingState.problem || "-" })),
      h("div", { class: "actions" }, h("button", { class: "primary", name: "saveLogging" }, t("save"))));
  }

  forwarding(forwarding) {
    const change = (part) => this.change({ forwarding: { ...forwarding, ...part } });
    const entry = (name, more = {}) => h(Field, {
      label: t(`forward_${name}`), name, value: forwarding[name], autocomplete: "off",
      onInput: (event) => change({ [name]: event.target.value }), ...more,
    });
    return h(Fragment, null,
      h(Check, {
        label: t("forward_enabled"), name: "forwardEnabled", checked: forwarding.enabled,
        onChange: (event) => change({ enabled: event.target.checked, country: forwarding.country || "VN" }),
      }),
      forwarding.enabled && h(Fragment, null,
        h("div", { class: "row" }, entry("host", { required: true }),
          entry("port", { type: "number", min: 1, max: 65535, required: true, onInput: (event) => change({ port: Number(event.target.value) }) }),
          h(Field, { label: t("forward_country"), name: "forwardCountry", onChange: (event) => change({ country: event.target.value }) },
            countryOptions(forwarding.country))),
        entry("certificateSha256", { hint: t("forward_pin_hint"), maxLength: 128 }),
        h("div", { class: "field" }, h("label", { for: "caCertificate" }, t("forward_ca")),
          h("textarea", {
            id: "caCertificate", name: "caCertificate", rows: 4, value: forwarding.caCertificate, spellcheck: false,
            onInput: (event) => change({ caCertificate: event.target.value }),
          }))));
  }
}
