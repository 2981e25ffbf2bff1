// SPDX-License-Identifier: Apache-2.0
// What this camera is, in plain words: doors, passwords, keys, data, destinations. For its owner and for who assesses it.

import { Alert, Component, h, Title } from "./ui.js";
import { call, errorText } from "./api.js";
import { hasMessage, t, when } from "./messages.js";

// Long lists of names that are of use to an assessor only.
const forAssessors = ["calls"];

const key = (group, name) => `evidence_${group}_${name.replaceAll("-", "_")}`;
const word = (group, name) => (hasMessage(key(group, name)) ? t(key(group, name)) : name);
const shown = (value) => (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? when(value) : word("value", value));
const list = (values) => (values.length === 0 ? t("evidence_nothing") : values.map(shown).join(", "));

const Fact = ({ fact }) => h("div", null, h("dt", null, word("fact", fact.name)), h("dd", null, list(fact.values)));

const Row = ({ row }) => h("details", { class: "evidence", "data-row": row.id },
  h("summary", null, word("row", row.id)),
  h("dl", { class: "facts" }, row.facts.map((fact) => h(Fact, { key: fact.name, fact }))));

const Table = ({ table }) => h("section", { class: "card", "data-table": table.id },
  h("h2", null, word("table", table.id)),
  hasMessage(key("help", table.id)) && h("p", null, t(key("help", table.id))),
  forAssessors.includes(table.id)
    ? h("details", { class: "evidence" }, h("summary", null, t("evidence_show", { count: table.rows.length })), table.rows.map((row) => h(Row, { key: row.id, row })))
    : table.rows.map((row) => h(Row, { key: row.id, row })));

export class Evidence extends Component {
  state = { error: "" };

  async componentDidMount() {
    try {
      this.setState({ evidence: await call("GET", "evidence") });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  render(props, { evidence, error }) {
    return h("main", { class: "wide", id: "content" },
      h(Title, null, t("evidence_title")), h("p", null, t("evidence_help")), h(Alert, { text: error }),
      !evidence && !error && h("p", null, t("loading")),
      evidence && [
        h("p", { class: "hint", key: "when" }, t("evidence_when", { time: when(evidence.at), serial: evidence.serial, firmware: evidence.firmware })),
        h("div", { class: "toolbar", key: "tools" },
          h("a", { class: "button", href: "api/v1/evidence", download: `evidence-${evidence.serial}.json` }, t("evidence_download"))),
        evidence.tables.map((table) => h(Table, { key: table.id, table })),
      ]);
  }
}
