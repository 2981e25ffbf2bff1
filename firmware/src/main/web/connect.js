// SPDX-License-Identifier: Apache-2.0
// Access for recorders and players: create one per device, show its password once, revoke.

import { Alert, Component, Field, formHandler, h, Notice, Title } from "./ui.js";
import { call, errorText } from "./api.js";
import { QrCode } from "./qrcode.js";
import { t, when } from "./messages.js";

const roles = ["viewer", "operator", "administrator"];

/** The address with user and password inside, as players take it. */
export function withCredentials(address, { username, password }) {
  return address.replace("://", `://${encodeURIComponent(username)}:${encodeURIComponent(password)}@`);
}

export class Connect extends Component {
  state = { name: "", role: "viewer", clients: [], error: "", notice: "" };

  componentDidMount() {
    this.attempt(async () => {
      this.setState({ addresses: await call("GET", "connect") });
      await this.refresh();
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

  get governs() {
    return this.props.user.role === "administrator";
  }

  async refresh() {
    if (!this.governs) return;
    const answer = await call("GET", "clients");
    this.setState({ clients: Array.isArray(answer) ? answer : answer.clients });
  }

  create() {
    const { name, role } = this.state;
    return this.attempt(async () => {
      const created = await call("POST", "clients", { name: name.trim(), role });
      this.setState({ created, name: "" });
      await this.refresh();
    });
  }

  revoke({ name, username }) {
    if (!confirm(t("revoke_confirm", { name }))) return undefined;
    return this.attempt(async () => {
      await call("DELETE", `clients/${encodeURIComponent(username)}`);
      if (this.state.created?.username === username) this.setState({ created: undefined });
      await this.refresh();
      this.setState({ notice: t("revoked") });
    });
  }

  copy(text) {
    return navigator.clipboard.writeText(text).then(
      () => this.setState({ notice: t("copied"), error: "" }),
      () => this.setState({ error: t("error_copy"), notice: "" }));
  }

  render(props, { name, role, clients, created, error, notice }) {
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("connect_title")),
      h("p", null, t(this.governs ? "connect_help" : "connect_ask")),
      this.governs && h("form", { class: "card row", onSubmit: formHandler(() => this.create()) },
        h(Field, {
          label: t("connect_name"), name: "clientName", hint: t("connect_name_hint"), value: name, required: true, maxLength: 64,
          autocomplete: "off", onInput: (event) => this.setState({ name: event.target.value }),
        }),
        h(Field, { label: t("connect_role"), name: "clientRole", onChange: (event) => this.setState({ role: event.target.value }) },
          roles.map((one) => h("option", { value: one, selected: one === role }, t(`role_${one}`)))),
        h("div", { class: "actions" }, h("button", { class: "primary" }, t("connect_create")))),
      h(Alert, { text: error }), h(Notice, { text: notice }),
      created && this.state.addresses && this.ready(created, this.state.addresses),
      this.governs && h("h2", null, t("connect_list")),
      this.governs && (clients.length === 0 ? h("p", { class: "hint" }, t("connect_none")) :
        h("ul", { class: "list" }, clients.map((client) => h("li", { key: client.username },
          h("div", null, h("b", null, client.name),
            h("span", { class: "hint" }, `${client.username} · ${t(`role_${String(client.role).toLowerCase()}`)}`),
            h("span", { class: "hint" }, client.lastUsedAt
              ? t("client_last_used", { time: when(client.lastUsedAt), address: client.lastAddress }) : t("client_never_used"))),
          h("button", {
            class: "danger", "aria-label": t("revoke_what", { name: client.name }), onClick: () => this.revoke(client),
          }, t("revoke")))))));
  }

  ready(created, { rtsps }) {
    const address = withCredentials(rtsps.main, created);
    const rows = [
      ["connect_address", rtsps.main], ["connect_address_sub", rtsps.sub],
      ["user_name", created.username], ["password", created.password],
      ["connect_ffplay", `ffplay -rtsp_transport tcp "${address}"`], ["connect_vlc", `vlc "${address}"`],
    ];
    return h("section", { class: "card created" },
      h("h2", null, t("connect_ready", { name: created.name })),
      h("p", { class: "important" }, t("connect_once")),
      h("div", { class: "split" },
        h("dl", { class: "credentials" }, rows.filter(([, value]) => value).map(([key, value]) => h("div", { key },
          h("dt", null, t(key)),
          h("dd", null, h("code", { "data-credential": key }, value),
            h("button", { class: "quiet", "aria-label": t("copy_what", { what: t(key) }), onClick: () => this.copy(value) }, t("copy")))))),
        h(QrCode, { text: address, label: t("connect_qr") })));
  }
}
