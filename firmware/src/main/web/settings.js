// SPDX-License-Identifier: Apache-2.0
// Settings: general, privacy masks, guess limit, password, about.

import { Alert, Check, clockText, Component, Field, formHandler, Fragment, h, Notice, PasswordField, Title } from "./ui.js";
import { call, errorText, snapshot, status } from "./api.js";
import { countryOptions, timeZoneOptions } from "./places.js";
import { EraseCamera } from "./erase.js";
import { MaskEditor } from "./masks.js";
import { NewPassword } from "./passwords.js";
import { RecordingForm } from "./recordingform.js";
import { t } from "./messages.js";
import { Wifi } from "./wifi.js";

export class Settings extends Component {
  state = { error: "", notice: "", oldPassword: "", round: 0 };

  componentDidMount() {
    this.attempt(async () => {
      const [settings, about] = await Promise.all([call("GET", "settings"), status()]);
      this.setState({ settings, about });
      this.picture = URL.createObjectURL(await snapshot("main"));
      this.setState({ picture: this.picture });
    });
  }

  componentWillUnmount() {
    if (this.picture) URL.revokeObjectURL(this.picture);
  }

  async attempt(action) {
    this.setState({ error: "", notice: "" });
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  change(part) {
    this.setState({ settings: { ...this.state.settings, ...part }, notice: "" });
  }

  save() {
    return this.attempt(async () => {
      const { settings } = this.state;
      await call("PUT", "settings", settings);
      this.setState({ notice: t("saved") });
      this.props.onChange(settings);
    });
  }

  changePassword() {
    return this.attempt(async () => {
      if (!this.state.rulesMet) {
        this.setState({ error: t("error_rules") });
        return;
      }
      await call("POST", "password", { oldPassword: this.state.oldPassword, newPassword: this.state.newPassword });
      this.setState({ oldPassword: "", newPassword: "", rulesMet: false, round: this.state.round + 1, notice: t("password_changed") });
    });
  }

  render(props, { settings, error, notice }) {
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("settings_title")),
      settings ? h(Fragment, null,
        h("form", { onSubmit: formHandler(() => this.save()) },
          this.general(settings), this.masks(settings), this.guesses(settings),
          h("div", { class: "actions" }, h("button", { class: "primary", name: "save" }, t("save")))),
        h(Alert, { text: error }), h(Notice, { text: notice }),
        this.props.user?.role === "administrator" && h(Wifi),
        h(RecordingForm, { picture: this.state.picture, role: this.props.role }),
        this.password(), this.about(), this.props.user?.role === "administrator" && h(EraseCamera)) : h(Fragment, null, !error && h("p", null, t("loading")), h(Alert, { text: error })));
  }

  general(settings) {
    return h("section", { class: "card" }, h("h2", null, t("settings_general")),
      h(Field, {
        label: t("camera_name"), name: "cameraName", value: settings.cameraName ?? "", maxLength: 64,
        onInput: (event) => this.change({ cameraName: event.target.value }),
      }),
      h(Field, { label: t("time_zone"), name: "timeZone", onChange: (event) => this.change({ timeZone: event.target.value }) },
        timeZoneOptions(settings.timeZone)),
      h(Field, { label: t("country"), name: "country", onChange: (event) => this.change({ country: event.target.value }) },
        countryOptions(settings.country)),
      h(Check, {
        label: t("clock_overlay"), name: "clockOverlay", checked: settings.clockOverlay,
        onChange: (event) => this.change({ clockOverlay: event.target.checked }),
      }));
  }

  masks(settings) {
    return h("section", { class: "card" }, h("h2", null, t("masks_title")),
      h("p", null, t("masks_help")),
      h(MaskEditor, { masks: settings.masks ?? [], picture: this.state.picture, onChange: (masks) => this.change({ masks }) }));
  }

  guesses(settings) {
    const limit = settings.guessLimit;
    const entry = (part, label, min, max) => h(Field, {
      label: t(label), name: part, type: "number", inputMode: "numeric", min, max, required: true, value: limit[part],
      onInput: (event) => this.change({ guessLimit: { ...limit, [part]: Number(event.target.value) } }),
    });
    return limit && h("section", { class: "card" }, h("h2", null, t("guess_title")), h("div", { class: "row" },
      entry("failures", "guess_failures", 3, 10), entry("windowSeconds", "guess_window", 10, 3600),
      entry("lockSeconds", "guess_lock", 60, 3600)));
  }

  password() {
    return h("form", { class: "card", key: `password${this.state.round}`, onSubmit: formHandler(() => this.changePassword()) },
      h("h2", null, t("change_password")),
      h(PasswordField, {
        label: t("old_password"), name: "oldPassword", autocomplete: "current-password", required: true, maxLength: 128,
        value: this.state.oldPassword, onInput: (event) => this.setState({ oldPassword: event.target.value }),
      }),
      h(NewPassword, {
        serial: this.state.about?.serial, onChange: (newPassword, rulesMet) => this.setState({ newPassword, rulesMet }),
      }),
      h("div", { class: "actions" }, h("button", null, t("change_password"))));
  }

  about() {
    const { about } = this.state;
    const uptime = about.uptimeSeconds === undefined ? "" : clockText(Math.floor(about.uptimeSeconds));
    const rows = [["serial", about.serial], ["version", about.version], ["source", about.source],
      ["assurance", about.assurance], ["uptime", uptime]];
    return h("section", { class: "card" }, h("h2", null, t("about_title")),
      h("dl", { class: "facts" }, rows.filter(([, value]) => value).map(([key, value]) =>
        h("div", { key }, h("dt", null, t(key)), h("dd", null, String(value))))),
      h("div", { class: "actions" }, h("button", { name: "signOut", onClick: this.props.onSignOut }, t("sign_out"))));
  }
}
