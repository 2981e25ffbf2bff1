// SPDX-License-Identifier: Apache-2.0
// What can be done with the clip being shown and with a range of time: hold, erase after a second confirmation, export.

import { Component, Field, formHandler, h } from "./ui.js";
import { instantOf, timeText, timeValue } from "./days.js";
import { call } from "./api.js";
import { sizeText } from "./sizes.js";
import { t } from "./messages.js";

const operates = (role) => role === "operator" || role === "administrator";
const owns = (role) => role === "administrator";

// One function for all renders: a new one each time would take the focus back at every refresh.
const takeFocus = (element) => element?.focus();

/** Asks once more before something is destroyed. */
const Confirmation = ({ text, onYes, onNo }) =>
  h("div", { class: "alert", role: "alertdialog", "aria-label": text }, h("p", null, text), h("div", { class: "toolbar" },
    h("button", { type: "button", class: "danger", name: "eraseNow", onClick: onYes }, t("erase_now")),
    h("button", { type: "button", name: "eraseKeep", onClick: onNo, ref: takeFocus }, t("erase_keep"))));

export class ClipCard extends Component {
  state = { asking: false };

  async act(action, notice) {
    try {
      await action();
      await this.props.onDone(notice);
    } catch (error) {
      this.props.onError(error);
    }
  }

  hold() {
    const { clip } = this.props;
    return this.act(() => call("POST", `recordings/${clip.id}/hold`, { held: !clip.held }), "");
  }

  /** Stops at the clip in question, so that the answer is not about the next one. */
  ask() {
    this.props.onAsk();
    this.setState({ asking: true });
  }

  erase() {
    const { clip, onErased } = this.props;
    this.setState({ asking: false });
    return this.act(async () => {
      await call("DELETE", `recordings/${clip.id}`);
      onErased();
    }, t("clip_erased"));
  }

  render({ clip, zone, role }, { asking }) {
    const times = { from: timeText(clip.begin, zone), to: timeText(clip.finish, zone) };
    return h("section", { class: "card" }, h("h2", null, t("clip_now")),
      h("p", null, `${times.from} \u2013 ${times.to} \u00b7 ${sizeText(clip.bytes)}`, clip.held ? ` \u00b7 ${t("clip_held")}` : ""),
      operates(role) && !asking && h("div", { class: "toolbar" },
        h("button", { type: "button", name: "hold", onClick: () => this.hold() }, t(clip.held ? "clip_unhold" : "clip_hold")),
        owns(role) && h("button", { type: "button", class: "danger", name: "erase", disabled: clip.held, onClick: () => this.ask() }, t("clip_erase"))),
      asking && h(Confirmation, { text: t("clip_erase_confirm", times), onYes: () => this.erase(), onNo: () => this.setState({ asking: false }) }),
      h("p", { class: "hint" }, t("clip_hold_help")));
  }
}

export class RangeCard extends Component {
  state = { form: "mp4", asking: false };

  componentDidMount() {
    this.useClip();
  }

  componentWillUnmount() {
    clearTimeout(this.timer);
  }

  componentDidUpdate(before) {
    if (before.clip.id !== this.props.clip.id && !this.state.touched) this.useClip();
  }

  useClip() {
    const { clip, zone } = this.props;
    this.setState({ from: timeValue(clip.begin, zone), to: timeValue(clip.finish + 999, zone) });
  }

  range() {
    const { day, zone } = this.props;
    const [from, to] = [this.state.from, this.state.to].map((time) => instantOf(day, time, zone));
    return from < to ? { from: new Date(from).toISOString(), to: new Date(to).toISOString() } : undefined;
  }

  async export() {
    const range = this.range();
    this.setState({ problem: range ? "" : t("export_order"), made: undefined });
    if (!range) return;
    try {
      const made = await call("POST", "recordings/exports", { stream: this.props.stream, ...range, form: this.state.form });
      this.setState({ made }, () => this.follow());
    } catch (error) {
      this.props.onError(error);
    }
  }

  async follow() {
    const { made } = this.state;
    try {
      const now = await call("GET", `recordings/exports/${made.id}`);
      this.setState({ made: { ...now, key: made.key } });
      if (now.phase === "preparing") this.timer = setTimeout(() => this.follow(), 400);
    } catch (error) {
      this.props.onError(error);
    }
  }

  async erase() {
    this.setState({ asking: false });
    try {
      const done = await call("DELETE", `recordings?${new URLSearchParams({ stream: this.props.stream, ...this.range() })}`);
      await this.props.onDone(t("range_erased", { count: done.erased.length, held: done.held.length }));
    } catch (error) {
      this.props.onError(error);
    }
  }

  ask() {
    const range = this.range();
    this.setState({ asking: Boolean(range), problem: range ? "" : t("export_order") });
  }

  time(name, label) {
    return h(Field, {
      label, name, type: "time", step: 1, required: true, value: this.state[name],
      onInput: (event) => this.setState({ [name]: event.target.value, touched: true, made: undefined, asking: false }),
    });
  }

  render({ role }, { form, asking, problem, made, from, to }) {
    if (!operates(role)) return null;
    return h("form", { class: "card", onSubmit: formHandler(() => this.export()) }, h("h2", null, t("export_title")),
      h("div", { class: "row" }, this.time("from", t("export_from")), this.time("to", t("export_to")),
        h(Field, { label: t("export_form"), name: "form", error: problem, onChange: (event) => this.setState({ form: event.target.value, made: undefined }) },
          ["mp4", "bundle"].map((one) => h("option", { value: one, selected: one === form }, t(`export_${one}`))))),
      made && this.progress(made),
      asking ? h(Confirmation, { text: t("range_erase_confirm", { from, to }), onYes: () => this.erase(), onNo: () => this.setState({ asking: false }) })
        : h("div", { class: "actions" },
          owns(role) && h("button", { type: "button", class: "danger", name: "eraseRange", onClick: () => this.ask() }, t("range_erase")),
          h("button", { class: "primary", name: "export" }, t("export_start"))));
  }

  progress(made) {
    const percent = Math.round(made.progress * 100);
    return h("div", { class: "inset", role: "status" },
      made.phase === "preparing" && h("p", null, h("progress", { max: 1, value: made.progress }), " ", t("export_preparing", { percent })),
      (made.phase === "empty" || made.phase === "failed") && h("p", null, t(`export_${made.phase}`)),
      made.phase === "ready" && h("p", null, t("export_ready", { size: sizeText(made.length) }), " ",
        h("a", { class: "download", download: "", href: `api/v1/recordings/exports/${made.id}/file` }, t("export_download"))),
      made.key && h("div", null, h("p", { class: "important" }, t("export_key")), h("code", { class: "key" }, made.key)));
  }
}
