// SPDX-License-Identifier: Apache-2.0
package org.refcam.access;

/** Through which protocol someone asks to come in. Guesses count across all of them together. */
public enum Door {
  WEB,
  REST,
  RTSP,
  WEBSOCKET,
  ONVIF
}
