// Weeks as ISO 8601 writes them, 2026-W09: Monday to Sunday, the first with the year's first Thursday.

const DAY = 24 * 60 * 60 * 1000;

/** Return the Monday of a week, at midnight UTC. */
function mondayOf(week) {
  const [year, number] = week.split("-W").map(Number);
  // The fourth of January is always in the first week.
  const fourth = new Date(Date.UTC(year, 0, 4));
  return new Date(fourth.getTime() + ((number - 1) * 7 - ((fourth.getUTCDay() + 6) % 7)) * DAY);
}

/** Return the week that is so many weeks before another. */
export function before(week, number) {
  const monday = new Date(mondayOf(week).getTime() - number * 7 * DAY);
  const thursday = new Date(monday.getTime() + 3 * DAY);
  const first = mondayOf(`${thursday.getUTCFullYear()}-W01`);
  const count = Math.round((monday - first) / (7 * DAY)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(count).padStart(2, "0")}`;
}

/** Return the days of a week in words. */
export function daysOf(week, language) {
  const monday = mondayOf(week);
  const days = new Intl.DateTimeFormat(language, { day: "numeric", month: "short", timeZone: "UTC" });
  return days.formatRange(monday, new Date(monday.getTime() + 6 * DAY));
}
