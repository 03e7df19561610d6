import { nameOfField } from "../src/domain/change-rules.js";
import type { Capabilities } from "../src/connectors/capabilities.js";
import { VENDORS } from "../src/connectors/registry.js";

const BEGIN = "<!-- written by npm run schema -->";
const END = "<!-- the end of what npm run schema writes -->";

const yes = (is: boolean): string => (is ? "yes" : "no");
const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(", ") || "no";

const access = ({ read, write }: Capabilities["comments"]): string => (write ? "read and added" : read ? "read" : "no");

/** One row for each thing that a vendor can do or not. */
const ROWS: readonly [what: string, tell: (of: Capabilities) => string][] = [
  [
    "many tickets at once",
    ({ bulkCreate, batch }) => `\`${bulkCreate}\`${bulkCreate === "FAN_OUT" ? "" : `, ${batch.create} a call`}`,
  ],
  ["`project`", ({ draft }) => draft.project],
  ["`type`", ({ draft }) => draft.type],
  [
    "`status` at creation",
    ({ draft, statusOnCreate }) =>
      draft.status ? (statusOnCreate === "yes" ? "yes" : "by a step of the workflow") : "no",
  ],
  ["`priority`", ({ draft }) => yes(draft.priority)],
  ["`assignees`", ({ draft }) => (draft.assignees > 0 ? `up to ${draft.assignees}` : "no")],
  ["`reporters`", ({ draft }) => (draft.reporters > 0 ? `up to ${draft.reporters}` : "no")],
  ["`parent`", ({ draft }) => yes(draft.parent)],
  ["`tags`", ({ draft }) => yes(draft.tags)],
  ["`dueDate`", ({ draft }) => yes(draft.dueDate)],
  ["`customFields`", ({ draft }) => yes(draft.customFields)],
  ["`identifier`", ({ draft }) => yes(draft.identifier)],
  ["longest `name`", ({ draft }) => String(draft.nameMax)],
  ["rich text is kept as", ({ richText }) => `\`${richText}\``],
  ["`searchTickets` takes", ({ search }) => code(search === null ? [] : [search])],
  ["`IssueType.fields`", ({ fieldDiscovery }) => yes(fieldDiscovery)],
  ["`updateTicket` changes", ({ update }) => code((update?.fields ?? []).map(nameOfField))],
  [
    "a change presents `revision`",
    ({ update }) => (update ? { required: "must", optional: "may", none: "no" }[update.revision] : "no"),
  ],
  ["comments", ({ comments }) => access(comments)],
  ["attachments", ({ attachments }) => access(attachments)],
  ["tickets can be copied into the store", ({ sync }) => yes(sync)],
  ["tells of changes by itself", ({ webhooks }) => yes(webhooks)],
  ["guarantee of a create", ({ guarantee }) => `\`${guarantee}\``],
  [
    "a lost ticket that isn't found",
    ({ absence, guarantee }) =>
      guarantee === "AT_MOST_ONCE"
        ? "goes to a person"
        : absence === "sure"
          ? "is sent again"
          : "goes to a person unless `onUnknown: resend`",
  ],
];

/** The page with its table as the capabilities have it now. */
export function withVendorsTable(page: string): string {
  const lines = [
    ["", ...VENDORS.map(({ title }) => title)],
    ["---", ...VENDORS.map(() => "---")],
    ...ROWS.map(([what, tell]) => [what, ...VENDORS.map(({ capabilities }) => tell(capabilities))]),
  ];
  const table = lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const [before = "", rest = ""] = page.split(BEGIN);
  const [, after = ""] = rest.split(END);
  return `${before}${BEGIN}\n\n${table}\n\n${END}${after}`;
}
