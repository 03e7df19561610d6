CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"ticket_ids" jsonb NOT NULL,
	"received_at" timestamp with time zone DEFAULT now() NOT NULL,
	"due_at" timestamp with time zone,
	CONSTRAINT "inbox_key" UNIQUE("tenant_id","connection_id","delivery_id")
);
--> statement-breakpoint
CREATE TABLE "synced_things" (
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"kind" text NOT NULL,
	"vendor_id" text NOT NULL,
	"thing" jsonb,
	"synced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "synced_things_tenant_id_connection_id_kind_vendor_id_pk" PRIMARY KEY("tenant_id","connection_id","kind","vendor_id")
);
--> statement-breakpoint
CREATE TABLE "synced_tickets" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "synced_tickets_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"vendor_id" text NOT NULL,
	"ticket" json NOT NULL,
	"data" json NOT NULL,
	"identifier" text,
	"status" text NOT NULL,
	"status_category" text NOT NULL,
	"priority" smallint NOT NULL,
	"project_id" text,
	"parent_id" text,
	"assignee_ids" jsonb NOT NULL,
	"tags" jsonb NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone NOT NULL,
	"search" "tsvector" NOT NULL,
	"digest" text NOT NULL,
	"run" bigint NOT NULL,
	"synced_at" timestamp with time zone NOT NULL,
	CONSTRAINT "synced_tickets_key" UNIQUE("tenant_id","connection_id","vendor_id")
);
--> statement-breakpoint
CREATE TABLE "syncs" (
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"state" text NOT NULL,
	"wanted" text,
	"run" bigint DEFAULT 0 NOT NULL,
	"mode" text,
	"phase" text,
	"cursor" text,
	"mark" jsonb,
	"since" timestamp with time zone,
	"tickets" integer DEFAULT 0 NOT NULL,
	"error" text,
	"fence" integer DEFAULT 0 NOT NULL,
	"due_at" timestamp with time zone,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"synced_at" timestamp with time zone,
	"full_at" timestamp with time zone,
	CONSTRAINT "syncs_tenant_id_connection_id_pk" PRIMARY KEY("tenant_id","connection_id")
);
--> statement-breakpoint
CREATE INDEX "inbox_due" ON "inbox" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "inbox_received" ON "inbox" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "synced_tickets_created" ON "synced_tickets" USING btree ("tenant_id","created_at","id");--> statement-breakpoint
CREATE INDEX "synced_tickets_updated" ON "synced_tickets" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "synced_tickets_priority" ON "synced_tickets" USING btree ("tenant_id","priority","id");--> statement-breakpoint
CREATE INDEX "synced_tickets_project" ON "synced_tickets" USING btree ("tenant_id","connection_id","project_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "synced_tickets_status" ON "synced_tickets" USING btree ("tenant_id","status","updated_at","id");--> statement-breakpoint
CREATE INDEX "synced_tickets_identifier" ON "synced_tickets" USING btree ("tenant_id","identifier") WHERE identifier is not null;--> statement-breakpoint
CREATE INDEX "synced_tickets_assignees" ON "synced_tickets" USING gin ("assignee_ids");--> statement-breakpoint
CREATE INDEX "synced_tickets_tags" ON "synced_tickets" USING gin ("tags");--> statement-breakpoint
CREATE INDEX "synced_tickets_search" ON "synced_tickets" USING gin ("search");--> statement-breakpoint
-- lz4 writes large records in a third of the time; servers that were built without it keep what they have.
DO $$ BEGIN
	ALTER TABLE "synced_tickets" ALTER COLUMN "data" SET COMPRESSION lz4;
	ALTER TABLE "synced_tickets" ALTER COLUMN "ticket" SET COMPRESSION lz4;
EXCEPTION WHEN feature_not_supported THEN NULL;
END $$;
