// The screens of badges. Each part is loaded when it is drawn; a lesson's page waits for none of it.

export function register(app) {
  const { html } = app.ui;
  const t = app.t;
  let dressed = false;
  let expecting = false;

  // All of it is for people of the school.
  if (!isMember(app)) return;
  app.menu({ label: t("badges"), to: "/badges" });
  app.route("/badges", drawing("own", "Own"));
  app.route("/badges/leaderboard", drawing("leaderboard", "Leaderboard"));
  app.slot("home.card", drawing("own", "Card"));
  app.slot("person.profile", drawing("own", "Face"));
  app.slot("exercise.after", async (place, { mark }) => {
    if (!mark) expectAnswers();
    if (!mark?.correct) return null;
    const News = await part("news", "News");
    return html`<${News} key=${mark.id} />`;
  });

  function drawing(file, name) {
    return async (place, about) => {
      const Part = await part(file, name);
      return html`<${Part} ...${about} />`;
    };
  }

  /** How one stands before an answer is asked for once somebody begins: a page that is only read costs nothing. */
  function expectAnswers() {
    if (expecting) return;
    expecting = true;
    const begun = () => part("news", "remember").then((remember) => remember());
    addEventListener("pointerdown", begun, { once: true });
    addEventListener("keydown", begun, { once: true });
  }

  async function part(file, name) {
    if (!dressed) app.style("badges.css");
    dressed = true;
    return (await import(`./${file}.js`)).use(app)[name];
  }
}

function isMember({ me, school }) {
  return me?.memberships.some((place) => place.school === school.id && place.status === "active");
}
