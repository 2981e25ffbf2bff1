// SPDX-License-Identifier: Apache-2.0
// Sign-in, with a countdown while the camera refuses guesses.

import { Alert, clockText, Component, Field, formHandler, h, PasswordField, Title } from "./ui.js";
import { canUsePasskeys, usePasskey } from "./passkeys.js";
import { errorText, signIn } from "./api.js";
import { t } from "./messages.js";

export class SignIn extends Component {
  state = { username: "owner", password: "", error: this.props.error ?? "", busy: false, lockedUntil: 0, left: 0 };

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  async submit() {
    if (this.state.busy) return;
    this.setState({ busy: true, error: "" });
    try {
      this.props.onSignedIn(await signIn(this.state.username.trim(), this.state.password));
    } catch (error) {
      this.setState({ busy: false, password: "", error: errorText(error) });
      if (error.status === 429 && error.retryAfterSeconds > 0) this.lock(error.retryAfterSeconds);
    }
  }

  async passkey() {
    this.setState({ busy: true, error: "" });
    try {
      this.props.onSignedIn(await usePasskey());
    } catch (error) {
      this.setState({ busy: false, error: errorText(error) });
    }
  }

  lock(seconds) {
    const lockedUntil = Date.now() + seconds * 1000;
    clearInterval(this.timer);
    const tick = () => {
      const left = Math.max(0, Math.ceil((lockedUntil - Date.now()) / 1000));
      if (left === 0) clearInterval(this.timer);
      this.setState({ left, error: left === 0 ? t("locked_over") : "" });
    };
    this.timer = setInterval(tick, 1000);
    tick();
  }

  render(props, { username, password, error, busy, left }) {
    return h("main", { class: "card narrow", id: "content" },
      h(Title, null, t("sign_in")),
      h("form", { onSubmit: formHandler(() => this.submit()) },
        h(Field, {
          label: t("user_name"), name: "username", autocomplete: "username", value: username, required: true, maxLength: 64,
          autocapitalize: "none", spellcheck: false, onInput: (event) => this.setState({ username: event.target.value }),
        }),
        h(PasswordField, {
          label: t("password"), name: "password", autocomplete: "current-password", value: password, required: true, maxLength: 128,
          onInput: (event) => this.setState({ password: event.target.value }),
        }),
        h(Alert, { text: left > 0 ? t("locked_wait", { time: clockText(left) }) : error }),
        h("div", { class: "actions" },
          h("button", { class: "primary", disabled: busy || left > 0 }, t(busy ? "signing_in" : "sign_in")),
          canUsePasskeys() && h("button", { type: "button", name: "passkey", disabled: busy || left > 0, onClick: () => this.passkey() },
            t("passkey_use")))));
  }
}
