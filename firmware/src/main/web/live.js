// SPDX-License-Identifier: Apache-2.0
// The live view: picture, stream switch, snapshot, full screen, what the stream is like.

import { Alert, Component, Fragment, h, Notice, Title } from "./ui.js";
import { errorText, snapshot, status } from "./api.js";
import { language, t } from "./messages.js";
import { Player } from "./player.js";

const number = (value, digits) =>
  new Intl.NumberFormat(language(), { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);

export class Live extends Component {
  state = { stream: matchMedia("(max-width: 40rem)").matches ? "sub" : "main", phase: "connecting", measured: {} };

  componentDidMount() {
    this.start();
    this.timer = setInterval(() => this.setState({ measured: this.player.measured() }), 1000);
    this.poller = setInterval(() => this.countViewers(), 5000);
    this.countViewers();
  }

  componentWillUnmount() {
    clearInterval(this.timer);
    clearInterval(this.poller);
    this.player.close();
  }

  start() {
    this.player?.close();
    this.player = new Player(this.video, this.state.stream, (report) => {
      if (report.phase !== this.state.phase || report.seconds !== this.state.seconds) this.setState(report);
    });
  }

  async countViewers() {
    try {
      this.setState({ streams: (await status()).streams });
    } catch {
      this.setState({ streams: undefined }); // the number is unknown then, and shown so
    }
  }

  choose(stream) {
    if (stream !== this.state.stream) this.setState({ stream, phase: "connecting" }, () => this.start());
  }

  async snap() {
    this.setState({ error: "", notice: "" });
    try {
      const url = URL.createObjectURL(await snapshot(this.state.stream));
      const link = document.createElement("a");
      link.href = url;
      link.download = `refcam-${new Date().toISOString().replaceAll(":", "-").slice(0, 19)}.jpg`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(url), 10000);
      this.setState({ notice: t("snapshot_saved") });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.frame.requestFullscreen) this.frame.requestFullscreen();
    else this.video.webkitEnterFullscreen?.();
  }

  phaseText() {
    const { phase, seconds } = this.state;
    return t(`live_${phase}`, { seconds });
  }

  render(props, { stream, phase, error, notice }) {
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("live_title")),
      h("div", { class: "picture", ref: (element) => { this.frame = element; } },
        h("video", {
          muted: true, autoplay: true, playsInline: true, "aria-label": t("live_title"),
          ref: (element) => { this.video = element; },
        }),
        phase !== "tap" && h("p", { class: `phase ${phase}`, role: "status" }, this.phaseText()),
        phase === "tap" && h("button", { class: "primary tap", onClick: () => this.video.play() }, t("live_tap"))),
      h("div", { class: "toolbar" },
        h("div", { class: "segments", role: "group", "aria-label": t("live_quality") },
          ["main", "sub"].map((name) => h("button", {
            name, "aria-pressed": String(stream === name), onClick: () => this.choose(name),
          }, t(`live_${name}`)))),
        h("span", { class: "space" }),
        h("button", { name: "snapshot", onClick: () => this.snap() }, t("snapshot")),
        h("button", { name: "fullScreen", onClick: () => this.fullScreen() }, t("full_screen"))),
      h(Alert, { text: error }), h(Notice, { text: notice }),
      this.information());
  }

  information() {
    const { measured, stream, streams } = this.state;
    const { width, height, frameRate, bitsPerSecond, behind } = measured;
    const viewers = streams?.find((one) => one.name === stream)?.viewers;
    const rows = [
      ["info_size", width && t("unit_size", { width, height })],
      ["info_rate", frameRate && number(frameRate, 1)],
      ["info_bits", bitsPerSecond && t("unit_bits", { value: number(bitsPerSecond / 1e6, 2) })],
      ["info_delay", behind !== undefined && t("unit_seconds", { value: number(behind, 1) })],
      ["info_viewers", viewers !== undefined && String(viewers)],
    ];
    return h("section", { "aria-label": t("info_title") },
      h("dl", { class: "facts" }, rows.map(([key, value]) =>
        h(Fragment, { key }, h("div", null, h("dt", null, t(key)), h("dd", null, value || t("unknown")))))));
  }
}
