import { jiraIssue } from "./render.js";
import type { Ticket } from "./state.js";

/** As much JQL as people try first: clauses joined by AND, `=`, `!=`, `~` and `in`, and an order by creation. Jira's words where it is more. */
export function runJql(jql: string, tickets: readonly Ticket[]): readonly Ticket[] | string {
  const [, where = "", order] = /^(.*?)(?:\border\s+by\s+(.+))?$/is.exec(jql.trim()) ?? [];
  if (order !== undefined && !/^(created|key)(\s+(asc|desc))?$/i.test(order.trim()))
    return `Error in the JQL Query: can't order by "${order.trim()}".`;
  let found = [...tickets];
  const keys = new Set(tickets.map(({ key }) => key));
  for (const clause of where.trim() === "" ? [] : where.split(/\s+and\s+/i)) {
    const [, field = "", operator = "", operand = ""] = /^\s*(\w+)\s*(=|!=|~|in\b)\s*(.+?)\s*$/is.exec(clause) ?? [];
    const read = FIELDS[field.toLowerCase()];
    if (field === "") return `Error in the JQL Query: can't read "${clause.trim()}".`;
    if (!read) return `Field '${field}' does not exist or you do not have permission to view it.`;
    const values = operandOf(operand, operator.toLowerCase() === "in");
    if (!values) return `Error in the JQL Query: can't read "${operand}".`;
    const absent = /^(issue)?key$/i.test(field) ? values.find((value) => !keys.has(value.toUpperCase())) : undefined;
    if (absent !== undefined) return `An issue with key '${absent}' does not exist for field 'key'.`;
    found = found.filter((ticket) => fits(read(ticket), operator.toLowerCase(), values));
  }
  const isDescending = /desc/i.test(order ?? "");
  return isDescending ? found.reverse() : found;
}

const FIELDS: Readonly<Record<string, (ticket: Ticket) => readonly string[]>> = {
  key: ({ key }) => [key],
  issuekey: ({ key }) => [key],
  project: ({ project }) => [project.key, project.name],
  issuetype: ({ typeName, typeId }) => [typeName, typeId],
  type: ({ typeName, typeId }) => [typeName, typeId],
  priority: ({ priority }) => [priority ?? ""],
  status: (ticket) => [ticket.status, statusName(ticket)],
  summary: ({ name }) => [name],
  text: ({ name, description }) => [name, description ?? ""],
};

function statusName(ticket: Ticket): string {
  const { status } = jiraIssue(ticket)["fields"] as { readonly status: { readonly name: string } };
  return status.name;
}

function operandOf(text: string, isList: boolean): readonly string[] | undefined {
  if (isList) {
    const [, inner] = /^\((.*)\)$/s.exec(text) ?? [];
    const parts = inner?.split(",").map((part) => operandOf(part.trim(), false)?.[0]);
    return parts?.every((part) => part !== undefined) ? (parts as string[]) : undefined;
  }
  const [, quoted] = /^(?:"([^"]*)"|'([^']*)')$/.exec(text) ?? [];
  if (quoted !== undefined) return [quoted];
  return /^[\w.-]+$/.test(text) ? [text] : undefined;
}

function fits(own: readonly string[], operator: string, values: readonly string[]): boolean {
  const wanted = values.map((value) => value.toLowerCase());
  const has = own.map((value) => value.toLowerCase());
  if (operator === "~") return has.some((value) => value.includes((wanted[0] ?? "").replace(/^\\?"|\\?"$/g, "")));
  const isSame = has.some((value) => wanted.includes(value));
  return operator === "!=" ? !isSame : isSame;
}
