// SPDX-License-Identifier: Apache-2.0
// Recordings: a day's timeline, playing and scrubbing, events, clips; export and erasing stand in their own files.

import { addDays, dayOf, dayText, instantOf, timeText } from "./days.js";
import { Alert, Component, Fragment, h, Notice, Title } from "./ui.js";
import { call, errorText, status } from "./api.js";
import { ClipCard, RangeCard } from "./clipcards.js";
import { ClipPlayer } from "./clipplayer.js";
import { sizeText } from "./sizes.js";
import { t } from "./messages.js";
import { Timeline } from "./timeline.js";
import { troubleOf } from "./storagenotice.js";

const speeds = [0.5, 1, 2, 4, 8];
const refreshMillis = 5000;
const clipsAtFirst = 24;

const timed = (item) => ({ ...item, begin: Date.parse(item.start), finish: Date.parse(item.end), key: `${item.clip ?? item.id}${item.start}` });
export const thumbnailOf = (clip) => `api/v1/recordings/${clip.id}/thumbnail`;

export class Recordings extends Component {
  state = { clips: [], events: [], stream: "main", speed: 1, phase: "idle", shown: clipsAtFirst };

  componentDidMount() {
    this.player = new ClipPlayer(this.video, ({ phase, at, error }) => {
      if (phase !== this.state.phase || at !== this.state.at) this.setState({ phase, at });
      if (error) this.setState({ error: error.word ? errorText(error) : t("play_failed") });
    });
    this.attempt(async () => {
      const { timeZone: zone } = await status();
      const settings = await call("GET", "recordings/settings");
      const stream = settings.streams.includes("main") ? "main" : "sub";
      this.setState({ zone, settings, stream, day: dayOf(Date.now(), zone) }, () => this.load());
    });
    this.timer = setInterval(() => this.load(true), refreshMillis);
  }

  componentWillUnmount() {
    clearInterval(this.timer);
    this.player.close();
  }

