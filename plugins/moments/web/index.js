// The screens of moments. Each part is loaded when it is drawn: a lesson's page waits for none of it.

export function register(app) {
  const { html, useState } = app.ui;
  const t = app.t;
  let dressed = false;

  // All of it is for people of the school.
  if (!isMember(app)) return;
  app.menu({ label: t("moments"), to: "/moments" });
  app.route("/moments", drawing("feed", "Feed"));
  app.route("/moments/following", drawing("feed", "Following"));
  app.route("/moments/featured", drawing("feed", "Featured"));
  app.route("/moments/tags/:tag", drawing("feed", "Tagged"));
  app.route("/moments/activity", drawing("activity", "Activity"));
  app.route("/moments/people/:id", drawing("people", "MomentsOf"));
  app.route("/moments/people/:id/:list", drawing("people", "People"));
  app.route("/moments/:id", drawing("one", "One"));
  app.slot("home.card", drawing("feed", "Latest"));
  app.slot("person.profile", drawing("people", "Profile"));
  app.slot("lesson.after", (place, { lesson }) => html`<${AfterLesson} key=${lesson.id} lesson=${lesson} />`);

  function drawing(file, name) {
    return async (place, about) => {
      const Part = await part(file, name);
      return html`<${Part} ...${about} />`;
    };
  }

  async function part(file, name) {
    if (!dressed) app.style("moments.css");
    dressed = true;
    return (await import(`./${file}.js`)).use(app)[name];
  }

  function AfterLesson({ lesson }) {
    const [open, setOpen] = useState(null);
    const tell = async () => setOpen({ Part: await part("composer", "AboutLesson") });
    if (open) return html`<${open.Part} lesson=${lesson} />`;
    return html`<p><button class="plain" onClick=${tell}>${t("tell-others")}</button></p>`;
  }
}

function isMember({ me, school }) {
  return me?.memberships.some((place) => place.school === school.id && place.status === "active");
}
