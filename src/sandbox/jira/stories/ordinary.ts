import { FIELD, type Story } from "./story.js";

const WORDS = {
  verbs: ["Fix", "Speed up", "Document", "Simplify", "Translate", "Test", "Remove"],
  things: [
    "the settings page",
    "webhooks",
    "the CSV import",
    "e-mail digests",
    "avatars",
    "the audit log",
    "dark mode",
    "keyboard shortcuts",
    "the public API",
    "pagination",
  ],
  places: [
    "on mobile",
    "in the admin area",
    "for guests",
    "in Safari",
    "after an upgrade",
    "in the nightly job",
    "on slow networks",
  ],
  statuses: ["To Do", "In Progress", "To Do", "In Review", "Done"],
  assignees: [
    "mia",
    "emma",
    "",
    "alok",
    "zoe",
    "james",
    "hanako",
    "",
    "mohammed",
    "grace",
    "luis",
    "priya",
    "noor",
    "olena",
  ],
} as const;

/** The nth ordinary issue: two in three belong to the platform. */
export function ordinary(index: number): Story {
  const { verbs, things, places, statuses, assignees } = WORDS;
  const pick = <T>(list: readonly T[], step: number): T => list[Math.floor(index * step) % list.length] as T;
  const project = (["PLAT", "PLAT", "SUP", "PLAT", "PLAT", "OPS"] as const)[index % 6] as Story["project"];
  const type = project === "PLAT" ? pick(["Task", "Bug", "Story"], 1) : "Task";
  const assignee = pick(assignees, 1);
  return {
    project,
    type,
    summary: `${pick(verbs, 1)} ${pick(things, 1 / verbs.length)} ${pick(places, 1 / 3)}`,
    description: `Noticed ${pick(places, 1 / 3)}.\n\n- Expected: it works\n- Seen: it doesn't`,
    status: pick(statuses, 1 / 2),
    priority: pick(["Medium", "High", "Low", "Medium", "Lowest", "Highest"], 1),
    labels: index % 3 === 0 ? [pick(["backend", "frontend", "infra", "docs"], 1 / 3)] : [],
    ...(assignee !== "" && { assignee }),
    ...(project === "PLAT" && index % 2 === 0 && { parent: "PLAT-1" }),
    ...(type === "Story" && { custom: { [FIELD.points]: 1 + (index % 8) } }),
  };
}
