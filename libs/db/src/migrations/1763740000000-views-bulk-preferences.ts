import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What persons keep for themselves (preferences, saved views) and what they do to many cases at once (selections, runs). None of it is
 * read or written on the way of an event.
 */
const UP = `
create table person_preference (
  person_id uuid not null references person(id) on delete cascade,
  key text not null,                     -- density, keyboard.own …: what is written last wins, key by key
  value text not null,                   -- JSON
  updated_at timestamptz not null default now(),
  primary key (person_id, key)
);

create table saved_view (
  id uuid primary key,
  owner_id uuid not null references person(id) on delete cascade,
  is_team boolean not null default false,
  name text not null,
  purpose text,                          -- one line; a team's view has one
  query text not null,                   -- JSON: view, filter, sort, group, columns
  version int not null default 1,
  made_by uuid not null unique,          -- id of the mutation that made it
  changed_by uuid not null,              -- id of the mutation that changed it last
  changed_by_person uuid not null,
  created_at timestamptz(3) not null, updated_at timestamptz(3) not null,
  check (not is_team or purpose is not null)
);
create unique index saved_view_own_name on saved_view (owner_id, lower(name)) where not is_team;
create unique index saved_view_team_name on saved_view (lower(name)) where is_team;
create table saved_view_pin (
  person_id uuid not null references person(id) on delete cascade,
  view_id uuid not null references saved_view(id) on delete cascade,
  position int not null,
  primary key (person_id, view_id)
);
create index saved_view_pin_view on saved_view_pin (view_id);

create table case_selection (
  id uuid primary key,
  person_id uuid not null references person(id) on delete cascade,
  query text,                            -- JSON: what was asked for; null = picked by hand
  seq text,                              -- position of the changes of which the selection tells
  order_ids uuid[] not null,
  versions int[] not null,               -- as they were seen, beside the ids
  created_at timestamptz(3) not null, expires_at timestamptz(3) not null
);
create index case_selection_expires on case_selection (expires_at);

create table bulk_run (
  id uuid primary key,                   -- the mutation's id: sent again it is the same run
  person_id uuid not null references person(id) on delete cascade,
  act text not null,                     -- JSON
  undoes uuid,                           -- the run that this one takes back
  state text not null default 'running' check (state in ('running', 'done', 'cancelled')),
  total int not null,
  worker uuid, worker_until timestamptz, -- who is at it: one at a time, or nothing could be said of the order of its writes
  created_at timestamptz(3) not null, finished_at timestamptz(3)
);
create index bulk_run_person on bulk_run (person_id, created_at desc);
create index bulk_run_age on bulk_run (created_at);
create table bulk_item (
  run_id uuid not null references bulk_run(id) on delete cascade,
  position int not null,
  order_id uuid not null,
  version int,                           -- as it was seen; null where there was no case
  kind text check (kind in ('changed', 'conflict', 'not_allowed', 'failed')), -- null = not yet
  message text, by_name text, at timestamptz(3),
  primary key (run_id, position)
);
create index bulk_item_open on bulk_item (run_id, position) where kind is null;
`;

const DOWN = 'drop table bulk_item, bulk_run, case_selection, saved_view_pin, saved_view, person_preference';

export class ViewsBulkPreferences1763740000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'ViewsBulkPreferences1763740000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
