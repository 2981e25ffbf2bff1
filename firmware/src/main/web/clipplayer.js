// SPDX-License-Identifier: Apache-2.0
// Plays recordings through Media Source Extensions: parts of clips are fetched from any moment on and put where they
// belong on one time axis, so that scrubbing is a seek and gaps are skipped. Without these extensions (iOS before 17.1)
// the clip plays as a file.

import { fetchPart } from "./api.js";

const MediaSourceClass = window.ManagedMediaSource ?? window.MediaSource;
const aheadSeconds = 8;
const keptSeconds = 30;
const partSeconds = 4;
const stepMillis = 200;

export class ClipPlayer {
  /** Reports {phase, at}: at is the wall time in milliseconds. */
  constructor(video, report) {
    this.video = video;
    this.report = report;
    this.clips = [];
    this.rate = 1;
    this.wantsPlay = false;
    this.timer = setInterval(() => this.step(), stepMillis);
  }

  /** The day's clips in order of time; origin is the day's first moment in milliseconds. */
  load(clips, origin) {
    const same = origin === this.origin;
    this.clips = clips;
    this.origin = origin;
    if (!same) this.stop();
  }

  clipAt(at) {
    return this.clips.find((clip) => clip.begin <= at && at < clip.finish);
  }

  following(at) {
    return this.clips.find((clip) => clip.begin > at);
  }

  /** Shows the moment, or the next one that was recorded. */
  seek(at) {
    const clip = this.clipAt(at) ?? this.following(at);
    if (!clip) return;
    this.at = Math.max(at, clip.begin);
    this.generation = (this.generation ?? 0) + 1;
    this.fetching = false;
    this.next = this.at;
    if (!MediaSourceClass) {
      this.playFile(clip);
      return;
    }
    this.open();
    this.video.currentTime = this.seconds(this.at);
    this.report({ phase: "loading", at: this.at });
  }

  playFile(clip) {
    this.video.src = `api/v1/recordings/${clip.id}/video#t=${(this.at - clip.begin) / 1000}`;
    this.origin = clip.begin;
    if (this.wantsPlay) this.video.play().catch(() => this.pause());
  }

  play() {
    this.wantsPlay = true;
    if (this.at === undefined && this.clips.length > 0) this.seek(this.clips[0].begin);
    this.video.play().catch(() => this.pause());
  }

  pause() {
    this.wantsPlay = false;
    this.video.pause();
    this.tell();
  }

  speed(rate) {
    this.rate = rate;
    this.video.playbackRate = rate;
  }

  stop() {
    this.generation = (this.generation ?? 0) + 1;
    this.at = undefined;
    this.source = undefined;
    this.buffer = undefined;
    this.video.pause();
    this.video.removeAttribute("src");
    this.video.load();
    if (this.url) URL.revokeObjectURL(this.url);
    this.url = undefined;
  }

  close() {
    clearInterval(this.timer);
    this.stop();
  }

  seconds(at) {
    return (at - this.origin) / 1000;
  }

  open() {
    if (this.source) return;
    this.source = new MediaSourceClass();
    this.url = URL.createObjectURL(this.source);
    this.video.disableRemotePlayback = true; // ManagedMediaSource asks for it
    this.video.src = this.url;
    this.video.playbackRate = this.rate;
  }

  /** Seconds that can be played from here on without another fetch. */
  ahead() {
    const { buffered, currentTime } = this.video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) <= currentTime + 0.25 && currentTime < buffered.end(i)) return buffered.end(i) - currentTime;
    }
    return 0;
  }

  step() {
    if (this.at === undefined || !this.source || this.source.readyState === "closed") return;
    this.tell();
    const ahead = this.ahead();
    if (ahead < 0.15 && !this.fetching) this.skipGap();
    if (ahead < aheadSeconds * Math.max(1, this.rate) && !this.fetching && this.next !== undefined) this.fetch();
  }

  tell() {
    if (this.at === undefined) return;
    const shown = this.origin + this.video.currentTime * 1000;
    const ready = this.video.readyState >= 2 && !this.video.seeking;
    this.report({ phase: ready ? (this.video.paused ? "paused" : "playing") : "loading", at: ready ? shown : this.at });
    if (ready) this.at = shown;
  }

  /** Jumps over a time without recording, or over the few milliseconds before a clip's first picture. */
  skipGap() {
    const { buffered, currentTime } = this.video;
    for (let i = 0; i < buffered.length; i++) {
      if (buffered.start(i) > currentTime) {
        this.video.currentTime = buffered.start(i) + 0.01;
        if (this.wantsPlay) this.video.play().catch(() => this.pause());
        return;
      }
    }
    if (this.next === undefined && this.wantsPlay && this.video.readyState >= 2 && !this.video.paused) this.pause();
  }

  async fetch() {
    const generation = this.generation;
    const clip = this.clipAt(this.next) ?? this.following(this.next);
    if (!clip) {
      this.next = undefined;
      return;
    }
    this.fetching = true;
    try {
      const part = await fetchPart(clip.id, Math.max(this.next, clip.begin), partSeconds * Math.max(1, this.rate));
      if (generation !== this.generation) return;
      await this.append(part, clip);
      if (generation !== this.generation) return;
      this.next = part.next ?? this.following(clip.begin)?.begin;
      if (this.wantsPlay && this.video.paused) this.video.play().catch(() => this.pause());
    } catch (error) {
      if (generation !== this.generation) return;
      this.next = this.following(clip.begin)?.begin;
      this.report({ phase: "failed", at: this.at, error });
    } finally {
      if (generation === this.generation) this.fetching = false;
    }
  }

  async append(part, clip) {
    if (!this.buffer) {
      this.buffer = this.source.addSourceBuffer(part.type);
      this.source.duration = 2 * 86400;
    } else if (this.type !== part.type) {
      this.buffer.changeType(part.type);
    }
    this.type = part.type;
    const { buffer } = this;
    const before = this.video.currentTime - keptSeconds;
    if (before > 0 && buffer.buffered.length > 0 && buffer.buffered.start(0) < before) {
      await this.settled(() => buffer.remove(0, before));
    }
    buffer.timestampOffset = this.seconds(clip.begin);
    await this.settled(() => buffer.appendBuffer(part.bytes));
  }

  settled(action) {
    const { buffer } = this;
    return new Promise((resolve, reject) => {
      const done = (event) => {
        buffer.removeEventListener("updateend", done);
        buffer.removeEventListener("error", done);
        if (event.type === "error") reject(event);
        else resolve();
      };
      buffer.addEventListener("updateend", done);
      buffer.addEventListener("error", done);
      try {
        action();
      } catch (error) {
        buffer.removeEventListener("updateend", done);
        buffer.removeEventListener("error", done);
        reject(error);
      }
    });
  }
}
