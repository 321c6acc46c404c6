// The probe's screens: it fills every slot that there is.
import { label } from "./parts/label.js";

const SLOTS = ["lesson.after", "exercise.after", "person.profile", "home.card", "nav"];

export function register(app) {
  for (const slot of SLOTS) {
    app.slot(slot, (place) => label(`probe: ${slot}`, place));
  }
  app.menu({ label: app.t("Probe"), to: "/probe" });
  app.route("/probe", (place) => label("The probe", place));
}
