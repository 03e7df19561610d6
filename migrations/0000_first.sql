CREATE TABLE "bulk_items" (
	"job_id" uuid NOT NULL,
	"index" integer NOT NULL,
	"connection_id" text NOT NULL,
	"key" text NOT NULL,
	"ticket" jsonb NOT NULL,
	"state" text NOT NULL,
	"identifier" text,
	"ref" jsonb,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	CONSTRAINT "bulk_items_job_id_index_pk" PRIMARY KEY("job_id","index")
);
--> statement-breakpoint
CREATE TABLE "bulk_jobs" (
	"id" uuid PRIMARY KEY NOT NULL,
	"number" bigint GENERATED ALWAYS AS IDENTITY (sequence name "bulk_jobs_number_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"total" integer NOT NULL,
	"succeeded" integer DEFAULT 0 NOT NULL,
	"failed" integer DEFAULT 0 NOT NULL,
	"settled" integer DEFAULT 0 NOT NULL,
	"caller" jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	CONSTRAINT "bulk_jobs_key" UNIQUE("tenant_id","key")
);
--> statement-breakpoint
CREATE TABLE "deliveries" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "deliveries_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"tenant_id" text NOT NULL,
	"connection_id" text NOT NULL,
	"operation" text NOT NULL,
	"key" text NOT NULL,
	"request_hash" text NOT NULL,
	"marker" text NOT NULL,
	"trace" text,
	"state" text NOT NULL,
	"attempts" integer NOT NULL,
	"fence" integer NOT NULL,
	"due_at" timestamp with time zone,
	"looks" integer DEFAULT 0 NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"draft" jsonb NOT NULL,
	"ref" jsonb,
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reconciled_by" text,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	CONSTRAINT "deliveries_key" UNIQUE("tenant_id","connection_id","operation","key")
);
--> statement-breakpoint
CREATE TABLE "secrets" (
	"name" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
ALTER TABLE "bulk_items" ADD CONSTRAINT "bulk_items_job_id_bulk_jobs_id_fk" FOREIGN KEY ("job_id") REFERENCES "public"."bulk_jobs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "bulk_items_failed" ON "bulk_items" USING btree ("job_id","index") WHERE state in ('REJECTED', 'NEEDS_REVIEW');--> statement-breakpoint
CREATE INDEX "bulk_items_to_review" ON "bulk_items" USING btree ("key") WHERE state = 'NEEDS_REVIEW';--> statement-breakpoint
CREATE INDEX "bulk_jobs_of_tenant" ON "bulk_jobs" USING btree ("tenant_id","number");--> statement-breakpoint
CREATE INDEX "deliveries_due" ON "deliveries" USING btree ("due_at") WHERE due_at is not null;--> statement-breakpoint
CREATE INDEX "deliveries_state" ON "deliveries" USING btree ("tenant_id","state","id");--> statement-breakpoint
CREATE INDEX "deliveries_expiry" ON "deliveries" USING btree ("expires_at");