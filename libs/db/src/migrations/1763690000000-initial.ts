import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The first schema. Hot tables carry the order's id as the first column of every key and unique constraint,
 * so that they can be distributed by it (docs/ARCHITECTURE.md, "Data"). Column comments name units.
 */
const SCHEMA = `
create table connection (
  name text primary key check (name ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  kind text not null check (kind in ('events','shopify','easypost')),
  label text,
  secrets bytea,                         -- sealed JSON: {signing: string[], shop?, token?, apiUrl?}
  origin text not null default 'stored' check (origin in ('stored','environment','imported')),
  paused_at timestamptz,
  rejected_signatures bigint not null default 0,
  created_at timestamptz not null default now()
);

-- raw deliveries; bytes are sealed (AES-256-GCM) after deflate; partitioned so that retention drops partitions
create table inbox (
  id bigint generated always as identity,
  received_at timestamptz not null default clock_timestamp(),
  connection text not null,
  topic text,
  headers text not null default '{}',    -- JSON, allow-listed
  body bytea not null,
  body_bytes int not null,               -- before deflate and seal
  body_hash bytea not null,              -- sha256 of the exact bytes
  known_at timestamptz,                  -- imports: when it was known at the time
  origin text not null default 'live' check (origin in ('live','reconcile','backfill','replay')),
  state text not null default 'new' check (state in ('new','done','not_used','dead')),
  attempts int not null default 0,
  cause text,
  detail text,
  processed_at timestamptz,
  primary key (id, received_at)
) partition by range (received_at);
create table inbox_default partition of inbox default;
alter table inbox_default alter column body set storage external;
create index inbox_new on inbox (id) where state = 'new';
create index inbox_dead on inbox (connection, cause, id) where state = 'dead';
create index inbox_not_used on inbox (connection, topic) where state = 'not_used';
create index inbox_connection on inbox (connection, received_at desc);

-- the long-lived unique key of a delivery
create table delivery_key (
  connection text not null,
  key bytea not null,                    -- sha256 of the delivery's natural identity
  content_hash bytea not null,           -- same key with other content = dead letter id_reused
  inbox_id bigint not null,
  first_seen timestamptz not null default clock_timestamp(),
  repeats int not null default 0,
  primary key (connection, key)
);

create table order_event (
  order_id uuid not null,
  fact_id text not null,
  type text not null,
  code text,
  at timestamptz(3) not null,            -- occurred, as claimed
  received_at timestamptz(3) not null,   -- known to us; of repeats the earliest counts
  source text not null,
  kind text not null,
  handle text,                           -- parcel number the fact was addressed to, when it was not addressed to the order
  inbox_id bigint,
  data text not null,                    -- JSON of the fact's data
  primary key (order_id, fact_id)
);
create index order_event_handle on order_event (handle) where handle is not null;
create index order_event_inbox on order_event (inbox_id) where inbox_id is not null; -- the raw inspector's way back

create table order_state (
  order_id uuid primary key,
  home text not null,                    -- connection name of the home
  home_id text not null,                 -- the home's own id
  version int not null,
  config_version int not null,           -- status map version the state was folded with
  state text not null,                   -- JSON, canonical
  early text,                            -- JSON {factId: receivedAt ms} of facts stamped in the future
  name text,
  announced boolean not null default false,
  customer_id uuid,
  currency text,
  total_minor bigint,
  placed_at timestamptz(3),
  promised_at timestamptz(3),            -- instant the current promise ends
  promise_text text,
  order_status text,
  payment_status text,
  fulfilment_status text,
  shipment_status text,
  return_status text,
  headline text not null default '',
  carrier text,
  delivered_at timestamptz(3),           -- all parts delivered
  last_event_at timestamptz(3),
  last_received_at timestamptz(3),
  open_rules text[] not null default '{}',
  held_by text[] not null default '{}',  -- silent connections whose silence holds a rule of this order
  next_due_at timestamptz(3),
  updated_at timestamptz not null default now()
);
create index order_state_due on order_state (next_due_at) where next_due_at is not null;
create index order_state_placed on order_state ((coalesce(placed_at, '-infinity')) desc, order_id desc); -- as the list of orders sorts
create index order_state_statuses on order_state (order_status, payment_status, fulfilment_status, shipment_status);
create index order_state_name on order_state (lower(name));
create index order_state_home on order_state (home_id);
create index order_state_customer on order_state (customer_id);
create index order_state_held on order_state using gin (held_by) where held_by <> '{}';

-- what lists of parcels and on-time reports read; rewritten with its order
create table parcel_state (
  order_id uuid not null,
  parcel_id text not null,
  carrier text,
  number text,
  status text,
  facility text,
  last_scan text,
  last_movement_at timestamptz(3),
  delivered_at timestamptz(3),
  promised_at timestamptz(3),
  silent_from timestamptz(3),            -- with the carrier: last movement; else null
  stuck_at timestamptz(3),               -- instant no_movement opens; null when not with the carrier
  feed text,                             -- connection that owns its news
  primary key (order_id, parcel_id)
);
create index parcel_state_stuck on parcel_state (stuck_at) where stuck_at is not null;
create index parcel_state_number on parcel_state (number) where number is not null;

create table handle (
  handle text not null,
  order_id uuid not null,
  first_at timestamptz(3) not null,
  primary key (handle, order_id)
);
create table unlinked_event (
  handle text not null,
  fact_id text not null,
  type text not null, code text, at timestamptz(3) not null, received_at timestamptz(3) not null,
  source text not null, kind text not null, inbox_id bigint, data text not null,
  primary key (handle, fact_id)
);
create index unlinked_event_received on unlinked_event (received_at);

create sequence case_number start 8000;
create table case_item (
  order_id uuid primary key,             -- one case per order; its id outside is the order's
  number bigint not null default nextval('case_number'),
  version int not null default 1,
  state text not null check (state in ('new','claimed','waiting','snoozed','resolved')),
  backlog boolean not null default false, -- found in imported history older than 14 days: not in the queue
  rule text not null,
  rules text[] not null,
  severity smallint not null,            -- 0 critical, 1 high, 2 normal, 3 low
  findings text not null,                -- JSON of the open findings
  acknowledged text[] not null default '{}',
  since timestamptz(3) not null,
  opened_at timestamptz(3) not null,
  due_at timestamptz(3),
  owner_id uuid, lease_until timestamptz,
  snoozed_until timestamptz, waiting_for text,
  cleared boolean not null default false, -- findings ended while a person was acting on it
  reopened int not null default 0,
  outcome text, resolved_at timestamptz(3), resolved_by text,
  -- list cells
  order_name text not null, shop text not null, customer_id uuid, value_minor bigint, currency text,
  promised_at timestamptz(3), promise_text text, carrier text, parcel_count int not null default 0,
  last_event_at timestamptz(3), held boolean not null default false,
  updated_at timestamptz not null default now()
);
create index case_open_due on case_item (due_at, (coalesce(value_minor, -1)) desc, order_id) where state <> 'resolved' and not backlog;
create index case_open_rules on case_item using gin (rules) where state <> 'resolved' and not backlog;
create index case_snoozed on case_item (snoozed_until, order_id) where state = 'snoozed';
create index case_leased on case_item (lease_until) where state = 'claimed';
create index case_owner on case_item (owner_id) where state <> 'resolved' and owner_id is not null;
create index case_rule on case_item (rule) where state <> 'resolved' and not backlog;
create index case_resolved on case_item (resolved_at desc, order_id) where state = 'resolved';
create index case_number_idx on case_item (number);

create table case_history (
  order_id uuid not null,
  id bigint generated always as identity,
  at timestamptz(3) not null,
  actor text not null,                   -- person id, or rule:<id>, or system
  what text not null,                    -- opened reopened closed claimed released resolved snoozed woke noted proposed …
  why text,
  rule text,
  before text, after text,               -- JSON
  mutation_id uuid,
  primary key (order_id, id)
);
create index case_history_at on case_history (at, what);
create unique index case_history_once on case_history (order_id, mutation_id) where mutation_id is not null;
create index case_history_mutation on case_history (mutation_id) where mutation_id is not null;

create table remedy (
  order_id uuid not null,
  id uuid not null,
  number bigint generated always as identity (start with 2000),
  version int not null default 1,
  revision int not null default 1,
  kind text not null check (kind in ('refund','reship')),
  state text not null check (state in ('proposed','approved','executing','executed','confirmed','failed','declined','void','needs_human')),
  amount_minor bigint, currency text,
  lines text not null default '[]',
  reason_code text not null, reason text not null,
  evidence text not null default '[]',
  facts_hash text not null,              -- sha256 of the frozen facts the proposal was read with
  facts text not null,                   -- the frozen facts, JSON
  checks text not null default '[]',
  approvals_needed int not null default 1,
  idempotency_key uuid not null,         -- fixed at creation, reused by every attempt
  proposed_by uuid not null, proposed_at timestamptz(3) not null,
  expires_at timestamptz(3), execute_after timestamptz(3),
  attempts int not null default 0, attempted_at timestamptz(3),
  executed_at timestamptz(3), confirmed_at timestamptz(3), reference text, failure text, declined_reason text, void_reasons text,
  mutation_id uuid,
  primary key (order_id, id)
);
create index remedy_id on remedy (id);
create index remedy_open on remedy (state, proposed_at);
create unique index remedy_one_open on remedy (order_id, kind) where state in ('proposed','approved','executing','executed','needs_human');
create table remedy_approval (
  order_id uuid not null, remedy_id uuid not null, person_id uuid not null,
  at timestamptz(3) not null, decision text not null check (decision in ('approved','declined','called_back')), reason text, revision int not null, facts_hash text not null,
  primary key (order_id, remedy_id, person_id, revision)
);
create table remedy_ledger (
  order_id uuid not null, id text not null, -- refund id of the outside system, or remedy id
  at timestamptz(3) not null, kind text not null, amount_minor bigint not null, currency text not null, source text not null, remedy_id uuid,
  primary key (order_id, id)
);

-- what the live layer reads, in commit order
create table change (
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  topic text not null,
  entity text not null,
  entity_id text not null,
  version int not null,
  changed text[] not null default '{}',
  patch text,
  at timestamptz(3) not null default clock_timestamp(),
  actor text, mutation_id text,
  primary key (xid, id)
);
create index change_topic on change (topic, xid desc, id desc);
create index change_at on change (at);

create table feed_health (
  connection text primary key,
  last_received_at timestamptz, last_occurred_at timestamptz,
  silent_since timestamptz
);
create table feed_hour (                 -- deliveries per connection and hour
  connection text not null, hour timestamptz not null, events int not null default 0, lag_seconds double precision[] not null default '{}',
  primary key (connection, hour)
);
create table feed_silence (
  connection text not null, from_at timestamptz(3) not null, until_at timestamptz(3),
  primary key (connection, from_at)
);

create table customer (
  id uuid primary key,
  key bytea,                             -- the person's own key, sealed with the master key; null = erased
  name bytea, email bytea, phone bytea,  -- sealed with the person's key
  locale text,
  orders int not null default 0
);
create table customer_handle (
  kind text not null check (kind in ('email','phone','source')),
  value bytea not null,                  -- keyed hash
  customer_id uuid not null,
  primary key (kind, value, customer_id)
);

create table status_map (
  version int generated always as identity primary key,
  entries text not null,                 -- JSON: differences against the built-in map
  by text not null, at timestamptz not null default now(), note text
);
create table rule_setting (
  rule text primary key, enabled boolean not null default true, limit_ms bigint, by text not null default 'system', at timestamptz not null default now()
);

create table person (
  id uuid primary key,
  email text not null, name text not null,
  role text not null check (role in ('agent','lead','manager','admin')),
  password text,                         -- argon2id PHC string
  disabled_at timestamptz, created_at timestamptz not null default now()
);
create unique index person_email on person (lower(email));
create table session (
  token_hash bytea primary key,          -- sha256 of the cookie's value
  person_id uuid not null references person(id) on delete cascade,
  created_at timestamptz not null default now(), last_seen_at timestamptz not null default now(),
  authenticated_at timestamptz not null default now(), expires_at timestamptz not null
);
create table api_token (
  id uuid primary key, name text not null, token_hash bytea not null unique, scope text not null check (scope in ('read','write')),
  created_at timestamptz not null default now(), last_used_at timestamptz, revoked_at timestamptz
);
create table sign_in_attempt (
  key text not null, at timestamptz not null default now()
);
create index sign_in_attempt_key on sign_in_attempt (key, at);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz(6) not null, actor text not null, action text not null, target text, detail text not null default '{}',
  prev bytea not null unique, hash bytea not null unique
);
`;

export class Initial1763690000000 implements MigrationInterface {
  static readonly schema = SCHEMA;
  name = 'Initial1763690000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(SCHEMA);
  }

  async down(): Promise<void> {
    throw new Error('The first migration has no way back: drop the database instead.');
  }
}
