/** What an account may do, as far as the vendor tells it without anything being written. */
export interface Access {
  /** Whom the vendor takes us for; null where it doesn't tell. */
  readonly account: string | null;
  readonly read: Permission;
  readonly create: Permission;
}

/** Null where the vendor doesn't tell beforehand; the message is a sentence for a person, with what to do where it isn't granted. */
export interface Permission {
  readonly granted: boolean | null;
  readonly message: string;
}

/** How many names are told as examples. */
const TOLD = 3;

/** Whether there is anything to be seen, told by some names of it. */
export function readable(title: string, names: readonly string[], what = "project"): Permission {
  if (names.length > 0) return { granted: true, message: `It may see ${listed(names, what)}.` };
  return {
    granted: false,
    message: `It sees no ${what} at all. Give the account access to at least one in ${title}, or use another account.`,
  };
}

/** Whether there is any place to create tickets in, told by some names of such places. */
export function creatable(title: string, names: readonly string[], right: string, what = "project"): Permission {
  if (names.length > 0) return { granted: true, message: `It may create tickets in ${listed(names, what)}.` };
  return {
    granted: false,
    message: `It may create tickets in no ${what}. Give the account ${right} in at least one in ${title}.`,
  };
}

/** For a vendor that says only at the first create whether it is allowed. */
export function untold(title: string): Permission {
  return { granted: null, message: `${title} doesn't tell beforehand; the first ticket will show it.` };
}

function listed(names: readonly string[], what: string): string {
  const some = names.slice(0, TOLD).join(", ");
  return names.length > TOLD ? `${some} and more` : `the ${what}${names.length > 1 ? "s" : ""} ${some}`;
}
