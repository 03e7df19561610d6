export interface Priority {
  readonly id: string;
  readonly name: string;
  readonly color: string;
  readonly description: string;
}

/** From the most urgent to the least, as a new Jira site has them. */
export const PRIORITIES: readonly Priority[] = [
  { id: "1", name: "Highest", color: "#d04437", description: "This problem will block progress." },
  { id: "2", name: "High", color: "#f15C75", description: "Serious problem that could block progress." },
  { id: "3", name: "Medium", color: "#f79232", description: "Has the potential to affect progress." },
  { id: "4", name: "Low", color: "#707070", description: "Minor problem or easily worked around." },
  { id: "5", name: "Lowest", color: "#999999", description: "Trivial problem with little or no impact on progress." },
];

/** What an issue gets that was given none. */
export const DEFAULT_PRIORITY = PRIORITIES[2] as Priority;

/** The priority with this id, which an issue is known to have. */
export function priorityOf(id: string): Priority {
  return PRIORITIES.find((one) => one.id === id) ?? DEFAULT_PRIORITY;
}
