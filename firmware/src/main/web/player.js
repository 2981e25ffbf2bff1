// SPDX-License-Identifier: Apache-2.0
// Live video over a WebSocket into Media Source Extensions, kept near the newest picture.
// The camera sends one text message that names the format, then the init segment, then one fragment per picture.

const MediaSourceClass = window.ManagedMediaSource ?? window.MediaSource;
const firstDelayMillis = 500;
const longestDelayMillis = 15000;
const queueLimit = 300;

export const livePlayable = () =>
  MediaSourceClass?.isTypeSupported('video/mp4; codecs="avc1.42C01F"') === true;

/** Reports {phase: connecting|playing|waiting|unsupported, seconds} and measures what arrives. */
export class Player {
  constructor(video, stream, report) {
    Object.assign(this, { video, stream, report, delay: firstDelayMillis, arrivals: [], queue: [], closed: false });
    this.keeper = setInterval(() => this.keepNearEdge(), 250);
    this.onVisible = () => document.visibilityState === "visible" && this.seekToEdge();
    document.addEventListener("visibilitychange", this.onVisible);
    this.connect();
  }

  close() {
    this.closed = true;
    clearInterval(this.keeper);
    clearTimeout(this.retry);
    document.removeEventListener("visibilitychange", this.onVisible);
    this.disconnect();
  }

  connect() {
    if (!livePlayable()) {
      this.report({ phase: "unsupported" });
      return;
    }
    this.report({ phase: "connecting" });
    const socket = new WebSocket(new URL(`live/${this.stream}`, location.href).href.replace(/^http/, "ws").replace(/#.*/, ""));
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event) => this.socket === socket && this.receive(event.data);
    socket.onclose = () => this.socket === socket && this.reconnect();
    this.socket = socket;
  }

  disconnect() {
    const { socket, url } = this;
    this.socket = this.source = this.buffer = undefined;
    this.queue = [];
    this.arrivals = [];
    socket?.close();
    if (url) {
      this.video.removeAttribute("src");
      this.video.load();
      URL.revokeObjectURL(url);
      this.url = undefined;
    }
  }

  reconnect() {
    if (this.closed) return;
    this.disconnect();
    const delay = this.delay * (0.75 + 0.5 * Math.random());
    this.delay = Math.min(this.delay * 2, longestDelayMillis);
    this.report({ phase: "waiting", seconds: Math.ceil(delay / 1000) });
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), delay);
  }

  receive(data) {
    if (typeof data === "string") {
      this.open(JSON.parse(data));
      return;
    }
    const now = performance.now();
    this.arrivals.push([now, data.byteLength]);
    while (this.arrivals[0][0] < now - 3000) this.arrivals.shift();
    this.queue.push(data);
    // The decoder stands still: what waits is stale, and fragments cannot be left out one by one.
    if (this.queue.length > queueLimit) this.reconnect();
    else this.append();
  }

  open({ mime, width, height }) {
    if (!MediaSourceClass.isTypeSupported(mime)) {
      this.closed = true;
      this.disconnect();
      this.report({ phase: "unsupported" });
      return;
    }
    Object.assign(this, { width, height });
    const source = new MediaSourceClass();
    this.source = source;
    source.addEventListener("sourceopen", () => {
      if (this.source !== source || this.buffer) return;
      this.buffer = source.addSourceBuffer(mime);
      this.buffer.addEventListener("updateend", () => this.append());
      this.append();
    });
    this.video.disableRemotePlayback = true; // Safari's ManagedMediaSource opens only then
    this.url = URL.createObjectURL(source);
    this.video.src = this.url;
    this.video.play().catch(() => this.report({ phase: "tap" }));
  }

  append() {
    const { buffer, queue, source } = this;
    if (!buffer || buffer.updating || source.readyState !== "open") return;
    const { currentTime } = this.video;
    try {
      if (buffer.buffered.length > 0 && buffer.buffered.start(0) < currentTime - 20) {
        buffer.remove(0, currentTime - 5);
      } else if (queue.length > 0) {
        buffer.appendBuffer(queue[0]);
        queue.shift();
      }
    } catch (error) {
      if (error.name === "QuotaExceededError" && currentTime > 1) buffer.remove(0, currentTime - 0.5);
      else this.reconnect();
    }
  }

  edge() {
    const { buffered } = this.video;
    return buffered.length > 0 ? buffered.end(buffered.length - 1) : undefined;
  }

  /** How far the shown picture is behind the newest one that arrived. */
  behindSeconds() {
    const edge = this.edge();
    return edge === undefined ? undefined : Math.max(0, edge - this.video.currentTime);
  }

  keepNearEdge() {
    const { video } = this;
    if (video.error) {
      this.reconnect();
      return;
    }
    const behind = this.behindSeconds();
    if (behind === undefined || video.paused) return;
    const { buffered, currentTime } = video;
    if (behind > 1.5 || currentTime < buffered.start(buffered.length - 1)) this.seekToEdge();
    video.playbackRate = behind > 0.6 ? 1.1 : 1;
    // On a slow network or camera each look finds the newest picture shown and nothing after it; a picture that moves is live.
    const moved = currentTime > this.lastTime;
    this.lastTime = currentTime;
    if (video.readyState >= 3 || moved) {
      this.delay = firstDelayMillis;
      this.report({ phase: "playing" });
    }
  }

  seekToEdge() {
    const edge = this.edge();
    if (edge === undefined) return;
    this.video.currentTime = Math.max(this.video.buffered.start(this.video.buffered.length - 1), edge - 0.2);
    if (this.video.paused) this.video.play().catch(() => this.report({ phase: "tap" }));
  }

  /** Measured over the last three seconds. */
  measured() {
    const { arrivals, width, height } = this;
    const seconds = arrivals.length > 1 ? (arrivals[arrivals.length - 1][0] - arrivals[0][0]) / 1000 : 0;
    const bits = arrivals.slice(1).reduce((sum, [, bytes]) => sum + bytes * 8, 0);
    return {
      width, height, behind: this.behindSeconds(),
      frameRate: seconds > 0.5 ? (arrivals.length - 1) / seconds : undefined,
      bitsPerSecond: seconds > 0.5 ? bits / seconds : undefined,
    };
  }
}
