// SPDX-License-Identifier: Apache-2.0
// Time zones and countries, named by the browser in the chosen language.

import { h } from "./ui.js";
import { language } from "./messages.js";

const codes =
  "VN AD AE AF AG AL AM AO AR AT AU AZ BA BB BD BE BF BG BH BI BJ BN BO BR BS BT BW BY BZ CA CD CF CG CH CI CL CM CN CO CR CU CV CY CZ " +
  "DE DJ DK DM DO DZ EC EE EG ER ES ET FI FJ FM FR GA GB GD GE GH GM GN GQ GR GT GW GY HK HN HR HT HU ID IE IL IN IQ IR IS IT JM JO JP " +
  "KE KG KH KI KM KN KP KR KW KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MG MH MK ML MM MN MO MR MT MU MV MW MX MY MZ NA NE NG NI " +
  "NL NO NP NR NZ OM PA PE PG PH PK PL PS PT PW PY QA RO RS RU RW SA SB SC SD SE SG SI SK SL SM SN SO SR SS ST SV SY SZ TD TG TH TJ TL " +
  "TM TN TO TR TT TV TW TZ UA UG US UY UZ VA VC VE VU WS YE ZA ZM ZW";

// Browsers still report the old name.
const modern = (zone) => (zone === "Asia/Saigon" ? "Asia/Ho_Chi_Minh" : zone);

export function defaultTimeZone() {
  const zone = modern(Intl.DateTimeFormat().resolvedOptions().timeZone ?? "");
  return zone === "" || zone === "UTC" || zone.startsWith("Etc/") ? "Asia/Ho_Chi_Minh" : zone;
}

export function timeZoneOptions(chosen) {
  const known = Intl.supportedValuesOf?.("timeZone") ?? [];
  const zones = new Set([...known.map(modern), "Asia/Ho_Chi_Minh", "UTC", chosen]);
  return [...zones].sort().map((zone) =>
    h("option", { value: zone, selected: zone === chosen }, zone.replaceAll("_", " ")));
}

export function countryOptions(chosen) {
  const names = new Intl.DisplayNames([language()], { type: "region" });
  return codes.split(" ").map((code) => [code, names.of(code)])
    .sort((a, b) => a[1].localeCompare(b[1], language()))
    .map(([code, name]) => h("option", { value: code, selected: code === chosen }, name));
}
