// SPDX-License-Identifier: Apache-2.0
// Erasing the whole camera: two confirmations, progress, the result, and the certificates of earlier erasures.

import { Alert, Component, Field, formHandler, Fragment, h, Notice, PasswordField } from "./ui.js";
import { call, errorText, status } from "./api.js";
import { t, when } from "./messages.js";

const pollMillis = 1000;
const patienceMillis = 120000;

export class EraseCamera extends Component {
  state = { step: "idle", word: "", password: "", error: "", certificates: [] };

  componentDidMount() {
    this.attempt(async () => this.setState({ certificates: await call("GET", "erase/certificates") }));
  }

  componentWillUnmount() {
    this.gone = true;
  }

  async attempt(action) {
    this.setState({ error: "" });
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  /** The first confirmation: the word, typed. */
  confirmWord() {
    const same = this.state.word.trim().toLocaleUpperCase() === t("erase_word");
    this.setState(same ? { step: "password", error: "" } : { error: t("erase_word_wrong", { word: t("erase_word") }) });
  }

  /** The second: the password, proved anew; then there is no way back. */
  async confirmPassword() {
    const { password } = this.state;
    this.setState({ step: "working", password: "", error: "" });
    try {
      const { token } = await call("POST", "erase/confirmation", { password });
      const erased = await call("POST", "erase", { scope: "device", token });
      this.setState({ step: "restarting", erased });
      await this.awaitFactoryState();
      this.setState({ step: "done" });
    } catch (error) {
      this.setState({ step: this.state.erased ? "restarting" : "password", error: errorText(error) });
    }
  }

  async awaitFactoryState() {
    const end = Date.now() + patienceMillis;
    while (!this.gone && Date.now() < end) {
      await new Promise((resolve) => setTimeout(resolve, pollMillis));
      try {
        if ((await status()).state === "factory") return;
      } catch {
        // it restarts: nobody answers for some seconds
      }
    }
  }

  get file() {
    this.url ??= URL.createObjectURL(new Blob([this.state.erased.certificate], { type: "application/json" }));
    return this.url;
  }

  render(props, { step, error }) {
    return h("section", { class: "card", id: "erase", "data-step": step },
      h("h2", null, t("erase_title")), this.body(step), h(Alert, { text: error }), step === "idle" && this.earlier());
  }

  body(step) {
    if (step === "word") return this.word();
    if (step === "password") return this.password();
    if (step === "working") return h("div", { role: "status" }, h("progress", null), h("p", null, t("erase_working")));
    if (step === "restarting" || step === "done") return this.result(step === "done");
    return h(Fragment, null, h("p", null, t("erase_help")),
      h("div", { class: "actions" }, h("button", {
        class: "danger", name: "eraseBegin", onClick: () => this.setState({ step: "word", word: "" }),
      }, t("erase_begin"))));
  }

  cancel() {
    return h("button", { type: "button", name: "eraseCancel", onClick: () => this.setState({ step: "idle", word: "", password: "", error: "" }) }, t("erase_cancel"));
  }

  word() {
    return h("form", { onSubmit: formHandler(() => this.confirmWord()) },
      h("p", { class: "important" }, t("erase_what_goes")),
      h(Field, {
        label: t("erase_type_word", { word: t("erase_word") }), name: "eraseWord", value: this.state.word, required: true, maxLength: 16,
        autocomplete: "off", onInput: (event) => this.setState({ word: event.target.value }),
      }),
      h("div", { class: "actions" }, h("button", { class: "danger", name: "eraseNext" }, t("next")), this.cancel()));
  }

  password() {
    return h("form", { onSubmit: formHandler(() => this.confirmPassword()) },
      h("p", { class: "important" }, t("erase_no_way_back")),
      h(PasswordField, {
        label: t("old_password"), name: "erasePassword", autocomplete: "current-password", required: true, maxLength: 128,
        value: this.state.password, onInput: (event) => this.setState({ password: event.target.value }),
      }),
      h("div", { class: "actions" }, h("button", { class: "danger", name: "eraseNow" }, t("erase_all_now")), this.cancel()));
  }

  result(done) {
    const id = this.state.erased.certificateId;
    return h(Fragment, null,
      h(Notice, { text: t("erase_keys_dead") }),
      h("p", null, t("erase_certificate"), " ", h("code", { "data-certificate": id }, id)),
      h("div", { class: "actions" },
        h("a", { class: "button", href: this.file, download: `erase-${id}.json` }, t("erase_download_json")),
        done && h("a", { class: "button", href: `api/v1/erase/certificates/${id}/pdf`, download: `erase-${id}.pdf` }, t("erase_download_pdf"))),
      done ? h("p", null, t("erase_done")) : h("div", { role: "status" }, h("progress", null), h("p", null, t("erase_restarting"))),
      done && h("div", { class: "actions" }, h("button", { class: "primary", name: "eraseSetUp", onClick: () => location.reload() }, t("erase_set_up"))));
  }

  earlier() {
    const { certificates } = this.state;
    return certificates.length > 0 && h(Fragment, null, h("h3", null, t("erase_earlier")),
      h("ul", { class: "list" }, certificates.map(({ id, scope, completedAt }) => h("li", { key: id },
        h("span", null, `${when(completedAt)} · ${t(`erase_scope_${scope}`)}`),
        h("span", { class: "actions" },
          h("a", { href: `api/v1/erase/certificates/${id}`, download: `erase-${id}.json` }, t("erase_json")),
          h("a", { href: `api/v1/erase/certificates/${id}/pdf`, download: `erase-${id}.pdf` }, t("erase_pdf")))))));
  }
}
