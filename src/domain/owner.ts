/** Whose something is: one connection of one tenant. */
export interface Owner {
  readonly tenantId: string;
  readonly connectionId: string;
}

/** One text for each, to look it up by. */
export function ownerKey({ tenantId, connectionId }: Owner): string {
  return JSON.stringify([tenantId, connectionId]);
}
