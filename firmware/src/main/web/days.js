// SPDX-License-Identifier: Apache-2.0
// Days and times of day in the owner's time zone. Instants are milliseconds since 1970.

import { language } from "./messages.js";

const parts = (at, zone) => Object.fromEntries(new Intl.DateTimeFormat("en-CA", {
  timeZone: zone, hourCycle: "h23", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit",
}).formatToParts(at).map(({ type, value }) => [type, value]));

/** The day as YYYY-MM-DD. */
export function dayOf(at, zone) {
  const { year, month, day } = parts(at, zone);
  return `${year}-${month}-${day}`;
}

/** What the zone's clock shows, as if it were UTC. */
function shown(at, zone) {
  const { year, month, day, hour, minute, second } = parts(at, zone);
  return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
}

/** The instant at which the zone's clock shows this day and time; twice, because the offset may change in between. */
export function instantOf(day, time, zone) {
  const wanted = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}Z`);
  let at = wanted;
  for (let i = 0; i < 2; i++) at += wanted - shown(at, zone);
  return at;
}

export function addDays(day, count) {
  return new Date(Date.parse(`${day}T12:00:00Z`) + count * 86400000).toISOString().slice(0, 10);
}

export const timeText = (at, zone, seconds = true) => new Intl.DateTimeFormat(language(), {
  timeZone: zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit", second: seconds ? "2-digit" : undefined,
}).format(at);

/** HH:MM:SS, as an input of type time takes it. */
export function timeValue(at, zone) {
  const { hour, minute, second } = parts(at, zone);
  return `${hour}:${minute}:${second}`;
}

export const dayText = (day) =>
  new Intl.DateTimeFormat(language(), { timeZone: "UTC", dateStyle: "full" }).format(Date.parse(`${day}T12:00:00Z`));
