import { Inject, Injectable } from '@nestjs/common';
import { GorgiasClient, ZendeskClient, type Helpdesk } from '@orderwatch/connectors';
import { formatMajor } from '@orderwatch/domain';
import { RemedyStore, Transactions, writeAudit, type Clock, type OutsideKind, type OutsideSystem, type RemedyRecord } from '@orderwatch/db';
import { CLOCK } from '../../../platform/tokens.js';
import { OutsideDirectory } from './outside-directory.js';
import { RemedyJobs, type NoteJob } from './remedy-jobs.js';

const HELPDESKS = ['gorgias', 'zendesk'] as const satisfies readonly OutsideKind[];
type HelpdeskKind = (typeof HELPDESKS)[number];

interface Ticket {
  /** Of the helpdesk that the source named; null when it named none. */
  readonly kind: HelpdeskKind | null;
  readonly number: string;
}

/**
 * Writes what came of a remedy into the ticket of the customer who wrote about the order: once, for the team alone, as well as it can be
 * done. The remedy never waits for it, and nothing is said when there is no ticket.
 */
@Injectable()
export class NoteHelpdesk {
  constructor(
    private readonly transactions: Transactions,
    private readonly remedies: RemedyStore,
    private readonly jobs: RemedyJobs,
    private readonly systems: OutsideDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run({ id, what, attempt }: NoteJob): Promise<void> {
    const record = await this.remedies.find(this.transactions, id);
    if (record?.remedy.state !== what) return; // it went on meanwhile, and that has its own note
    const ticket = await this.ticketOf(record.orderId);
    const system = ticket && (await this.systems.systemOf(record.home, ticket.kind ? [ticket.kind] : HELPDESKS));
    if (!ticket || !system) return;
    const { kind } = record.remedy;
    const called = await helpdeskOf(system).note({ ticket: ticket.number, text: textOf(record, what), marker: `orderwatch ${id} ${what}`, tag: `orderwatch-${kind}-${what}` });
    await this.transactions.run(async (tx) => {
      if (called.result === 'later' || called.result === 'unknown') return this.jobs.note(tx, id, what, attempt + 1);
      const detail = { system: system.name, ticket: ticket.number, what, refused: called.result === 'refused' ? called.why : null };
      await writeAudit(tx, { actor: 'system', action: called.result === 'done' ? 'remedy.noted' : 'remedy.note_refused', target: id, at: this.clock.now(), detail });
    });
  }

  /** The ticket that the customer wrote in last. */
  private async ticketOf(orderId: string): Promise<Ticket | null> {
    const [row] = await this.transactions.query<{ ticket: string }>(
      `select data::json ->> 'ticketId' as ticket from order_event where order_id = $1::uuid and type = 'contact.received' and data::json ->> 'ticketId' is not null order by at desc, fact_id limit 1`, [orderId]);
    return row ? readTicket(row.ticket) : null;
  }
}

/** `4711`, or with its helpdesk before it: `zendesk:4711`. @returns null when it is no number of a ticket. */
export function readTicket(text: string): Ticket | null {
  const match = /^(?:(gorgias|zendesk)[:/#-])?(\d{1,18})$/i.exec(text.trim());
  return match?.[2] === undefined ? null : { kind: HELPDESKS.find((kind) => kind === match[1]?.toLowerCase()) ?? null, number: match[2] };
}

function helpdeskOf({ kind, access }: OutsideSystem): Helpdesk {
  return kind === 'zendesk' ? new ZendeskClient(access) : new GorgiasClient(access);
}

const KINDS = { refund: 'Refund', reship: 'Reship', credit: 'Goodwill credit' } as const;

function textOf({ remedy, number, reason, reference, failure, orderName }: RemedyRecord, what: NoteJob['what']): string {
  const amount = remedy.amount && remedy.kind !== 'reship' ? ` of ${remedy.amount.currency} ${formatMajor(remedy.amount)}` : '';
  const title = `${KINDS[remedy.kind]}${amount} for order ${orderName}`;
  const result = what === 'confirmed' ? `${title} is done${reference === null ? '' : ` (${reference})`}.` : `${title} was not carried out: ${(failure ?? 'refused').replace(/\.$/, '')}. It waits in the approvals.`;
  return `${result}\nReason: ${reason}\nOrderwatch AP-${number}`;
}
