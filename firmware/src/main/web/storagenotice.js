// SPDX-License-Identifier: Apache-2.0
// Tells on every screen that recording stopped because of its medium. Asked when a screen is opened and not at intervals,
// because every question would keep the session alive.

import { Component, h } from "./ui.js";
import { call } from "./api.js";
import { t } from "./messages.js";

const troubles = ["full", "read_only", "failing"];

/** The word of the trouble that stops recording, or undefined. */
export const troubleOf = (recording) => (recording.streams.length === 0
  ? "closed"
  : recording.streams.find(({ state }) => troubles.includes(state))?.state);

export class StorageNotice extends Component {
  state = {};

  componentDidMount() {
    this.look();
  }

  async look() {
    try {
      this.setState({ trouble: troubleOf(await call("GET", "recordings/state")) });
    } catch {
      this.setState({ trouble: undefined }); // the screen itself says what is wrong
    }
  }

  render(props, { trouble }) {
    return trouble && h("div", { role: "alert", class: "alert", "data-trouble": trouble }, t(`recordings_state_${trouble}`), " ",
      h("a", { href: "#/recordings" }, t("storage_notice_show")));
  }
}
