import { setTimeout as wait } from "node:timers/promises";
import { ask, startGateway, type Gateway, type Setup } from "./gateway.js";

interface KillPlan {
  /** What the job does; it creates unless told. */
  readonly kind?: "Create" | "Update";
  readonly tickets: number;
  /** Kills come after so many milliseconds of a gateway's life, by chance between these. */
  readonly between: readonly [least: number, most: number];
  readonly kills: number;
  readonly random: () => number;
  /** How long all of it may take, in milliseconds. */
  readonly withinMs: number;
}

interface KillReport {
  readonly kills: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly state: string;
  /** What was said of tickets that weren't written. */
  readonly problems: readonly string[];
}

interface Job {
  readonly id: string;
  readonly state: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly finishedAt: string | null;
  readonly results: { readonly nodes: readonly { readonly errors: readonly { readonly message: string }[] }[] };
}

const start = (kind: string): string =>
  `mutation ($input: Bulk${kind}TicketsInput!) { started: startBulk${kind}Tickets(input: $input) { job { id } errors { message } } }`;
const JOB = `query ($id: ID!) { bulkJob(id: $id) { id state succeeded failed finishedAt results(first: 100, failedOnly: true) { nodes { errors { message } } } } }`;

/** Runs one job while its gateway is killed again and again at random moments, and started anew at once. */
export async function killWhileWorking(
  setup: Setup,
  input: (n: number) => object,
  plan: KillPlan,
): Promise<KillReport> {
  const end = performance.now() + plan.withinMs;
  const tickets = Array.from({ length: plan.tickets }, (_, n) => input(n));
  let gateway = await startGateway(setup);
  let kills = 0;
  try {
    const begun = await ask<{ started: { job: { id: string } } }>(gateway.url, start(plan.kind ?? "Create"), {
      input: { tickets, idempotencyKey: "chaos" },
    });
    const id = begun?.started.job.id ?? "";
    for (;;) {
      const [least, most] = plan.between;
      if (kills < plan.kills) {
        await wait(least + plan.random() * (most - least));
        kills += 1;
        gateway = await killed(gateway, setup);
      } else await wait(250);
      const job = (await ask<{ bulkJob: Job }>(gateway.url, JOB, { id }))?.bulkJob;
      if (job?.finishedAt) {
        const { succeeded, failed, state, results } = job;
        const problems = results.nodes.map(({ errors }) => errors.map(({ message }) => message).join(" "));
        return { kills, succeeded, failed, state, problems };
      }
      if (performance.now() > end)
        throw new Error(
          `The job is not done after ${kills} kills: ${JSON.stringify(job)} ${gateway.output().slice(-2_000)}`,
        );
    }
  } finally {
    await gateway.kill();
  }
}

async function killed(gateway: Gateway, setup: Setup): Promise<Gateway> {
  await gateway.kill();
  return startGateway(setup);
}
