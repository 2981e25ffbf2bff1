// SPDX-License-Identifier: Apache-2.0
// Where the camera may send what: "store in Viet Nam only", destinations, and the copy of recordings.

import { Alert, Check, Component, Field, formHandler, Fragment, h, Notice, Title } from "./ui.js";
import { call, errorText } from "./api.js";
import { countryOptions } from "./places.js";
import { t, when } from "./messages.js";

const purposes = ["footage", "log", "certificate", "update", "fleet", "events"];
const fresh = { host: "", port: 443, purpose: "update", country: "VN", local: false, certificateSha256: "", caCertificate: "" };

export class Egress extends Component {
  state = { error: "", notice: "", added: fresh };

  componentDidMount() {
    this.attempt(() => this.load());
    this.timer = setInterval(() => this.follow(), 5000);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  async attempt(action) {
    this.setState({ error: "", notice: "" });
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  async load() {
    const [policy, remote] = await Promise.all([call("GET", "egress"), call("GET", "egress/remote-copy")]);
    this.setState({ policy, progress: remote.state, hasSecret: remote.hasSecret, copy: { ...remote.settings, country: remote.settings.country || "VN" } });
  }

  async follow() {
    try {
      this.setState({ progress: (await call("GET", "egress/remote-copy")).state });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  vietNamOnly(on) {
    if (!on && !confirm(t("egress_off_confirm"))) {
      this.setState({ policy: { ...this.state.policy } });
      return undefined;
    }
    return this.attempt(async () => this.setState({ policy: await call("PUT", "egress/viet-nam-only", { on }) }));
  }

  allow() {
    return this.attempt(async () =>
      this.setState({ policy: await call("POST", "egress/destinations", this.state.added), added: fresh, notice: t("saved") }));
  }

  forbid(destination) {
    return this.attempt(async () =>
      this.setState({ policy: await call("DELETE", `egress/destinations/${encodeURIComponent(destination.id)}`), notice: t("saved") }));
  }

  saveCopy() {
    return this.attempt(async () => {
      await call("PUT", "egress/remote-copy", this.state.copy);
      await this.load();
      this.setState({ notice: t("saved"), newKey: undefined });
    });
  }

  tryCopy() {
    return this.attempt(async () => {
      const { success, problem, detail } = await call("POST", "egress/remote-copy/test");
      this.setState(success ? { notice: t("copy_test_good") } : { error: t("copy_problem", { problem: t(`copy_problem_${problem}`), detail }) });
    });
  }

  makeKey() {
    return this.attempt(async () => {
      const newKey = await call("POST", "egress/remote-copy/recovery-key");
      this.setState({ newKey, copy: { ...this.state.copy, recipient: newKey.recipient } });
    });
  }

  render(props, { policy, copy, error, notice }) {
    return h(Fragment, null,
      h(Title, null, t("egress_title")), h("p", null, t("egress_help")),
      h(Alert, { text: error }), h(Notice, { text: notice }),
      policy && this.policy(policy), copy && this.copy(copy));
  }

  policy(policy) {
    return h(Fragment, null,
      h("section", { class: "card" },
        h(Check, { label: t("egress_viet_nam_only"), name: "vietNamOnly", checked: policy.vietNamOnly, onChange: (event) => this.vietNamOnly(event.target.checked) }),
        h("p", { class: "hint" }, t("egress_viet_nam_hint"))),
      h("section", { class: "card" },
        h("h2", null, t("egress_destinations")),
        policy.destinations.length === 0 ? h("p", { class: "hint" }, t("egress_none")) :
          h("ul", { class: "list" }, policy.destinations.map((one) => this.destination(one))),
        this.adding(this.state.added)));
  }

  destination(one) {
    return h("li", { key: one.origin + one.id },
      h("span", null, h("strong", null, `${one.host}:${one.port}`), " ",
        t(`egress_purpose_${one.purpose}`), ", ", one.country === "ZZ" ? t("egress_undeclared") : one.country, one.local ? `, ${t("egress_is_local")}` : "",
        one.blocked && h("span", { class: "field-error" }, t("egress_blocked"))),
      one.origin === "owner" && h("button", { class: "quiet", onClick: () => this.forbid(one) }, t("remove")));
  }

  adding(added) {
    const change = (part) => this.setState({ added: { ...added, ...part } });
    return h("form", { onSubmit: formHandler(() => this.allow()) },
      h("h3", null, t("egress_add")),
      h("div", { class: "row" },
        h(Field, { label: t("forward_host"), name: "addHost", value: added.host, required: true, autocomplete: "off", onInput: (event) => change({ host: event.target.value }) }),
        h(Field, { label: t("forward_port"), name: "addPort", type: "number", min: 1, max: 65535, value: added.port, onInput: (event) => change({ port: Number(event.target.value) }) }),
        h(Field, { label: t("egress_purpose"), name: "addPurpose", onChange: (event) => change({ purpose: event.target.value }) },
          purposes.map((one) => h("option", { value: one, selected: one === added.purpose }, t(`egress_purpose_${one}`)))),
        h(Field, { label: t("egress_country"), name: "addCountry", onChange: (event) => change({ country: event.target.value }) }, countryOptions(added.country))),
      h(Check, { label: t("egress_local"), name: "addLocal", checked: added.local, onChange: (event) => change({ local: event.target.checked }) }),
      h("div", { class: "actions" }, h("button", { name: "addDestination" }, t("egress_add_button"))));
  }

  copy(copy) {
    const change = (part) => this.setState({ copy: { ...copy, ...part } });
    const entry = (name, more = {}) => h(Field, {
      label: t(`copy_${name}`), name: `copy_${name}`, value: copy[name] ?? "", autocomplete: "off",
      onInput: (event) => change({ [name]: event.target.value }), ...more,
    });
    return h("form", { class: "card", onSubmit: formHandler(() => this.saveCopy()) },
      h("h2", null, t("copy_title")), h("p", null, t("copy_help")),
      this.progress(copy),
      h(Check, { label: t("copy_enabled"), name: "copyEnabled", checked: copy.enabled, onChange: (event) => change({ enabled: event.target.checked }) }),
      h("div", { class: "row" },
        h(Field, { label: t("copy_kind"), name: "copyKind", onChange: (event) => change({ kind: event.target.value, port: event.target.value === "sftp" ? 22 : 443 }) },
          ["s3", "sftp"].map((one) => h("option", { value: one, selected: one === copy.kind }, t(`copy_kind_${one}`)))),
        entry("host"), entry("port", { type: "number", min: 1, max: 65535, onInput: (event) => change({ port: Number(event.target.value) }) }),
        h(Field, { label: t("egress_country"), name: "copyCountry", onChange: (event) => change({ country: event.target.value }) }, countryOptions(copy.country))),
      h(Check, { label: t("egress_local"), name: "copyLocal", checked: copy.local, onChange: (event) => change({ local: event.target.checked }) }),
      copy.kind === "sftp" ? this.sftp(entry) : this.s3(copy, entry, change),
      entry("secret", { type: "password", hint: this.state.hasSecret ? t("copy_secret_kept") : "" }),
      this.recovery(entry),
      h("div", { class: "actions" },
        h("button", { class: "primary", name: "saveCopy" }, t("save")),
        h("button", { type: "button", name: "testCopy", onClick: () => this.tryCopy() }, t("copy_test"))));
  }

  s3(copy, entry, change) {
    return h(Fragment, null,
      h("div", { class: "row" }, entry("place", { label: t("copy_bucket") }), entry("region"), entry("user", { label: t("copy_access_key") })),
      h(Check, { label: t("copy_path_style"), name: "copyPathStyle", checked: copy.pathStyle, onChange: (event) => change({ pathStyle: event.target.checked }) }),
      entry("certificateSha256", { hint: t("copy_pin_hint") }));
  }

  sftp(entry) {
    return h("div", { class: "row" }, entry("place", { label: t("copy_directory") }), entry("user"),
      entry("hostKeySha256", { hint: t("copy_host_key_hint") }));
  }

  recovery(entry) {
    const { newKey } = this.state;
    return h(Fragment, null,
      h("h3", null, t("copy_recovery")), h("p", null, t("copy_recovery_help")),
      entry("recipient"),
      newKey && h("div", { class: "notice" }, h("p", null, t("copy_recovery_once")), h("p", null, h("code", { id: "recoverySecret", class: "wrap" }, newKey.secret))),
      h("div", { class: "actions" }, h("button", { type: "button", name: "makeRecoveryKey", onClick: () => this.makeKey() }, t("copy_recovery_make"))));
  }

  progress(copy) {
    const { progress } = this.state;
    if (!copy.enabled && !progress.copied) return undefined;
    return h(Fragment, null,
      h("p", { role: "status" }, t("copy_progress", progress), " ",
        progress.lastSuccess && t("copy_last_success", { time: when(progress.lastSuccess) })),
      progress.problem && h("p", { class: "field-error" }, t("copy_problem", { problem: t(`copy_problem_${progress.problem}`), detail: progress.detail })));
  }
}
