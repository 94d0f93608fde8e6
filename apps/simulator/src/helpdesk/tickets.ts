import type { Ledger } from '../admin/ledger.js';
import { longId } from '../shared/random.js';

export interface Note {
  readonly id: string;
  readonly text: string;
  readonly isPublic: boolean;
  readonly at: string;
}

/** The notes and tags of the tickets of one helpdesk, rebuilt from the ledger. Any ticket is known: whoever wrote to it made it. */
export class Tickets {
  private readonly keys = new Map<string, Note>();

  constructor(
    private readonly desk: 'gorgias' | 'zendesk',
    private readonly ledger: Ledger,
    private readonly now: () => number,
  ) {
    for (const { key, detail } of ledger.all()) {
      if (key !== null && detail['desk'] === desk) this.keys.set(key, detail['note'] as Note);
    }
  }

  notes(ticket: string): Note[] {
    return this.of('helpdesk_note', ticket).map((effect) => effect.detail['note'] as Note);
  }

  tags(ticket: string): string[] {
    return [...new Set(this.of('helpdesk_tag', ticket).map((effect) => String(effect.detail['tag'])))];
  }

  /** Every tag there is, in the order in which it was first used. */
  allTags(): string[] {
    return [...new Set(this.ledger.all().flatMap(({ kind, detail }) => (kind === 'helpdesk_tag' && detail['desk'] === this.desk ? [String(detail['tag'])] : [])))];
  }

  /** Asking twice writes twice, unless a key says that it is the same. */
  write(ticket: string, { text, isPublic, key }: { readonly text: string; readonly isPublic: boolean; readonly key: string | null }): Note {
    const earlier = key === null ? undefined : this.keys.get(key);
    if (earlier) return earlier;
    const at = new Date(this.now()).toISOString();
    const note = { id: longId(this.desk, ticket, String(this.ledger.all().length)), text, isPublic, at };
    this.append('helpdesk_note', ticket, { id: note.id, key, detail: { note } });
    if (key !== null) this.keys.set(key, note);
    return note;
  }

  tag(ticket: string, tag: string): void {
    if (!this.tags(ticket).includes(tag)) this.append('helpdesk_tag', ticket, { id: `${ticket}/${tag}`, key: null, detail: { tag } });
  }

  private of(kind: 'helpdesk_note' | 'helpdesk_tag', ticket: string) {
    return this.ledger.all().filter((effect) => effect.kind === kind && effect.orderId === ticket && effect.detail['desk'] === this.desk);
  }

  private append(kind: 'helpdesk_note' | 'helpdesk_tag', ticket: string, { id, key, detail }: { readonly id: string; readonly key: string | null; readonly detail: object }): void {
    this.ledger.append({
      at: new Date(this.now()).toISOString(), kind, key, sourceIdentifier: null, orderId: ticket, amount: null, currency: null, effectId: id, fingerprint: null, detail: { ...detail, desk: this.desk },
    });
  }
}
