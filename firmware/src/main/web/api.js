// SPDX-License-Identifier: Apache-2.0
// The camera's REST door: JSON in and out, the session's CSRF token, and errors as one type.

import { hasMessage, language, t } from "./messages.js";

export class ApiError extends Error {
  constructor(status, body, retryAfterSeconds) {
    super(body.error);
    this.status = status;
    this.word = body.error;
    this.reason = body.reason;
    this.texts = body.message;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** What to show: our own text for a known word, else the camera's, else a general one. */
  text() {
    const reason = `error_weak_${String(this.reason).toLowerCase()}`;
    if (this.reason && hasMessage(reason)) return t(reason);
    const key = `error_${this.word}`;
    if (hasMessage(key)) return t(key);
    return this.texts?.[language()] ?? t("error_unknown", { word: this.word });
  }
}

/** The browser's own refusals of a passkey; it tells no more, on purpose. */
const passkeyRefusals = ["NotAllowedError", "SecurityError", "InvalidStateError", "AbortError"];

export const errorText = (error) => passkeyRefusals.includes(error.name) ? t("error_passkey_refused") : error instanceof ApiError ? error.text() : t("error_unknown", { word: error.name });

let csrfToken = "";
let onSignedOut = () => {};

export function whenSignedOut(action) {
  onSignedOut = action;
}

export async function call(method, path, body) {
  const response = await request(method, path, body);
  if (response.status === 204) return null;
  const text = await response.text();
  return text === "" ? null : JSON.parse(text);
}

/** Streams a file; the browser reads it piece by piece. */
export async function upload(path, file) {
  return JSON.parse(await (await request("POST", path, file)).text());
}

async function request(method, path, body) {
  const headers = {};
  const binary = body instanceof Blob;
  if (body !== undefined) headers["Content-Type"] = binary ? "application/octet-stream" : "application/json";
  if (method !== "GET" && csrfToken !== "") headers["X-CSRF-Token"] = csrfToken;
  let response;
  try {
    response = await fetch(`api/v1/${path}`, {
      method,
      headers,
      body: body === undefined || binary ? body : JSON.stringify(body),
      credentials: "same-origin",
      cache: "no-store",
    });
  } catch {
    throw new ApiError(0, { error: "network" });
  }
  if (response.ok) return response;
  const failure = await readFailure(response);
  // A 401 of these two doors is an answer to a guess, or a question; elsewhere the session has ended.
  if (response.status === 401 && !["session", "password", "erase/confirmation"].includes(path)) onSignedOut();
  throw failure;
}

async function readFailure(response) {
  const retryAfter = Number.parseInt(response.headers.get("Retry-After") ?? "", 10);
  let body;
  try {
    body = await response.json();
  } catch {
    body = {};
  }
  if (typeof body?.error !== "string") body = { error: `http_${response.status}` };
  return new ApiError(response.status, body, Number.isNaN(retryAfter) ? undefined : retryAfter);
}

const keepToken = (session) => {
  csrfToken = session?.csrfToken ?? "";
  return session;
};

export const status = () => call("GET", "status");
export const setUp = (entries) => call("POST", "setup", entries);
export const signIn = async (username, password) =>
  keepToken(await call("POST", "session", { username, password }));

export const signInWithPasskey = async (answer) => keepToken(await call("POST", "passkeys/sign-in", answer));

/** The present session, or null when nobody is signed in. */
export async function session() {
  try {
    return keepToken(await call("GET", "session"));
  } catch (error) {
    if (error.status === 401 || error.word === "set_up_first") return keepToken(null);
    throw error;
  }
}

export async function signOut() {
  await call("DELETE", "session");
  keepToken(null);
}

export async function snapshot(stream) {
  return (await request("GET", `snapshot/${stream}`)).blob();
}

/** A few seconds of a clip from a moment on; next is where the following part begins. */
export async function fetchPart(clip, at, seconds) {
  const path = `recordings/${clip}/part?at=${new Date(at).toISOString()}&seconds=${Math.min(30, Math.ceil(seconds))}`;
  const response = await request("GET", path);
  const next = response.headers.get("X-Next") ?? "";
  return {
    type: response.headers.get("Content-Type"),
    next: next === "" ? undefined : Date.parse(next),
    bytes: await response.arrayBuffer(),
  };
}
