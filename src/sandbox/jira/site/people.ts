/** A user of the site. */
export interface Person {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  /** Jira tells an e-mail address only where its owner lets it: https://developer.atlassian.com/cloud/jira/platform/profile-visibility/ */
  readonly hidesEmail: boolean;
  readonly active: boolean;
  readonly accountType: "atlassian" | "app" | "customer";
  readonly timeZone: string;
}

function person(accountId: string, name: string, login: string, more: Partial<Person> = {}): Person {
  const email = `${login}@acme.example`;
  return {
    accountId,
    name,
    email,
    hidesEmail: false,
    active: true,
    accountType: "atlassian",
    timeZone: "Etc/UTC",
    ...more,
  };
}

/** The account whose credentials the sandbox gives out. */
export const INTEGRATION = person("712020:0b6f2f0c-3c53-4f1d-9a43-5a3f0c6f7a10", "Integration Account", "integration");

/** Everybody, in the order in which Jira lists them. */
export const PEOPLE: readonly Person[] = [
  INTEGRATION,
  person("5b10a2844c20165700ede21g", "Mia Krystof", "mia", { timeZone: "Australia/Sydney" }),
  person("5b10ac8d82e05b22cc7d4ef5", "Emma Richards", "emma"),
  person("5b109f2e9729b51b54dc274d", "Alok Mehta", "alok", { timeZone: "Asia/Kolkata" }),
  person("5c62b6e2a1f4d96c8c0a7b31", "Zoë Färber", "zoe", { timeZone: "Europe/Berlin" }),
  person("5d7e1f3b0c9a440d9b8e6a52", "James O'Connor", "james", { hidesEmail: true }),
  person("5e0f9b7c6d2a3b0e8f1c4d63", "佐藤 花子", "hanako", { timeZone: "Asia/Tokyo" }),
  person("5f1a2b3c4d5e6f708192a3b4", "محمد الأمين", "mohammed", { timeZone: "Africa/Cairo", hidesEmail: true }),
  person("60a1b2c3d4e5f60071829304", "Grace Hopper-Jones", "grace", { timeZone: "America/New_York" }),
  person("61b2c3d4e5f6a70082930415", "Luis Fernández", "luis", { timeZone: "Europe/Madrid" }),
  person("62c3d4e5f6a7b80093041526", "Priya Raman", "priya"),
  person("63d4e5f6a7b8c90004152637", "Tom Becker", "tom", { active: false }),
  person("712020:6f1c2a37-8e7d-4b57-b9f1-0a1c33b2d1aa", "Noor de Vries", "noor", { timeZone: "Europe/Amsterdam" }),
  person("712020:a3a5cb2e-55f0-4a0f-8a9d-9b5f0de0c7b2", "Olena Kovalenko", "olena", { timeZone: "Europe/Kyiv" }),
];

const byAccountId = new Map(PEOPLE.map((one) => [one.accountId, one]));

/** The user with this account id. */
export function personById(accountId: string): Person | undefined {
  return byAccountId.get(accountId);
}

/** Whether a search text finds a user: it begins a word of the name, or the shown e-mail address. */
export function isFound({ name, email, hidesEmail }: Person, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  const words = [name, ...name.split(/\s+/), ...(hidesEmail ? [] : [email])];
  return words.some((word) => word.toLowerCase().startsWith(wanted));
}
