import { isObject, type JsonObject } from "../json.js";

/** What a bulk edit asks for, as an edit of one issue would: fields by id. A text says what is wrong with it. */
export function editedFields(input: JsonObject, actions: readonly string[]): JsonObject | string {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const reader = Object.hasOwn(READERS, name) ? READERS[name] : undefined;
    if (!reader) return `Unrecognized field "${name}" in editedFieldsInput.`;
    for (const one of Array.isArray(value) ? value : [value]) {
      if (!isObject(one)) return `The value of ${name} is not valid.`;
      const id = name === "priority" ? "priority" : String(one.fieldId);
      fields[id] = reader(one);
    }
  }
  const unlisted = Object.keys(fields).filter((id) => !actions.includes(id));
  if (unlisted.length > 0)
    return `The following editedFieldInput values are not listed as selectedActions : ${unlisted.join(", ")}`;
  const unset = actions.filter((id) => !(id in fields));
  return unset.length > 0 ? `The following selectedActions have no editedFieldInput : ${unset.join(", ")}` : fields;
}

/** The dialect's own forms of values, and how an empty one says that the field is to be cleared. */
const READERS: Readonly<Record<string, (one: JsonObject) => unknown>> = {
  singleLineTextFields: ({ text }) => (text === "" ? null : text),
  richTextFields: ({ richText }) => (isObject(richText) ? (richText.adfValue ?? null) : undefined),
  priority: ({ priorityId }) => ({ id: priorityId }),
  singleSelectClearableUserPickerFields: ({ user }) => (isObject(user) ? { accountId: user.accountId } : null),
  labelsFields: ({ labels, bulkEditMultiSelectFieldOption: option }) =>
    option === "REMOVE_ALL"
      ? []
      : Array.isArray(labels)
        ? labels.map((one) => (isObject(one) ? one.name : one))
        : labels,
  clearableNumberFields: ({ value }) => value ?? null,
  singleSelectFields: ({ option }) => optionOf(option),
  multipleSelectFields: ({ options }) => (Array.isArray(options) ? options.map(optionOf) : options),
};

function optionOf(option: unknown): unknown {
  const { optionId } = isObject(option) ? option : {};
  return optionId === -1 ? null : { id: String(optionId) };
}
