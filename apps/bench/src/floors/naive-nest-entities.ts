import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn, Unique } from 'typeorm';

/** A delivery as it came; the unique key makes it count once. */
@Entity('naive_inbox')
@Unique(['source', 'externalId'])
export class InboxEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('text')
  source!: string;

  @Column('text')
  externalId!: string;

  @Column('text')
  type!: string;

  @Column('timestamptz')
  occurredAt!: Date;

  @Column('bytea')
  body!: Buffer;
}

@Entity('naive_order')
export class OrderEntity {
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  status!: string;

  @Column('text', { nullable: true })
  carrier!: string | null;

  @Column('text', { nullable: true })
  tracking!: string | null;

  @Column('text', { nullable: true })
  facility!: string | null;

  @Column('timestamptz')
  lastEventAt!: Date;

  @Column('int')
  version!: number;
}

@Entity('naive_exception')
export class ExceptionEntity {
  @PrimaryColumn('text')
  orderId!: string;

  @Column('text')
  rule!: string;

  @Column('boolean')
  isOpen!: boolean;

  @Column('timestamptz')
  since!: Date;
}

@Entity('naive_outbox')
export class OutboxEntity {
  @PrimaryGeneratedColumn({ type: 'bigint' })
  id!: string;

  @Column('text')
  orderId!: string;

  @Column('text')
  status!: string;

  @Column('timestamptz')
  at!: Date;
}
