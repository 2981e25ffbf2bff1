// SPDX-License-Identifier: Apache-2.0
// Who may use the camera: accounts, open sessions, passkeys, and when sessions end.

import { Alert, Component, Field, formHandler, Fragment, h, Notice, Title } from "./ui.js";
import { call, errorText } from "./api.js";
import { canUsePasskeys, makePasskey } from "./passkeys.js";
import { t, when } from "./messages.js";

const roles = ["viewer", "operator", "administrator"];

export class People extends Component {
  state = { username: "", role: "viewer", passkeyName: "", sessions: [], passkeys: [], error: "", notice: "" };

  componentDidMount() {
    this.attempt(() => this.refresh());
  }

  get governs() {
    return this.props.user.role === "administrator";
  }

  async attempt(action) {
    this.setState({ error: "", notice: "" });
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  async refresh() {
    this.setState({ sessions: await call("GET", "sessions"), passkeys: await call("GET", "passkeys") });
    if (this.governs) {
      this.setState({ accounts: await call("GET", "accounts"), limits: await call("GET", "sessions/limits") });
    }
  }

  act(confirmation, method, path, body) {
    if (confirmation && !confirm(confirmation)) return undefined;
    return this.attempt(async () => {
      const answer = await call(method, path, body);
      if (answer?.firstPassword) this.setState({ made: answer });
      await this.refresh();
      this.setState({ notice: t("saved") });
    });
  }

  create() {
    const { username, role } = this.state;
    return this.act("", "POST", "accounts", { username: username.trim().toLowerCase(), role })
      .then(() => !this.state.error && this.setState({ username: "" }));
  }

  change(account, part) {
    const { username, role, disabled } = { ...account, ...part };
    return this.act("", "PUT", `accounts/${encodeURIComponent(account.username)}`, { username, role, disabled });
  }

  rename(account) {
    const username = prompt(t("account_new_name", { name: account.username }), account.username);
    if (username && username !== account.username) this.change(account, { username: username.trim().toLowerCase() });
  }

  everywhere() {
    if (!confirm(t("sessions_end_all_confirm"))) return undefined;
    return this.attempt(async () => {
      await call("DELETE", "sessions");
      location.reload();
    });
  }

  addPasskey() {
    return this.attempt(async () => {
      await makePasskey(this.state.passkeyName.trim() || t("passkey_unnamed"));
      this.setState({ passkeyName: "" });
      await this.refresh();
      this.setState({ notice: t("passkey_added") });
    });
  }

  render(props, { error, notice, made }) {
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("people_title")),
      h(Alert, { text: error }), h(Notice, { text: notice }),
      made && this.firstPassword(made),
      this.governs && this.accounts(), this.sessions(), this.passkeys(), this.governs && this.limits());
  }

  firstPassword({ username, firstPassword }) {
    return h("section", { class: "card created" },
      h("h2", null, t("account_made", { name: username })),
      h("p", { class: "important" }, t("account_once")),
      h("dl", { class: "credentials" }, h("div", null, h("dt", null, t("account_first_password")),
        h("dd", null, h("code", { "data-first-password": username }, firstPassword)))),
      h("div", { class: "actions" }, h("button", { onClick: () => this.setState({ made: undefined }) }, t("account_noted"))));
  }

  accounts() {
    const { accounts, username, role } = this.state;
    return h(Fragment, null,
      h("h2", null, t("accounts_title")), h("p", null, t("accounts_help")),
      h("form", { class: "card row", onSubmit: formHandler(() => this.create()) },
        h(Field, {
          label: t("user_name"), name: "accountName", hint: t("account_name_hint"), value: username, required: true, maxLength: 32,
          autocomplete: "off", autocapitalize: "none", onInput: (event) => this.setState({ username: event.target.value }),
        }),
        h(Field, { label: t("connect_role"), name: "accountRole", onChange: (event) => this.setState({ role: event.target.value }) },
          roles.map((one) => h("option", { value: one, selected: one === role }, t(`role_${one}`)))),
        h("div", { class: "actions" }, h("button", { class: "primary", name: "createAccount" }, t("account_create")))),
      accounts && h("ul", { class: "list" }, accounts.map((account) => this.account(account))));
  }

  account(account) {
    const { username } = account;
    const path = `accounts/${encodeURIComponent(username)}`;
    const notes = [
      account.disabled && t("account_disabled"), account.mustChangePassword && t("account_must_change"),
      account.passkeys > 0 && t("account_passkeys", { count: account.passkeys }),
    ].filter(Boolean).join(" · ");
    return h("li", { key: username, class: "stacked" },
      h("div", null, h("b", null, username), h("span", { class: "hint" }, notes)),
      h("div", { class: "tools" },
        h("select", {
          "aria-label": t("account_role_of", { name: username }), onChange: (event) => this.change(account, { role: event.target.value }),
        }, roles.map((one) => h("option", { value: one, selected: one === account.role }, t(`role_${one}`)))),
        h("button", { class: "quiet", onClick: () => this.rename(account) }, t("account_rename")),
        h("button", { class: "quiet", onClick: () => this.change(account, { disabled: !account.disabled }) },
          t(account.disabled ? "account_enable" : "account_disable")),
        h("button", { class: "quiet", onClick: () => this.act(t("account_reset_confirm", { name: username }), "POST", `${path}/password`) },
          t("account_reset")),
        h("button", { class: "danger", onClick: () => this.act(t("account_delete_confirm", { name: username }), "DELETE", path) },
          t("account_delete"))));
  }

  sessions() {
    const { sessions } = this.state;
    return h(Fragment, null,
      h("h2", null, t("sessions_title")),
      h("ul", { class: "list" }, sessions.map((one) => h("li", { key: one.id },
        h("div", null, h("b", null, one.current ? t("session_this", { name: one.username }) : one.username),
          h("span", { class: "hint" }, t("session_facts", { address: one.address, created: when(one.createdAt), used: when(one.lastUsedAt) }))),
        !one.current && h("button", { class: "danger", onClick: () => this.act("", "DELETE", `sessions/${encodeURIComponent(one.id)}`) },
          t("session_end"))))),
      h("div", { class: "actions" }, h("button", { name: "everywhere", onClick: () => this.everywhere() }, t("sessions_end_all"))));
  }

  passkeys() {
    const { passkeys, passkeyName } = this.state;
    return h("section", { class: "card" }, h("h2", null, t("passkeys_title")),
      h("p", null, t(canUsePasskeys() ? "passkeys_help" : "passkeys_not_here")),
      canUsePasskeys() && h("form", { class: "row", onSubmit: formHandler(() => this.addPasskey()) },
        h(Field, {
          label: t("passkey_name"), name: "passkeyName", value: passkeyName, maxLength: 64, autocomplete: "off",
          onInput: (event) => this.setState({ passkeyName: event.target.value }),
        }),
        h("div", { class: "actions" }, h("button", { name: "addPasskey" }, t("passkey_add")))),
      h("ul", { class: "list" }, passkeys.map((one) => h("li", { key: one.id },
        h("div", null, h("b", null, one.name), h("span", { class: "hint" }, `${one.host} · ${when(one.createdAt)}`)),
        h("button", { class: "danger", onClick: () => this.act("", "DELETE", `passkeys/${encodeURIComponent(one.id)}`) },
          t("passkey_remove"))))));
  }

  limits() {
    const { limits } = this.state;
    if (!limits) return undefined;
    const entry = (part, min, max) => h(Field, {
      label: t(part), name: part, type: "number", inputMode: "numeric", min, max, required: true, value: limits[part],
      onInput: (event) => this.setState({ limits: { ...limits, [part]: Number(event.target.value) } }),
    });
    return h("form", { class: "card", onSubmit: formHandler(() => this.act("", "PUT", "sessions/limits", limits)) },
      h("h2", null, t("limits_title")),
      h("div", { class: "row" }, entry("idleMinutes", 5, 1440), entry("absoluteHours", 1, 720)),
      h("div", { class: "actions" }, h("button", { name: "saveLimits" }, t("save"))));
  }
}
