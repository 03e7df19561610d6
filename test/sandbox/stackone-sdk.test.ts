import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { StackOne } from "@stackone/stackone-client-ts";
import { startStackOneSandbox, type StackOneSandbox } from "../../src/sandbox/stackone/server.js";

describe("StackOne in small, by the client that StackOne publishes", () => {
  let sandbox: StackOneSandbox;
  let ticketing: StackOne["ticketing"];
  let account: { readonly xAccountId: string };
  beforeAll(async () => {
    sandbox = await startStackOneSandbox();
    ({ ticketing } = new StackOne({ serverURL: sandbox.url, security: { username: sandbox.apiKey, password: "" } }));
    account = { xAccountId: sandbox.accountId };
  });
  afterAll(() => sandbox.close());

  it("creates a ticket, reads it back and changes it", async () => {
    const { createResult } = await ticketing.createTicket({
      ...account,
      ticketingTicketCreateRequestDto: {
        title: "System outage in production environment",
        creatorId: "user-001",
        reporters: ["user-001", "user-002"],
        assignees: ["user-001", "user-002"],
        content: [{ plain: "This is some content", html: "<p>This is some content</p>" }],
        parentId: "ticket-002",
        priority: { id: "001", value: "medium" as never, sourceValue: "Normal" },
        tags: ["tag-001", "tag-002"],
        projectId: "project-001",
        type: "ticket-type-001",
        organizationId: "organization-001",
      },
    });
    expect(createResult).toMatchObject({ statusCode: 201, message: "Record created successfully." });
    const id = createResult?.data?.id ?? "";
    const read = await ticketing.getTicket({ ...account, id });
    expect(read.ticketingTicketResult?.data).toMatchObject({
      id,
      title: "System outage in production environment",
      parentId: "ticket-002",
      priority: { value: "medium" as never, sourceValue: "Normal" },
      type: { id: "ticket-type-001", name: "Incident" },
      status: { type: { value: "to-do" } },
    });
    const updated = await ticketing.updateTicket({
      ...account,
      id,
      ticketingTicketUpdateRequestDto: { title: "It is up again", status: { id: "status-003" } as never },
    });
    expect(updated.updateResult).toMatchObject({ statusCode: 200 });
    expect((await ticketing.getTicket({ ...account, id })).ticketingTicketResult?.data).toMatchObject({
      title: "It is up again",
      status: { type: { value: "closed" } },
    });
  });

  it("lists everything, page by page", async () => {
    const titles: unknown[] = [];
    const pages = await ticketing.listTickets({ ...account, pageSize: "2" });
    for await (const page of pages)
      titles.push(...(page.ticketingTicketsPaginated?.data ?? []).map(({ title }) => title));
    expect(titles.length).toBe(sandbox.state.tickets.length);
    const id = "ticket-001";
    const [comments, attachments, statuses, types, projects, users] = await Promise.all([
      ticketing.listComments({ ...account, id }),
      ticketing.listAttachments({ ...account, id }),
      ticketing.listTicketStatuses({ ...account, id }),
      ticketing.listTicketTypes(account),
      ticketing.listProjects(account),
      ticketing.listUsers(account),
    ]);
    expect(comments.ticketingCommentsPaginated?.data).toHaveLength(3);
    expect(attachments.ticketingAttachmentsPaginated?.data).toHaveLength(1);
    expect((statuses.ticketingTicketStatusesPaginated?.data ?? []).map(({ name }) => name)).toEqual([
      "New",
      "Working on it",
      "Solved",
    ]);
    expect(types.ticketingTicketTypePaginated?.data).toHaveLength(3);
    expect(projects.ticketingProjectsPaginated?.data).toHaveLength(3);
    expect(users.ticketingUsersPaginated?.data).toHaveLength(7);
  });

  it("serves the single things too", async () => {
    const ticket = { ...account, id: "ticket-001" };
    const project = { ...account, id: "project-001" };
    expect(
      (await ticketing.getComment({ ...ticket, subResourceId: "comment-001" })).ticketingCommentResult?.data,
    ).toMatchObject({ userId: "user-001" });
    expect(
      (await ticketing.getAttachment({ ...ticket, subResourceId: "attachment-001" })).ticketingAttachmentResult?.data,
    ).toMatchObject({ fileName: "screenshot.png" });
    expect(
      (await ticketing.getTicketType({ ...account, id: "ticket-type-002" })).ticketingTicketTypeResult?.data,
    ).toMatchObject({ name: "Service Request" });
    expect((await ticketing.getProject(project)).ticketingProjectResult?.data).toMatchObject({ name: "Helpdesk" });
    expect((await ticketing.listProjectComponents(project)).ticketingComponentsPaginated?.data).toHaveLength(2);
    expect(
      (await ticketing.getProjectComponent({ ...project, subResourceId: "component-001" })).ticketingComponentResult
        ?.data,
    ).toMatchObject({ name: "Mail" });
    expect((await ticketing.listProjectTicketTypes(project)).ticketingTicketTypePaginated?.data).toHaveLength(2);
    expect((await ticketing.getUser({ ...account, id: "user-002" })).ticketingUserResult?.data).toMatchObject({
      name: "Ben Okri",
    });
  });

  it("gives a file's bytes", async () => {
    const file = { ...account, id: "ticket-001", subResourceId: "attachment-001", format: "base64" };
    const { body } = await ticketing.downloadTicketingAttachment(file);
    expect(Buffer.from(body ?? "").toString()).toBe("a picture");
  });

  it("refuses as StackOne does", async () => {
    await expect(ticketing.getTicket({ ...account, id: "ticket-999" })).rejects.toMatchObject({ statusCode: 404 });
    const stranger = new StackOne({ serverURL: sandbox.url, security: { username: "nobody", password: "" } });
    await expect(stranger.ticketing.getTicket({ ...account, id: "ticket-001" })).rejects.toMatchObject({
      statusCode: 401,
    });
    const strange = { ticketingTicketCreateRequestDto: { title: "x", type: "ticket-type-999" } };
    await expect(ticketing.createTicket({ ...account, ...strange })).rejects.toMatchObject({ statusCode: 400 });
  });
});
