CREATE TABLE "api_keys" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "api_keys_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text NOT NULL,
	"scopes" jsonb NOT NULL,
	"connections" jsonb,
	"default_connection" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"expires_at" timestamp with time zone,
	"last_used_at" timestamp with time zone,
	"revoked_at" timestamp with time zone,
	"revoked_by" text,
	CONSTRAINT "api_keys_hash" UNIQUE("hash")
);
--> statement-breakpoint
CREATE TABLE "audit_log" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "audit_log_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"at" timestamp with time zone DEFAULT now() NOT NULL,
	"actor_id" text NOT NULL,
	"actor_name" text NOT NULL,
	"source" text,
	"action" text NOT NULL,
	"connection_id" text,
	"ticket_id" text,
	"subject" text,
	"outcome" text NOT NULL,
	"reason" text
);
--> statement-breakpoint
CREATE TABLE "connections" (
	"tenant_id" text NOT NULL,
	"id" text NOT NULL,
	"vendor" text NOT NULL,
	"name" text NOT NULL,
	"settings" jsonb NOT NULL,
	"sealed" text NOT NULL,
	"version" integer NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"created_by" text NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "connections_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
CREATE TABLE "data_keys" (
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"key_id" text NOT NULL,
	"wrapped" text NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"wrapped_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "data_keys_tenant_id_connection_id_pk" PRIMARY KEY("tenant_id","connection_id")
);
--> statement-breakpoint
CREATE TABLE "oauth_pending" (
	"state_hash" text PRIMARY KEY NOT NULL,
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"sealed" text NOT NULL,
	"expires_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"window_start" timestamp with time zone NOT NULL,
	"used" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "vendor_tokens" (
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"seed" text NOT NULL,
	"sealed" text,
	"version" integer DEFAULT 0 NOT NULL,
	"holder" uuid,
	"due_at" timestamp with time zone,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "vendor_tokens_tenant_id_connection_id_pk" PRIMARY KEY("tenant_id","connection_id")
);
--> statement-breakpoint
ALTER TABLE "bulk_items" ADD COLUMN "tenant_id" text;--> statement-breakpoint
UPDATE "bulk_items" i SET "tenant_id" = j."tenant_id" FROM "bulk_jobs" j WHERE j."id" = i."job_id";--> statement-breakpoint
ALTER TABLE "bulk_items" ALTER COLUMN "tenant_id" SET NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_name" ON "api_keys" USING btree ("tenant_id","name") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "api_keys_of_tenant" ON "api_keys" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "audit_log_of_tenant" ON "audit_log" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_ticket" ON "audit_log" USING btree ("tenant_id","connection_id","ticket_id","id");--> statement-breakpoint
CREATE INDEX "audit_log_actor" ON "audit_log" USING btree ("tenant_id","actor_id","id");--> statement-breakpoint
CREATE INDEX "data_keys_key_id" ON "data_keys" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "oauth_pending_expiry" ON "oauth_pending" USING btree ("expires_at");--> statement-breakpoint
-- Whoever works for a tenant sees that tenant's rows and no others; who works for all (sweepers, queues, the door before it knows
-- who asks) does so under a role of its own. The owner is bound as well.
DO $$ DECLARE one text; BEGIN
	FOREACH one IN ARRAY ARRAY['deliveries', 'bulk_jobs', 'bulk_items', 'synced_tickets', 'synced_things', 'syncs', 'inbox',
		'api_keys', 'connections', 'data_keys', 'vendor_tokens', 'oauth_pending', 'audit_log'] LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', one);
		EXECUTE format('CREATE POLICY of_tenant ON %I TO ticketgraph_tenant
			USING (tenant_id = current_setting(''ticketgraph.tenant'', true))
			WITH CHECK (tenant_id = current_setting(''ticketgraph.tenant'', true))', one);
		EXECUTE format('CREATE POLICY of_all ON %I TO ticketgraph_system USING (true) WITH CHECK (true)', one);
	END LOOP;
END $$;--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "deliveries", "bulk_jobs", "bulk_items", "synced_tickets", "synced_things", "syncs", "inbox",
	"connections", "data_keys", "vendor_tokens", "oauth_pending" TO "ticketgraph_tenant";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON "api_keys" TO "ticketgraph_tenant";--> statement-breakpoint
GRANT SELECT, INSERT ON "audit_log" TO "ticketgraph_tenant";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON "deliveries", "bulk_jobs", "bulk_items", "inbox", "oauth_pending", "rate_limits"
	TO "ticketgraph_system";--> statement-breakpoint
GRANT SELECT, UPDATE ON "syncs", "data_keys", "api_keys" TO "ticketgraph_system";--> statement-breakpoint
GRANT SELECT ON "connections" TO "ticketgraph_system";--> statement-breakpoint
GRANT SELECT ("due_at"), UPDATE ("holder", "due_at") ON "vendor_tokens" TO "ticketgraph_system";--> statement-breakpoint
GRANT SELECT, INSERT ON "secrets" TO "ticketgraph_system";--> statement-breakpoint
-- To find tickets by words it needs the columns that say which they are, and never what is in them: row-level security keeps the
-- planner from the indexes of words and tags, so these are asked first and the rows are read as the tenant.
GRANT SELECT ("id", "tenant_id", "connection_id", "vendor_id", "identifier", "status", "status_category", "priority", "project_id",
	"parent_id", "assignee_ids", "tags", "created_at", "updated_at", "search") ON "synced_tickets" TO "ticketgraph_system";
