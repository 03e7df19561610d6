const CUSTOM_KINDS = {
  option: { type: "option", custom: "select" },
  options: { type: "array", items: "option", custom: "multiselect" },
  number: { type: "number", custom: "float" },
  text: { type: "string", custom: "textfield" },
  document: { type: "string", custom: "textarea" },
  datetime: { type: "datetime", custom: "datetime" },
} as const;

export interface Option {
  readonly id: string;
  readonly value: string;
}

/** A field that somebody added to the site. */
export interface CustomField {
  readonly id: string;
  /** The number in its id, by which JQL knows it: `cf[10010]`. */
  readonly number: number;
  readonly name: string;
  readonly kind: keyof typeof CUSTOM_KINDS;
  readonly options: readonly Option[];
}

function field(number: number, name: string, kind: CustomField["kind"], values: readonly string[] = []): CustomField {
  const options = values.map((value, index) => ({ id: String(number * 2 + index), value }));
  return { id: `customfield_${number}`, number, name, kind, options };
}

export const CUSTOM_FIELDS: readonly CustomField[] = [
  field(10010, "Severity", "option", ["S1", "S2", "S3", "S4"]),
  field(10011, "Story points", "number"),
  field(10012, "Root cause", "document"),
  field(10013, "Customer", "text"),
  field(10014, "Affected services", "options", ["Sign-in", "Payments", "Search", "Notifications", "API"]),
  field(10015, "Started at", "datetime"),
];

const byId = new Map(CUSTOM_FIELDS.map((one) => [one.id, one]));

/** The custom field with this id. */
export function customField(id: string): CustomField | undefined {
  return byId.get(id);
}

/** A field's schema as Jira tells it: https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-issue-fields/ */
export function customSchema({ kind, number }: CustomField): Record<string, unknown> {
  const { custom, ...schema } = CUSTOM_KINDS[kind];
  return { ...schema, custom: `com.atlassian.jira.plugin.system.customfieldtypes:${custom}`, customId: number };
}
