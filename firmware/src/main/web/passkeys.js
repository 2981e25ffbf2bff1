// SPDX-License-Identifier: Apache-2.0
// Web Authentication, the browser's part. Works only at a host name, with a certificate that the browser trusts.

import { call, signInWithPasskey } from "./api.js";

const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const isAddress = /^[\d.]+$|:/;

export const canUsePasskeys = () =>
  typeof PublicKeyCredential === "function" && !isAddress.test(location.hostname);

export async function makePasskey(name) {
  const options = await call("POST", "passkeys/options");
  const { response } = await navigator.credentials.create({ publicKey: {
    challenge: toBytes(options.challenge),
    rp: { id: options.host, name: options.host },
    user: { id: toBytes(options.userId), name: options.username, displayName: options.username },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }],
    excludeCredentials: options.known.map((id) => ({ type: "public-key", id: toBytes(id) })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    attestation: "none",
  } });
  return call("POST", "passkeys", {
    name,
    challenge: options.challenge,
    clientData: toText(response.clientDataJSON),
    authenticatorData: toText(response.getAuthenticatorData()),
  });
}

export async function usePasskey() {
  const options = await call("POST", "passkeys/sign-in-options");
  const { id, response } = await navigator.credentials.get({ publicKey: {
    challenge: toBytes(options.challenge), rpId: options.host, userVerification: "required",
  } });
  return signInWithPasskey({
    id,
    challenge: options.challenge,
    clientData: toText(response.clientDataJSON),
    authenticatorData: toText(response.authenticatorData),
    signature: toText(response.signature),
  });
}
