// SPDX-License-Identifier: Apache-2.0
// Safe mode, and what crashed.

import { Alert, Component, h, Notice } from "./ui.js";
import { call, errorText, status } from "./api.js";
import { t, when } from "./messages.js";

/** Above every screen while the camera runs without pictures. */
export class SafeMode extends Component {
  state = {};

  async componentDidMount() {
    try {
      this.setState({ safe: (await status()).safeMode });
    } catch {
      this.setState({ safe: false }); // the screen below says that the camera does not answer
    }
  }

  async startWhole() {
    this.setState({ error: "" });
    try {
      await call("POST", "health", { action: "start-whole" });
      this.setState({ begun: true });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  render({ role }, { safe, begun, error }) {
    if (!safe) return null;
    return h("section", { class: "card" },
      h("h2", null, t("safe_title")), h("p", null, t("safe_help")), h(Alert, { text: error }), h(Notice, { text: begun ? t("safe_begun") : "" }),
      role === "administrator" && h("div", { class: "actions" },
        h("button", { class: "primary", disabled: begun, onClick: () => this.startWhole() }, t("safe_start"))));
  }
}

/** For administrators: the newest first. */
export class Crashes extends Component {
  state = { crashes: [] };

  async componentDidMount() {
    try {
      this.setState({ crashes: (await call("GET", "health")).crashes.reverse() });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  render(props, { crashes, error }) {
    if (!error && crashes.length === 0) return null;
    return h("section", { class: "card" }, h("h2", null, t("crashes_title")), h("p", null, t("crashes_help")), h(Alert, { text: error }),
      h("ul", null, crashes.map((one) => h("li", null,
        t("crashes_one", { time: when(one.time), version: one.version, seconds: one.seconds, cause: one.cause }),
        one.where.length > 0 && h("pre", null, one.where.join("\n"))))));
  }
}
