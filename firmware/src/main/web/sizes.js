// SPDX-License-Identifier: Apache-2.0
// Sizes of files as people read them.

import { language, t } from "./messages.js";

const number = (value) => new Intl.NumberFormat(language(), { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);

export const sizeText = (bytes) =>
  bytes >= 1e9 ? t("unit_gib", { value: number(bytes / 1e9) }) : t("unit_mib", { value: number(bytes / 1e6) });
