// SPDX-License-Identifier: Apache-2.0
// Settings of recording and movement, saved by themselves.

import { Alert, Check, Component, Field, formHandler, Fragment, h, Notice } from "./ui.js";
import { call, errorText } from "./api.js";
import { language, t } from "./messages.js";
import { MaskEditor } from "./masks.js";

const week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** 5 January 1970 was a Monday. */
const dayName = (index) => new Intl.DateTimeFormat(language(), { weekday: "short", timeZone: "UTC" }).format((4 + index) * 86400000);

export class RecordingForm extends Component {
  state = { error: "", notice: "" };

  componentDidMount() {
    this.attempt(async () => this.setState({ settings: await call("GET", "recordings/settings") }));
    this.timer = setInterval(() => this.look(), 2000);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
  }

  async look() {
    try {
      this.setState({ moving: (await call("GET", "recordings/state")).moving });
    } catch {
      this.setState({ moving: undefined }); // not known then, and not shown
    }
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
      this.setState({ settings: await call("PUT", "recordings/settings", this.state.settings), notice: t("saved") });
    });
  }

  render(props, { settings, error, notice }) {
    return h("form", { onSubmit: formHandler(() => this.save()) },
      settings && h(Fragment, null, this.recording(settings), this.movement(settings),
        h("div", { class: "actions" }, h("button", { class: "primary", name: "saveRecording" }, t("save")))),
      h(Alert, { text: error }), h(Notice, { text: notice }));
  }

  number(part, label, min, max, hint) {
    return h(Field, {
      label, name: part, hint, type: "number", inputMode: "numeric", min, max, required: true, value: this.state.settings[part],
      onInput: (event) => this.change({ [part]: Number(event.target.value) }),
    });
  }

  recording(settings) {
    return h("section", { class: "card" }, h("h2", null, t("recording_title")),
      h(Field, { label: t("recording_mode"), name: "mode", onChange: (event) => this.change({ mode: event.target.value }) },
        ["off", "continuous", "motion"].map((mode) => h("option", { value: mode, selected: mode === settings.mode }, t(`mode_${mode}`)))),
      ["main", "sub"].map((stream) => h(Check, {
        key: stream, label: t(`record_${stream}`), name: `record_${stream}`, checked: settings.streams.includes(stream),
        onChange: (event) => this.toggle(stream, event.target.checked),
      })),
      this.schedule(settings),
      h("div", { class: "row" },
        settings.mode === "motion" && this.number("preRollSeconds", t("pre_roll"), 0, 30),
        settings.mode === "motion" && this.number("postRollSeconds", t("post_roll"), 2, 300),
        this.number("clipMinutes", t("clip_minutes"), 1, 10, t("clip_minutes_hint"))),
      h("div", { class: "row" }, this.number("keepDays", t("keep_days"), 0, 3650),
        this.number("keepMebibytes", t("keep_mebibytes"), 0, 1073741824)),
      h("p", { class: "hint" }, t("keep_hint")));
  }

  /** One stream at least stays chosen. */
  toggle(stream, on) {
    const others = this.state.settings.streams.filter((one) => one !== stream);
    this.change({ streams: on || others.length === 0 ? [...others, stream] : others });
  }

  schedule({ schedule }) {
    const put = (index, part) => this.change({ schedule: schedule.map((span, i) => (i === index ? { ...span, ...part } : span)) });
    return h("fieldset", { class: "schedule" }, h("legend", null, t("schedule_title")),
      schedule.length === 0 && h("p", { class: "hint" }, t("schedule_always")),
      schedule.map((span, index) => h("div", { class: "span", key: index },
        h("div", { class: "weekdays" }, week.map((day, i) => h("button", {
          key: day, type: "button", "aria-pressed": String(span.days.includes(day)),
          onClick: () => {
            const days = week.filter((one) => (one === day) !== span.days.includes(one));
            if (days.length > 0) put(index, { days });
          },
        }, dayName(i)))),
        h("input", { type: "time", required: true, "aria-label": t("export_from"), value: span.from, onInput: (event) => put(index, { from: event.target.value }) }),
        h("input", { type: "time", required: true, "aria-label": t("export_to"), value: span.to, onInput: (event) => put(index, { to: event.target.value }) }),
        h("button", { type: "button", "aria-label": t("schedule_remove"), onClick: () => this.change({ schedule: schedule.filter((one, i) => i !== index) }) }, "\u00d7"))),
      h("button", { type: "button", disabled: schedule.length >= 28, onClick: () => this.change({ schedule: [...schedule, { days: [...week], from: "18:00", to: "06:00" }] }) }, t("schedule_add")));
  }

  movement(settings) {
    const { moving } = this.state;
    const looks = settings.mode === "motion" || settings.motionDetection;
    return h("section", { class: "card" }, h("h2", null, t("motion_title")),
      h(Check, {
        label: t("motion_detect"), name: "motionDetection", checked: looks, disabled: settings.mode === "motion",
        onChange: (event) => this.change({ motionDetection: event.target.checked }),
      }),
      looks && h(Fragment, null,
        h(Field, {
          label: `${t("motion_sensitivity")}: ${settings.sensitivity}`, name: "sensitivity", type: "range", min: 1, max: 100, value: settings.sensitivity,
          onInput: (event) => this.change({ sensitivity: Number(event.target.value) }),
        }),
        moving !== undefined && h("p", { class: "hint", role: "status" }, t(moving ? "motion_seen" : "motion_still")),
        h("p", null, t("zones_help")),
        h(MaskEditor, { kind: "zone", masks: settings.zones, picture: this.props.picture, onChange: (zones) => this.change({ zones: this.named(zones) }) })));
  }

  /** A new zone gets the first number that is free. */
  named(zones) {
    const names = new Set(zones.map(({ name }) => name));
    return zones.map((zone) => {
      if (zone.name) return zone;
      let number = 1;
      while (names.has(t("zone_number", { number }))) number++;
      const name = t("zone_number", { number });
      names.add(name);
      return { ...zone, name };
    });
  }
}