  async attempt(action) {
    this.setState({ error: "", notice: "" });
    try {
      await action();
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  bounds() {
    const { day, zone } = this.state;
    return [instantOf(day, "00:00", zone), instantOf(addDays(day, 1), "00:00", zone)];
  }

  async load(quietly = false) {
    const { day, stream } = this.state;
    if (!day || this.loading) return;
    this.loading = true;
    try {
      const [begin, finish] = this.bounds();
      const recording = await call("GET", "recordings/state");
      let clips = [];
      let events = [];
      let after = "";
      do {
        const page = await call("GET", `recordings?${new URLSearchParams({
          stream, from: new Date(begin).toISOString(), to: new Date(finish).toISOString(), limit: 1000, after,
        })}`);
        clips = clips.concat(page.clips.map(timed));
        events = events.concat(page.events.map(timed));
        after = page.next;
      } while (after !== "");
      if (day === this.state.day && stream === this.state.stream) {
        this.player.load(clips, begin);
        this.setState({ clips, events, recording, loaded: true });
      }
    } catch (error) {
      if (!quietly) this.setState({ error: errorText(error), loaded: true });
    } finally {
      this.loading = false;
    }
  }

  show(part) {
    this.player.pause();
    this.setState({ ...part, clips: [], events: [], at: undefined, phase: "idle", loaded: false, shown: clipsAtFirst, error: "", notice: "" }, () => {
      this.loading = false;
      this.player.load([], undefined);
      this.load();
    });
  }

  seek(at) {
    this.setState({ error: "" });
    this.player.seek(at);
    this.player.play();
  }

  /** To the event before or after the moment shown; clips recorded for movement count as events. */
  jump(direction) {
    const { events, clips, at = 0 } = this.state;
    const starts = [...events, ...clips.filter((clip) => clip.trigger === "motion")].map(({ begin }) => begin).sort((a, b) => a - b);
    const target = direction > 0 ? starts.find((begin) => begin > at + 1000) : starts.filter((begin) => begin < at - 3000).pop();
    if (target !== undefined) this.seek(target);
  }

  chooseSpeed(speed) {
    this.setState({ speed });
    this.player.speed(speed);
  }

  choose(mode) {
    return this.attempt(async () => {
      const settings = await call("PUT", "recordings/settings", { ...this.state.settings, mode });
      this.setState({ settings });
      await this.load();
    });
  }

  render(props, state) {
    const { error, notice, zone, loaded, clips } = state;
    return h("main", { class: "wide", id: "content" }, h(Title, null, t("recordings_title")),
      zone && this.condition(),
      h("div", { class: "picture" },
        h("video", { muted: true, playsInline: true, "aria-label": t("recordings_title"), ref: (element) => { this.video = element; } }),
        this.overlay()),
      zone && h(Fragment, null, this.controls(), this.days(), this.timeline(),
        h(Alert, { text: error }), h(Notice, { text: notice }),
        loaded && clips.length === 0 && h("p", { role: "status" }, t("recordings_none")),
        this.cards(), this.clips()),
      !zone && h(Alert, { text: error }));
  }

  condition() {
    const { recording, settings } = this.state;
    if (!recording) return h("p", null, t("loading"));
    if (recording.streams.length === 0) return h(Alert, { text: t("recordings_state_closed") });
    if (settings.mode === "off" && this.props.role === "administrator") {
      return h("section", { class: "card" }, h("p", null, t("recordings_off")), h("div", { class: "toolbar" },
        h("button", { class: "primary", name: "recordMotion", onClick: () => this.choose("motion") }, t("record_motion")),
        h("button", { name: "recordAlways", onClick: () => this.choose("continuous") }, t("record_always"))));
    }
    const trouble = troubleOf(recording);
    if (trouble) return h(Alert, { text: t(`recordings_state_${trouble}`) });
    const active = recording.streams.find(({ state }) => state === "recording") ?? recording.streams.find(({ state }) => state === "waiting");
    return h("p", { class: "condition", role: "status" },
      h("span", { class: `dot ${active?.state}` }), t(`recordings_state_${active?.state ?? "off"}`),
      h("span", { class: "hint" }, t("recordings_used", { used: sizeText(recording.bytes), free: sizeText(Math.max(0, recording.free)) })));
  }

  overlay() {
    const { phase, at, zone, clips } = this.state;
    if (at === undefined) return h("p", { class: "phase" }, t(clips.length > 0 ? "play_hint" : "recordings_none"));
    return h("p", { class: "phase" }, timeText(at, zone), phase === "loading" ? ` \u00b7 ${t("play_loading")}` : "");
  }

  controls() {
    const { phase, speed, at, clips } = this.state;
    const playing = phase === "playing" || (phase === "loading" && this.player?.wantsPlay);
    const button = (name, sign, label, action) =>
      h("button", { type: "button", name, "aria-label": label, title: label, disabled: clips.length === 0, onClick: action }, sign);
    return h("div", { class: "toolbar controls" },
      button("eventBefore", "\u23ee", t("event_before"), () => this.jump(-1)),
      button("back", "\u221210", t("back_seconds"), () => this.seek((at ?? 0) - 10000)),
      button("play", playing ? "\u23f8" : "\u25b6", t(playing ? "pause" : "play"), () => {
        if (playing) this.player.pause();
        else this.player.play();
      }),
      button("forward", "+10", t("forward_seconds"), () => this.seek((at ?? 0) + 10000)),
      button("eventAfter", "\u23ed", t("event_after"), () => this.jump(1)),
      h("span", { class: "space" }),
      h("select", { name: "speed", "aria-label": t("speed"), class: "speed", onChange: (event) => this.chooseSpeed(Number(event.target.value)) },
        speeds.map((one) => h("option", { value: one, selected: one === speed }, `${one}\u00d7`))));
  }

  days() {
    const { day, zone, settings, stream } = this.state;
    const today = dayOf(Date.now(), zone);
    return h("div", { class: "toolbar days" },
      h("button", { type: "button", "aria-label": t("day_before"), onClick: () => this.show({ day: addDays(day, -1) }) }, "\u2039"),
      h("input", {
        type: "date", name: "day", "aria-label": t("day"), value: day, max: today,
        onChange: (event) => event.target.value && this.show({ day: event.target.value }),
      }),
      h("button", { type: "button", "aria-label": t("day_after"), disabled: day >= today, onClick: () => this.show({ day: addDays(day, 1) }) }, "\u203a"),
      h("span", { class: "hint daytext" }, dayText(day)),
      h("span", { class: "space" }),
      settings.streams.length > 1 && h("div", { class: "segments", role: "group", "aria-label": t("live_quality") }, settings.streams.map((name) =>
        h("button", { type: "button", name, "aria-pressed": String(stream === name), onClick: () => this.show({ stream: name }) }, t(`live_${name}`)))));
  }

  timeline() {
    const { clips, events, at, zone, day } = this.state;
    const [begin, finish] = this.bounds();
    return h(Timeline, { key: day, clips, events, at, zone, begin, finish, onSeek: (moment) => this.seek(moment), onThumbnail: thumbnailOf });
  }

  cards() {
    const { at, clips, zone, day, stream } = this.state;
    const clip = clips.find(({ begin, finish }) => at !== undefined && begin <= at && at <= finish);
    const report = (notice) => {
      this.setState({ notice, error: "" });
      return this.load();
    };
    const fail = (error) => this.setState({ error: errorText(error), notice: "" });
    const shared = { zone, role: this.props.role, onDone: report, onError: fail };
    return h(Fragment, null,
      clip && h(ClipCard, { key: clip.id, clip, ...shared, onAsk: () => this.player.pause(), onErased: () => this.player.stop() }),
      clips.length > 0 && h(RangeCard, { key: `${day}${stream}`, day, stream, clip: clip ?? clips[clips.length - 1], ...shared }));
  }

  clips() {
    const { clips, zone, shown } = this.state;
    return clips.length > 0 && h("section", null, h("h2", null, t("clips_title")),
      h("ul", { class: "clips" }, [...clips].reverse().slice(0, shown).map((clip) => h("li", { key: clip.id },
        h("button", { type: "button", "aria-label": t("clip_picture", { time: timeText(clip.begin, zone) }), onClick: () => this.seek(clip.begin) },
          clip.thumbnail ? h("img", { src: thumbnailOf(clip), alt: "", loading: "lazy", width: 320, height: 180 }) : h("span", { class: "nothumb" }),
          h("span", null, timeText(clip.begin, zone), clip.held ? ` \u00b7 ${t("clip_held")}` : ""))))),
      clips.length > shown && h("div", { class: "toolbar" }, h("button", { type: "button", onClick: () => this.setState({ shown: shown + clipsAtFirst }) }, t("clips_more"))));
  }
}
