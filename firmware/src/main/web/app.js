// SPDX-License-Identifier: Apache-2.0
// The page's entry: which screen is due, navigation, language.

import { Alert, Brand, Component, Fragment, h, LanguageSwitch } from "./ui.js";
import { errorText, session, signOut, status, whenSignedOut } from "./api.js";
import { Setup, takeLabelPassword } from "./setup.js";
import { Audit } from "./audit.js";
import { Connect } from "./connect.js";
import { Egress } from "./egress.js";
import { Evidence } from "./evidence.js";
import { FirstPassword } from "./firstpassword.js";
import { SafeMode } from "./health.js";
import { Live } from "./live.js";
import { People } from "./people.js";
import { Recordings } from "./recordings.js";
import { render } from "./vendor/preact.module.js";
import { Settings } from "./settings.js";
import { SignIn } from "./signin.js";
import { StorageNotice } from "./storagenotice.js";
import { t } from "./messages.js";
import { Update } from "./update.js";

const screens = { live: Live, recordings: Recordings, connect: Connect, people: People, egress: Egress, audit: Audit, evidence: Evidence, update: Update, settings: Settings };
// The camera decides; these only spare a person the refusal.
const forAdministrators = ["audit", "egress", "evidence"];
const labelPassword = takeLabelPassword();
const screenOf = (hash) => (Object.hasOwn(screens, hash.slice(2)) ? hash.slice(2) : "live");

class App extends Component {
  state = { screen: screenOf(location.hash) };

  componentDidMount() {
    addEventListener("hashchange", () => this.setState({ screen: screenOf(location.hash) }));
    whenSignedOut(() => this.state.session && this.setState({ session: null, error: t("error_not_signed_in") }));
    this.load();
  }

  async load() {
    this.setState({ error: "" });
    try {
      const camera = await status();
      const user = camera.state === "ready" ? await session() : null;
      this.setState({ camera, session: user });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  async leave() {
    try {
      await signOut();
      this.setState({ session: null, error: "" });
    } catch (error) {
      this.setState({ error: errorText(error) });
    }
  }

  render(props, state) {
    document.title = state.cameraName || t("product");
    return h("div", { class: "page" },
      h("a", { class: "skip", href: "#content", onClick: (event) => { event.preventDefault(); document.getElementById("content")?.focus(); } }, t("skip")),
      h("header", null, h(Brand, { name: state.cameraName }), state.session && !state.session.mustChangePassword && this.navigation(),
        h(LanguageSwitch, { onChange: () => this.forceUpdate() })),
      state.session && !state.session.mustChangePassword && h(SafeMode, { role: state.session.role }),
      this.screen());
  }

  navigation() {
    return h("nav", { "aria-label": t("menu") }, this.names().map((name) => h("a", {
      href: `#/${name}`, "aria-current": this.state.screen === name ? "page" : undefined,
    }, t(`nav_${name}`))));
  }

  names() {
    const governs = this.state.session.role === "administrator";
    return Object.keys(screens).filter((name) => governs || !forAdministrators.includes(name));
  }

  screen() {
    const { camera, session: user, error, screen } = this.state;
    if (!camera) {
      return h("main", { class: "card narrow", id: "content" }, !error && h("p", null, t("loading")), h(Alert, { text: error }),
        error && h("div", { class: "actions" }, h("button", { class: "primary", onClick: () => this.load() }, t("retry"))));
    }
    if (camera.state === "factory") {
      return h(Setup, { serial: camera.serial, labelPassword, onDone: () => this.load() });
    }
    if (!user) return h(SignIn, { error, onSignedIn: (signedIn) => this.setState({ session: signedIn, error: "" }) });
    if (user.mustChangePassword) return h(FirstPassword, { onSignOut: () => this.leave(), onDone: () => this.load() });
    const name = this.names().includes(screen) ? screen : "live";
    // The recordings say it themselves, and newer.
    return h(Fragment, null, name !== "recordings" && h(StorageNotice, { key: `storage-${name}` }), h(screens[name], {
      key: name, user, role: user.role, onSignOut: () => this.leave(), onChange: (settings) => this.setState({ cameraName: settings.cameraName }),
    }));
  }
}

render(h(App), document.getElementById("app"));
