import { randomUUID } from "node:crypto";
import type { JsonObject } from "../json.js";
import { HARDWARE, PRIORITY_FIELD, SOFTWARE, STATUSES, STATUS_FIELD, TYPES, type Type } from "./catalog.js";

interface Ticket {
  readonly id: string;
  readonly objectId: string;
  etag: string;
  summary: string;
  data: JsonObject;
  readonly team: string;
  readonly typeId: string;
  statusType: string;
  statusCategory: string;
  version: number;
  readonly serial: number;
  readonly createdAt: number;
  updatedAt: number;
}

/** What Rezolve holds of one tenant. */
export interface RezolveState {
  readonly tickets: Ticket[];
  /** As administrators have made them up to now. */
  types: readonly Type[];
  add(type: Type, team: string, summary: string, fields: JsonObject, now: number): Ticket;
  clear(): void;
}

export const TENANT_ID = "820188ff-2036-4924-b80f-d11610735d86";

/** The first ticket of a hardware request after the start is CTC-0054. */
const STARTS: Readonly<Record<string, number>> = { CTC: 50, REQ: 10 };

export function openState(): RezolveState {
  const tickets: Ticket[] = [];
  const last = new Map<string, number>();
  return {
    tickets,
    types: TYPES,
    add(type, team, summary, fields, now) {
      const number = (last.get(type.prefix) ?? STARTS[type.prefix] ?? 0) + 1;
      last.set(type.prefix, number);
      const [open] = STATUSES as [(typeof STATUSES)[number]];
      const ticket: Ticket = {
        id: randomUUID(),
        objectId: `${type.prefix}-${String(number).padStart(4, "0")}`,
        etag: randomUUID(),
        summary,
        data: {
          ...fields,
          ccWatchers: [],
          toWatchers: [],
          submittedBy: "user@example.com",
          lastUpdatedBy: { lastName: "Doe", username: "user@example.com", firstName: "Jane" },
        },
        team,
        typeId: type.id,
        statusType: open.name,
        statusCategory: open.category,
        version: 2,
        serial: 1_458_684 + tickets.length,
        createdAt: now,
        updatedAt: now,
      };
      tickets.push(ticket);
      return ticket;
    },
    clear() {
      this.types = TYPES;
      tickets.length = 0;
      last.clear();
    },
  };
}

/** Some tickets to look at, made an hour apart before `now`. */
export function seed(state: RezolveState, now: number, count = 5): void {
  const stories: readonly [type: Type, team: string, summary: string, fields: JsonObject][] = [
    [HARDWARE, "james", "Hardware request - a chair that holds", { offerId: "23630", [PRIORITY_FIELD]: "Low" }],
    [HARDWARE, "james", "Hardware request - docking station", { offerId: "23629", [PRIORITY_FIELD]: "High" }],
    [SOFTWARE, "it", "Licence for the new designer", { offerId: "23700", "93aabbc9-fd45-407d-8569-b140bf9cc6a7": 1 }],
    [HARDWARE, "james", "Hardware request - keyboard without coffee", { offerId: "23629", [PRIORITY_FIELD]: "Medium" }],
    [SOFTWARE, "it", "Ten licences for the analysts", { offerId: "23700", "93aabbc9-fd45-407d-8569-b140bf9cc6a7": 10 }],
  ];
  for (let n = 0; n < count; n += 1) {
    const [type, team, summary, fields] = stories[n % stories.length] as (typeof stories)[number];
    const description = type.fields.find(({ type: kind }) => kind === "textarea")?.id ?? "";
    const text = "<p>As soon as <strong>possible</strong>, please.</p>";
    const title = n < stories.length ? summary : `${summary} (${n})`;
    state.add(type, team, title, { ...fields, [description]: text }, now - (count - n) * 3_600_000);
  }
}

/** Changes a ticket's fields; each change makes a new etag. */
export function change(ticket: Ticket, fields: JsonObject, now: number): void {
  ticket.data = { ...ticket.data, ...fields };
  const status = STATUSES.find(({ name }) => name === fields[STATUS_FIELD]);
  if (status) {
    ticket.statusType = status.name;
    ticket.statusCategory = status.category;
  }
  ticket.etag = randomUUID();
  ticket.version += 1;
  ticket.updatedAt = now;
}

export function ticketRecord(ticket: Ticket): JsonObject {
  return {
    id: ticket.id,
    tenant_id: TENANT_ID,
    object_id: ticket.objectId,
    etag: ticket.etag,
    summary: ticket.summary,
    data: ticket.data,
    lookup_props: { teamId: ticket.team, itemTypeId: ticket.typeId },
    moved_to: null,
    deleted_seq: -1,
    version: ticket.version,
    status_type: ticket.statusType,
    status_category: ticket.statusCategory,
    created_at: new Date(ticket.createdAt).toISOString(),
    updated_at: new Date(ticket.updatedAt).toISOString(),
    id_serial: ticket.serial,
    metrics: [],
    slas: [],
  };
}

/** The same ticket as older pages of the documentation show it. */
export function olderRecord(ticket: Ticket): JsonObject {
  return {
    id: ticket.id,
    ticketNumber: ticket.objectId,
    subject: ticket.summary,
    status: ticket.statusType,
    priority: ticket.data[PRIORITY_FIELD] ?? null,
    assignee: { id: "u-2", name: "Omar Sy", email: "omar@example.com" },
    team: ticket.team,
    createdAt: new Date(ticket.createdAt).toISOString(),
    updatedAt: new Date(ticket.updatedAt).toISOString(),
  };
}
