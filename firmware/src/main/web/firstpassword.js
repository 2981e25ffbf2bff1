// SPDX-License-Identifier: Apache-2.0
// The first sign-in of an account that somebody else made: choose an own password before anything else.

import { Alert, Component, formHandler, h, PasswordField, Title } from "./ui.js";
import { call, errorText } from "./api.js";
import { NewPassword } from "./passwords.js";
import { t } from "./messages.js";

export class FirstPassword extends Component {
  state = { oldPassword: "", newPassword: "", met: false, error: "" };

  async submit() {
    const { oldPassword, newPassword, met } = this.state;
    if (!met) return this.setState({ error: t("error_rules") });
    try {
      await call("POST", "password", { oldPassword, newPassword });
      return this.props.onDone();
    } catch (error) {
      return this.setState({ error: errorText(error) });
    }
  }

  render(props, { oldPassword, error }) {
    return h("main", { class: "card narrow", id: "content" },
      h(Title, null, t("first_password_title")), h("p", null, t("first_password_help")),
      h("form", { onSubmit: formHandler(() => this.submit()) },
        h(PasswordField, {
          label: t("account_first_password"), name: "oldPassword", autocomplete: "current-password", required: true, maxLength: 128,
          value: oldPassword, onInput: (event) => this.setState({ oldPassword: event.target.value }),
        }),
        h(NewPassword, { onChange: (newPassword, met) => this.setState({ newPassword, met }) }),
        h(Alert, { text: error }),
        h("div", { class: "actions" },
          h("button", { type: "button", onClick: props.onSignOut }, t("sign_out")),
          h("button", { class: "primary" }, t("change_password")))));
  }
}
