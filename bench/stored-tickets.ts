import type { Client } from "pg";

/** What the tickets' texts are made of. */
export const WORDS = ["printer", "network", "invoice", "login", "disk", "mail", "phone", "screen", "backup", "license"];

/** Tickets as a sync would have left them; made by the database itself, or making them would take longer than measuring. */
export async function fillStore(client: Client, tickets: number): Promise<void> {
  const words = `(array['${WORDS.join("','")}'])`;
  await client.query(`
    insert into synced_tickets (tenant_id, connection_id, vendor_id, ticket, data, identifier, status, status_category, priority,
      project_id, parent_id, assignee_ids, tags, created_at, updated_at, search, digest, run, synced_at)
    select 'bench', 'jira', n::text, json_build_object('vendorId', n::text, 'key', 'BIG-' || n, 'identifier', null,
        'name', name, 'description', json_build_object('format', 'PLAIN', 'text', body), 'status', status,
        'statusCategory', category, 'statusUpdatedAt', null, 'priority', 'Medium', 'priorityLevel', 'MEDIUM', 'typeId', '10002',
        'projectId', (10000 + n % 50)::text, 'assigneeIds', jsonb_build_array('user-' || n % 500), 'createdById', null,
        'reporterIds', '[]'::jsonb, 'parentId', null, 'tags', jsonb_build_array('tag-' || n % 100), 'active', true, 'url', null,
        'createdAt', made, 'updatedAt', made, 'dueDate', null, 'closedAt', null, 'revision', null),
      json_build_object('summary', name, 'description', body), null, status, category, 3, (10000 + n % 50)::text, null,
      jsonb_build_array('user-' || n % 500), jsonb_build_array('tag-' || n % 100), made, made,
      to_tsvector('simple', name || ' ' || body), n::text, 1, now()
    from (
      select n, ${words}[1 + abs(hashint4(n + 1)) % 10] || ' ' || ${words}[1 + abs(hashint4(n + 2)) % 10] || ' number' || n % 20000 as name,
        'The ' || ${words}[1 + abs(hashint4(n + 3)) % 10] || ' in room' || n % 3000 || ' is slow since the last update of the day' as body,
        (array['To Do', 'In Progress', 'In Review', 'Done'])[1 + abs(hashint4(n)) % 4] as status,
        (array['TODO', 'IN_PROGRESS', 'IN_PROGRESS', 'DONE'])[1 + abs(hashint4(n)) % 4] as category,
        timestamptz '2020-01-01' + n * interval '37 seconds' as made
      from generate_series(1, ${tickets}) as n
    ) as made_up`);
  for (const [kind, count, first] of [["project", 50, 10_000] as const, ["user", 500, 0] as const])
    await client.query(`
      insert into synced_things select 'bench', 'jira', '${kind}', ${kind === "user" ? "'user-' || n" : `(${first} + n)::text`},
        jsonb_build_object('vendorId', ${kind === "user" ? "'user-' || n" : `(${first} + n)::text`}, 'key', null, 'name', '${kind} ' || n,
          'projectType', null, 'url', null, 'email', null, 'active', true, 'avatarUrl', null), now()
      from generate_series(0, ${count - 1}) as n`);
  await client.query(
    'insert into synced_things select \'bench\', \'jira\', \'issueType\', \'10002\', \'{"vendorId":"10002","name":"Task","description":null,"subtask":false}\', now()',
  );
  await client.query("vacuum analyze synced_tickets");
}
