import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Claims against carriers: files that people move along by what the carrier says. */
const UP = `
create table carrier_claim (
  order_id uuid not null,
  id uuid not null,
  number bigint generated always as identity (start with 500),
  version int not null default 1,
  parcel_id text not null, carrier text,
  kind text not null check (kind in ('lost','damaged','contents_missing','late')),
  state text not null check (state in ('open','submitted','in_review','credited','rejected')),
  asked_minor bigint not null, currency text not null,
  reference text, proofs text not null default '[]',    -- the carrier's own number; JSON: fact ids
  credited_minor bigint, refusal text,
  note text not null,                                   -- why it is claimed, in the words of who opened it
  opened_by uuid not null, opened_at timestamptz(3) not null,
  submitted_at timestamptz(3), answered_at timestamptz(3),
  mutation_id uuid not null unique,
  primary key (order_id, id),
  check (state not in ('submitted','in_review','credited') or (reference is not null and proofs <> '[]')),
  check ((credited_minor is not null) = (state = 'credited'))
);
create index carrier_claim_id on carrier_claim (id);
create unique index carrier_claim_one_pending on carrier_claim (order_id, parcel_id) where state in ('open','submitted','in_review');
`;

const DOWN = 'drop table carrier_claim;';

export class CarrierClaims1763770000000 implements MigrationInterface {
  static readonly schema = UP;
  name = 'CarrierClaims1763770000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(UP);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(DOWN);
  }
}
